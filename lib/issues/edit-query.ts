/** Writes a condition as a query reads it: with quotation marks where the value needs them. */
export const condition = (key: string, value: string): string =>
  `${key}:${/[\s"]/.test(value) || value === '' ? `"${value.replaceAll('"', '')}"` : value}`;

const split = (query: string): string[] => query.match(/-?(?:[A-Za-z_.]{1,40}:)?"[^"]{0,2000}"|\S{1,2000}/g) ?? [];

export const hasCondition = (query: string, key: string, value: string): boolean =>
  split(query).includes(condition(key, value));

/** The query with the condition, or without it when it was there. */
export function toggleCondition(query: string, key: string, value: string): string {
  const wanted = condition(key, value);
  const terms = split(query);
  return (terms.includes(wanted) ? terms.filter((term) => term !== wanted) : [...terms, wanted]).join(' ');
}
