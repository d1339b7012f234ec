import { code, sample } from './entry';

/** The courier service: Go. */
export const courierEntries = [
  sample('courier-nil', {
    title: 'Panic on parcels without a recipient phone number',
    category: 'Code pattern',
    severity: 'high',
    component: 'courier',
    tags: ['go', 'nil'],
    first_seen: '2026-03-22',
    symptoms: code(
      'text',
      'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation]',
    ),
    root_cause:
      '`Recipient.Phone` became a pointer when the number was made optional. The text-message step still read it without looking.',
    solutions: [
      {
        title: 'Skip the message when there is no number',
        steps: code(
          'go',
          'if p.Recipient.Phone == nil {\n\treturn nil // nothing to send\n}\nreturn sms.Send(ctx, *p.Recipient.Phone, text)',
        ),
      },
    ],
    prevention: ['nilaway runs in CI', 'Fixture without a phone number'],
    resolution_minutes: 20,
    signatures: [{ kind: 'message', value: 'invalid memory address or nil pointer dereference' }],
  }),
  sample('courier-deadline', {
    title: 'Route planning exceeds its deadline in the morning peak',
    category: 'Performance',
    severity: 'high',
    component: 'courier',
    tags: ['go', 'grpc', 'load'],
    symptoms: code('text', 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'),
    root_cause:
      'The planner recalculates the whole district when one stop changes. At seven in the morning three hundred changes queue up.',
    solutions: [
      {
        title: 'Plan in batches of ten seconds',
        steps: code(
          'go',
          'changes := collect(ctx, 10*time.Second)\nplan, err := planner.Replan(ctx, district, changes)',
        ),
      },
      {
        title: 'Raise the deadline for the peak',
        steps: 'Set `PLAN_DEADLINE=20s`; it was sized for a tenth of today’s stops.',
      },
    ],
    prevention: ['Load test replays a Monday morning', { text: 'Autoscale the planner from 06:30', done: false }],
    resolution_minutes: 120,
    signatures: [
      { kind: 'message', value: 'context deadline exceeded' },
      { kind: 'code', value: 'DeadlineExceeded' },
    ],
  }),
  sample('courier-map-race', {
    title: 'Concurrent map writes in the position cache',
    category: 'Code pattern',
    severity: 'critical',
    component: 'courier',
    tags: ['go', 'concurrency'],
    symptoms: code('text', 'fatal error: concurrent map writes'),
    root_cause: 'Positions arrive on many goroutines; the cache is a plain map.',
    solutions: [
      {
        title: 'Guard the map',
        steps: code('go', 'type positions struct {\n\tmu sync.RWMutex\n\tm  map[string]Position\n}'),
      },
    ],
    prevention: ['Tests run with `-race` in CI'],
    resolution_minutes: 40,
    signatures: [{ kind: 'message', value: 'concurrent map writes' }],
  }),
  sample('courier-tls', {
    title: 'Handheld devices cannot connect: certificate expired',
    category: 'Security',
    severity: 'critical',
    component: 'courier',
    tags: ['tls', 'certificates'],
    symptoms: code('text', 'x509: certificate has expired or is not yet valid'),
    diagnosis: code(
      'bash',
      'openssl s_client -connect api.parcels.example:443 </dev/null 2>/dev/null | openssl x509 -noout -dates',
    ),
    root_cause: 'The renewal job wrote the new certificate but the gateway kept the old one in memory.',
    solutions: [
      {
        title: 'Reload the gateway after renewal',
        steps: code('bash', 'certbot renew --deploy-hook "systemctl reload gateway"'),
      },
    ],
    prevention: ['Alert fourteen days before expiry', 'Renewal drill on staging each month'],
    impact: 'Four hundred couriers without scans for half an hour.',
    resolution_minutes: 30,
    signatures: [{ kind: 'message', value: 'certificate has expired or is not yet valid' }],
  }),
  sample('courier-disk', {
    title: 'Scan uploads fail: no space left on device',
    category: 'Infrastructure',
    severity: 'high',
    component: 'courier',
    tags: ['disk', 'logs'],
    symptoms: code('text', 'write /var/spool/scans/part-0007: no space left on device'),
    diagnosis: code('bash', 'df -h /var/spool\ndu -xsh /var/* | sort -h | tail -5'),
    root_cause: 'Debug logging had been left on after an incident and filled the volume that the spool shares.',
    solutions: [
      {
        title: 'Free space, then separate the volumes',
        steps: code('bash', 'journalctl --vacuum-size=500M\nhelm upgrade courier chart/ --set spool.volume.size=20Gi'),
      },
    ],
    prevention: ['Log level falls back to info after an hour', { text: 'Spool has a volume of its own', done: true }],
    resolution_minutes: 25,
    signatures: [{ kind: 'message', value: 'no space left on device' }],
  }),
  sample('courier-dns', {
    title: 'Lookups of the order service fail for seconds after a rollout',
    category: 'Network',
    severity: 'medium',
    component: 'courier',
    tags: ['dns', 'kubernetes'],
    symptoms: code('text', 'dial tcp: lookup orders.internal on 10.96.0.10:53: no such host'),
    root_cause:
      'Readiness turned green before the service record existed, and the negative answer was cached for thirty seconds.',
    solutions: [
      { title: 'Shorten the negative cache', steps: 'Set `denial 5` in the DNS server’s cache block.' },
      { title: 'Retry the dial', steps: 'Dial with a back-off of 200 ms, five times.' },
    ],
    prevention: [{ text: 'Rollout waits for the endpoint to resolve', done: false }],
    resolution_minutes: 60,
    signatures: [{ kind: 'message', value: 'lookup <*>: no such host' }],
  }),
  sample('courier-proto', {
    title: 'Older handhelds send a message the server cannot read',
    category: 'Dependency',
    severity: 'medium',
    component: 'courier',
    tags: ['protobuf', 'compatibility'],
    symptoms: code('text', 'proto: cannot parse invalid wire-format data'),
    root_cause: 'Field 6 changed its type from `int32` to `string` and kept its number.',
    solutions: [
      { title: 'Give the new field a new number', steps: code('proto', 'reserved 6;\nstring courier_code = 11;') },
    ],
    prevention: ['`buf breaking` runs against the last release'],
    resolution_minutes: 110,
    signatures: [{ kind: 'message', value: 'cannot parse invalid wire-format data' }],
  }),
  sample('courier-battery', {
    title: 'Positions stop when the handheld saves battery',
    category: 'Configuration',
    severity: 'low',
    component: 'courier',
    tags: ['android'],
    symptoms: 'No position for a courier for more than ten minutes while scans still arrive.',
    root_cause: 'The vendor’s battery saver stops background location.',
    solutions: [
      { title: 'Exempt the app', steps: 'Device policy: add the courier app to the list of unrestricted apps.' },
    ],
    prevention: [{ text: 'Enrolment checks the exemption', done: false }],
  }),
];
