import type { InboundFilter } from './project-settings';

/** What its drops are counted under: `message:*timeout*`, `health_checks`. */
export const filterKey = (filter: InboundFilter): string =>
  'pattern' in filter ? `${filter.kind}:${filter.pattern}` : filter.kind;
