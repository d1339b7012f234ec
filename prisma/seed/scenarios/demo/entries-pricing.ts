import { code, sample } from './entry';

/** The pricing service: Python. */
export const pricingEntries = [
  sample('pricing-decimal', {
    title: 'Quote fails on prices with a comma',
    category: 'Code pattern',
    severity: 'medium',
    component: 'pricing',
    tags: ['python', 'locale'],
    first_seen: '2026-05-14',
    symptoms: code('text', "decimal.InvalidOperation: [<class 'decimal.ConversionSyntax'>]"),
    root_cause: 'A price list edited in a German spreadsheet holds `4,90`. `Decimal` knows only the point.',
    solutions: [
      {
        title: 'Parse by the locale of the file',
        steps: code(
          'python',
          'from babel.numbers import parse_decimal\n\nprice = parse_decimal(cell, locale=upload.locale)',
        ),
      },
    ],
    prevention: ['Upload shows the first five parsed prices and asks for confirmation', 'Test with both notations'],
    resolution_minutes: 30,
    signatures: [
      { kind: 'type', value: 'decimal.InvalidOperation' },
      { kind: 'type', value: 'InvalidOperation' },
    ],
  }),
  sample('pricing-zone', {
    title: 'KeyError for a delivery zone that was renamed',
    category: 'Code pattern',
    severity: 'high',
    component: 'pricing',
    tags: ['python', 'data'],
    symptoms: code('text', "KeyError: 'islands-2'"),
    detection: 'Every quote for the affected postcodes fails, all others are fine.',
    root_cause:
      'Zones are looked up by name. Operations renamed a zone in the admin tool; quotes in flight and saved baskets kept the old name.',
    solutions: [
      {
        title: 'Look up by id',
        steps: code(
          'python',
          'zone = zones_by_id.get(quote.zone_id) or zones_by_name.get(quote.zone_name)\nif zone is None:\n    raise QuoteExpired(quote.id)',
        ),
      },
    ],
    prevention: [
      'Zone names are labels; a migration replaced every reference by the id',
      { text: 'Renaming asks for confirmation when baskets refer to the zone', done: false },
    ],
    resolution_minutes: 75,
    signatures: [{ kind: 'message', value: "'islands-<*>'" }],
  }),
  sample('pricing-worker-killed', {
    title: 'Workers killed at start: model does not fit into memory',
    category: 'Infrastructure',
    severity: 'high',
    component: 'pricing',
    tags: ['memory', 'gunicorn'],
    symptoms: code('text', '[ERROR] Worker (pid:31) was sent SIGKILL! Perhaps out of memory?'),
    root_cause: 'Each of eight workers loads the demand model (310 MB) for itself; the container has 2 GB.',
    solutions: [{ title: 'Load once, then fork', steps: code('bash', 'gunicorn pricing.app --preload --workers 4') }],
    prevention: ['Container limit and worker count stand next to each other in the chart'],
    resolution_minutes: 50,
    signatures: [{ kind: 'message', value: 'was sent SIGKILL! Perhaps out of memory?' }],
  }),
  sample('pricing-redis-oom', {
    title: 'Quote cache refuses writes: used memory above the limit',
    category: 'Performance',
    severity: 'high',
    component: 'pricing',
    tags: ['redis', 'cache'],
    first_seen: '2026-06-30',
    symptoms: code('text', "redis.exceptions.ResponseError: OOM command not allowed when used memory > 'maxmemory'."),
    diagnosis: code(
      'bash',
      'redis-cli info memory | grep -E "used_memory_human|maxmemory_policy"\nredis-cli --bigkeys',
    ),
    root_cause: 'Quotes were cached without an expiry, and the policy was `noeviction`.',
    solutions: [
      { title: 'Let quotes expire', steps: code('python', 'cache.set(key, quote, ex=15 * 60)') },
      { title: 'Let the cache evict', steps: code('bash', 'redis-cli config set maxmemory-policy allkeys-lru') },
    ],
    prevention: ['Cache wrapper demands an expiry', 'Alert at 75 % of the memory limit'],
    resolution_minutes: 45,
    signatures: [{ kind: 'message', value: "OOM command not allowed when used memory > 'maxmemory'" }],
  }),
  sample('pricing-timezone', {
    title: 'Weekend surcharge on Friday night: naive and aware times mixed',
    category: 'Code pattern',
    severity: 'medium',
    component: 'pricing',
    tags: ['python', 'time-zone'],
    symptoms: code('text', "TypeError: can't compare offset-naive and offset-aware datetimes"),
    root_cause: 'The surcharge table came from a CSV without offsets.',
    solutions: [
      {
        title: 'Make times aware at the edge',
        steps: code('python', "start = datetime.fromisoformat(row['start']).replace(tzinfo=ZoneInfo('Europe/Berlin'))"),
      },
    ],
    prevention: ['Ruff rule DTZ is on'],
    resolution_minutes: 25,
    signatures: [{ kind: 'message', value: "can't compare offset-naive and offset-aware datetimes" }],
  }),
  sample('pricing-pickle', {
    title: 'Model file from another library version cannot be loaded',
    category: 'Dependency',
    severity: 'medium',
    component: 'pricing',
    tags: ['python', 'model'],
    symptoms: code('text', "ModuleNotFoundError: No module named 'sklearn.ensemble.forest'"),
    root_cause: 'The model was trained with an older scikit-learn; its pickle names modules that have moved since.',
    solutions: [
      {
        title: 'Train and serve from one lock file',
        steps: 'The training job builds from the service’s own lock file and stores the version beside the model.',
      },
    ],
    prevention: [{ text: 'Service refuses to start when the versions differ', done: true }],
    signatures: [{ kind: 'message', value: "No module named 'sklearn<*>'" }],
  }),
  sample(
    'pricing-rounding',
    {
      title: 'Totals differ by a cent between quote and invoice',
      category: 'Code pattern',
      severity: 'low',
      component: 'pricing',
      tags: ['money'],
      symptoms: code('text', 'AssertionError: invoice total 18.43 differs from quote total 18.42'),
      root_cause: 'The quote rounds each line, the invoice rounds the sum.',
      solutions: [
        {
          title: 'Round once, at the end',
          steps: 'Keep line amounts at four places and quantize the sum with ROUND_HALF_EVEN.',
        },
      ],
      signatures: [{ kind: 'message', value: 'invoice total <*> differs from quote total <*>' }],
    },
    'draft',
  ),
];
