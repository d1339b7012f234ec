/** The viewer's time zone, as the browser told it last. */
export const ZONE_COOKIE = 'errata.zone';
