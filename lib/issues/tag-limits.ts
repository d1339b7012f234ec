/** So many values of one tag are kept for an issue: what tells requests apart is no condition to look for. */
export const MOST_TAG_VALUES = 100;
