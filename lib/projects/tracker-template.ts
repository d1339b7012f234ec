/** What a template may ask for. */
export const TRACKER_PLACES = ['title', 'body', 'url'] as const;
type Place = (typeof TRACKER_PLACES)[number];

const PLACE = /\{([^{}]{0,40})\}/g;
const EXAMPLE = 'https://github.com/acme/api/issues/new?title={title}&body={body}';
/** Longer addresses are refused by trackers and by proxies. */
const LONGEST_ADDRESS = 7000;
const CUT = '\n\n…';

/** What is wrong with the address of a "new ticket" page; null when it can be used. */
export function trackerProblem(template: string): string | null {
  const names = [...template.matchAll(PLACE)].map((match) => match[1] as string);
  const unknown = names.find((name) => !(TRACKER_PLACES as readonly string[]).includes(name));
  if (unknown !== undefined) return `{${unknown}} is not known; expected {title}, {body} or {url}`;
  if (!names.some((name) => name === 'title' || name === 'body')) return 'expected {title} or {body} in the address';
  const address = URL.canParse(template) ? new URL(template) : null;
  if (address?.protocol !== 'https:') return `expected an address that begins with https://, as ${EXAMPLE}`;
  // A text of a stranger must not choose where the browser goes.
  if (/[{}]|%7b|%7d/i.test(address.host) || address.username || address.password)
    return 'expected a host without {…}, a name or a password before it';
  return null;
}

/** A tracker where tickets are opened: its name, and the address of its page for a new one. */
export interface Tracker {
  name: string;
  template: string;
}

/** Templates to begin with; what stands in capitals is to be replaced. */
export const TRACKER_PRESETS: readonly Tracker[] = [
  { name: 'GitHub', template: 'https://github.com/OWNER/REPOSITORY/issues/new?title={title}&body={body}' },
  {
    name: 'GitLab',
    template: 'https://gitlab.com/GROUP/PROJECT/-/issues/new?issue[title]={title}&issue[description]={body}',
  },
  {
    name: 'Jira',
    template:
      'https://SITE.atlassian.net/secure/CreateIssueDetails!init.jspa?pid=PROJECT_ID&issuetype=TYPE_ID&summary={title}&description={body}',
  },
];

/** The address of a new ticket with its words in it. The body is cut where the address would be too long. */
export function trackerAddress(template: string, words: Record<Place, string>): string {
  const fill = (body: string) =>
    template.replace(PLACE, (_, name: Place) => encode(name === 'body' ? body : words[name]));
  const whole = fill(words.body);
  if (whole.length <= LONGEST_ADDRESS) return whole;
  let least = 0;
  let most = words.body.length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fill(cut(words.body, middle)).length <= LONGEST_ADDRESS) least = middle;
    else most = middle - 1;
  }
  return fill(cut(words.body, least));
}

/** Cut at a line's end; a code block that was open is closed. */
function cut(text: string, length: number): string {
  const part = text.slice(0, length);
  const lines = part.slice(0, Math.max(0, part.lastIndexOf('\n'))).split('\n');
  let fence = '';
  for (const line of lines) {
    const mark = /^`{3,}/.exec(line)?.[0];
    if (mark && fence === '') fence = mark;
    else if (fence !== '' && line === fence) fence = '';
  }
  return `${lines.join('\n')}${fence ? `\n${fence}` : ''}${CUT}`;
}

/** Half a surrogate pair, which hostile texts hold, cannot be encoded. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
