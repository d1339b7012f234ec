/** Levels of an event, mildest first. Apart from its schema, so that pages that only name them load no validation. */
export const LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];
