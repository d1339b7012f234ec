/** The items an envelope can hold, by what SDKs call them when they count or limit them. */
const CATEGORIES: Record<string, string> = {
  event: 'error',
  transaction: 'transaction',
  span: 'span',
  session: 'session',
  sessions: 'session',
  attachment: 'attachment',
  log: 'log_item',
  otel_log: 'log_item',
  check_in: 'monitor',
  feedback: 'feedback',
  user_report: 'feedback',
  client_report: 'internal',
  profile: 'profile',
  profile_chunk: 'profile_chunk',
  replay_event: 'replay',
  replay_recording: 'replay',
  replay_video: 'replay',
  trace_metric: 'trace_metric',
  statsd: 'metric_bucket',
  metric_buckets: 'metric_bucket',
  metric_meta: 'metric_bucket',
  security: 'security',
};

/** The category an item is limited and counted under; `default` for types that came after us. */
export const categoryOf = (itemType: string): string =>
  Object.hasOwn(CATEGORIES, itemType) ? CATEGORIES[itemType]! : 'default';
