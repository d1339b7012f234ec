/** Which events of an issue are meant: `release:1.4.2 browser:"Mobile Safari" timed out`. */
export interface EventFilter {
  /** All must hold. `environment`, `release`, `service` and `server_name` are the event's own; any other name is a tag. */
  terms: EventTerm[];
  /** Each stands somewhere in its message. */
  words: string[];
}

export interface EventTerm {
  key: string;
  value: string;
}

/** What a filter looks at. */
export interface FilteredEvent {
  environment: string;
  release: string | null;
  service: string;
  server_name: string | null;
  tags: readonly (readonly [string, string])[];
  /** Title, message, and the values of the exceptions. */
  texts: readonly string[];
}

export const MAX_FILTER = 1000;
const MOST_PARTS = 20;
const PART = /(?:([\w.-]{1,200}):)?(?:"([^"]*)"|(\S+))/g;
const BARE = /^[^\s":]+$/;

/** Reads a filter as it is typed; whatever is no `name:value` is a word of the message. */
export function parseEventFilter(text: string): EventFilter {
  const terms: EventTerm[] = [];
  const words: string[] = [];
  for (const [whole, key, quoted, bare] of [...text.slice(0, MAX_FILTER).matchAll(PART)].slice(0, MOST_PARTS)) {
    const value = quoted ?? bare ?? '';
    // An address is no tag named `http`.
    if (key && !value.startsWith('//')) terms.push({ key: key.replace(/^tags?\.(?=.)/, ''), value });
    else if (value !== '') words.push(quoted === undefined ? whole : value);
  }
  return { terms, words };
}

const written = (value: string): string => (BARE.test(value) ? value : `"${value.replaceAll('"', '')}"`);

export const formatEventFilter = ({ terms, words }: EventFilter): string =>
  [...terms.map(({ key, value }) => `${key}:${written(value)}`), ...words.map(written)].join(' ');

export const isFiltered = ({ terms, words }: EventFilter): boolean => terms.length > 0 || words.length > 0;

/** Whether a filter can tell this tag: names are written without blanks and colons, values without quotes. */
export const canFilter = ({ key, value }: EventTerm): boolean => /^[\w.-]{1,200}$/.test(key) && !value.includes('"');

export const hasTerm = (filter: EventFilter, { key, value }: EventTerm): boolean =>
  filter.terms.some((term) => term.key === key && term.value === value);

/** Adds a term in place of another of its name, or takes it off when it is there. */
export function toggleTerm(filter: EventFilter, term: EventTerm): EventFilter {
  const others = filter.terms.filter(({ key }) => key !== term.key);
  return { ...filter, terms: hasTerm(filter, term) ? others : [...others, term] };
}

const OWN = ['environment', 'release', 'service', 'server_name'] as const;
const isOwn = (key: string): key is (typeof OWN)[number] => (OWN as readonly string[]).includes(key);

/** Case counts in tags, not in words. An empty value means that there is none. */
export function eventFits({ terms, words }: EventFilter, event: FilteredEvent): boolean {
  const holds = ({ key, value }: EventTerm) => {
    const values = event.tags.filter(([name]) => name === key).map(([, held]) => held);
    if (isOwn(key)) values.push(event[key] ?? '');
    return value === '' ? values.every((held) => held === '') : values.includes(value);
  };
  const texts = event.texts.map((text) => text.toLowerCase());
  return terms.every(holds) && words.every((word) => texts.some((text) => text.includes(word.toLowerCase())));
}
