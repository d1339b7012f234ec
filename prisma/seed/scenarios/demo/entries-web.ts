import { code, sample } from './entry';

/** The customer-facing site, in the browser. */
export const webEntries = [
  sample('web-chunk', {
    title: 'Lazy-loaded chunk is gone after a deploy',
    category: 'Build',
    severity: 'medium',
    component: 'web',
    tags: ['deploy', 'cache'],
    first_seen: '2026-02-11',
    symptoms: code(
      'text',
      'ChunkLoadError: Loading chunk 418 failed.\n(missing: https://parcels.example/assets/418.9c1f.js)',
    ),
    detection:
      'Starts within a minute of a deploy and fades over the next hour. Only tabs that were open before the deploy are hit.',
    root_cause:
      'A tab opened before the deploy still asks for the old file names. The new release deletes the old assets from the bucket, so the request ends in a 404.',
    solutions: [
      {
        title: 'Keep the assets of the last three releases',
        steps: `Upload before switching, and prune by age instead of by release.\n\n${code('bash', 'aws s3 sync dist/assets s3://parcels-web/assets --cache-control "public,max-age=31536000,immutable"\n./ops/prune-assets.sh --keep-days 14')}`,
      },
      {
        title: 'Reload once when a chunk is missing',
        steps: code(
          'ts',
          "window.addEventListener('vite:preloadError', (event) => {\n  if (sessionStorage.getItem('reloaded')) return;\n  sessionStorage.setItem('reloaded', '1');\n  event.preventDefault();\n  location.reload();\n});",
        ),
      },
    ],
    prevention: [
      'Deploy job uploads new assets before it touches the HTML',
      { text: 'Alert when asset 404s exceed 20 a minute', done: false },
    ],
    resolution_minutes: 35,
    signatures: [
      { kind: 'type', value: 'ChunkLoadError' },
      { kind: 'message', value: 'Loading chunk <*> failed' },
    ],
  }),
  sample('web-undefined-address', {
    title: 'Address form crashes when the postcode lookup finds nothing',
    category: 'Code pattern',
    severity: 'high',
    component: 'web',
    tags: ['checkout', 'typescript'],
    first_seen: '2026-04-02',
    symptoms: code('text', "TypeError: Cannot read properties of undefined (reading 'street')"),
    root_cause:
      'The lookup answers an empty list for a postcode that is valid but has no deliveries yet. The form takes element zero without looking.',
    solutions: [
      {
        title: 'Treat no result as a state of its own',
        steps: code(
          'ts',
          "// before\nsetStreet(results[0].street);\n\n// after\nconst [first] = results;\nsetStreet(first?.street ?? '');\nsetHint(first ? null : 'We could not find this postcode. Please type the street.');",
        ),
      },
    ],
    prevention: ['`noUncheckedIndexedAccess` is on for the web package', 'Form test with an empty lookup'],
    resolution_minutes: 25,
    signatures: [{ kind: 'message', value: "Cannot read properties of undefined (reading 'street')" }],
  }),
  sample('web-hydration', {
    title: 'Hydration mismatch on delivery times',
    category: 'Code pattern',
    severity: 'low',
    component: 'web',
    tags: ['react', 'time-zone'],
    symptoms: code('text', 'Error: Hydration failed because the server rendered text did not match the client.'),
    root_cause: 'The server formats the delivery window in UTC, the browser in the visitor’s zone.',
    solutions: [
      {
        title: 'Format on the client only',
        steps: 'Send the instant and format it after mount; reserve the width so that nothing jumps.',
      },
    ],
    prevention: [{ text: 'Lint rule against `toLocaleString` in server components', done: false }],
    signatures: [{ kind: 'message', value: 'Hydration failed because' }],
  }),
  sample('web-storage-quota', {
    title: 'Basket cannot be saved: storage quota exceeded',
    category: 'Performance',
    severity: 'medium',
    component: 'web',
    tags: ['browser', 'storage'],
    symptoms: code(
      'text',
      "QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value of 'basket' exceeded the quota.",
    ),
    root_cause: 'The basket keeps the label preview as a data URL. Four labels fill the five megabytes a site may use.',
    solutions: [
      {
        title: 'Keep only ids in storage',
        steps:
          'Store the label id and fetch the preview when it is shown. Migrate old baskets on load by dropping `preview`.',
      },
    ],
    prevention: ['Size check in the storage wrapper'],
    signatures: [{ kind: 'type', value: 'QuotaExceededError' }],
  }),
  sample('web-map-key', {
    title: 'Pickup map stays grey: key refused for this origin',
    category: 'Configuration',
    severity: 'medium',
    component: 'web',
    tags: ['maps', 'third party'],
    symptoms: code('text', 'MapLoadError: RefererNotAllowedMapError'),
    diagnosis:
      'Open the console of the map provider and compare the allowed origins with the address bar. Preview deployments have changing host names.',
    root_cause: 'The key allows `parcels.example` but not the preview domain.',
    solutions: [{ title: 'Use the preview key on previews', steps: code('bash', 'vercel env add MAP_KEY preview') }],
    prevention: [{ text: 'Smoke test opens the map on every preview', done: false }],
    signatures: [{ kind: 'code', value: 'RefererNotAllowedMapError' }],
  }),
  sample('web-third-party-script', {
    title: 'Errors without a stack from third-party scripts',
    category: 'Dependency',
    severity: 'low',
    component: 'web',
    tags: ['browser', 'noise'],
    symptoms: code('text', 'Script error.'),
    root_cause:
      'Browsers hide the details of errors in scripts from another origin unless the script tag asks for them.',
    solutions: [
      {
        title: 'Ask for details',
        steps: code('html', '<script src="https://chat.example/widget.js" crossorigin="anonymous"></script>'),
      },
    ],
    signatures: [{ kind: 'message', value: 'Script error.' }],
  }),
  sample(
    'web-service-worker',
    {
      title: 'Offline worker keeps serving an old release',
      category: 'Build',
      severity: 'medium',
      component: 'web',
      tags: ['cache', 'deploy'],
      symptoms: 'Support sees last week’s prices on phones that installed the site.',
      root_cause: 'The worker waits until all tabs are closed; on phones the tab never is.',
      solutions: [
        {
          title: 'Take over at once',
          steps: code(
            'js',
            "self.addEventListener('install', () => self.skipWaiting());\nself.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));",
          ),
        },
      ],
      prevention: [{ text: 'Show the running release in the footer', done: true }],
    },
    'in_review',
  ),
];
