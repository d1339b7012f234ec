import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { messageSignature } from './v1/message-signature';
import { TemplateMiner } from './v1/templates';

/** Messages with the name of the statement that wrote each. */
interface Corpus {
  name: string;
  lines: { label: string; text: string }[];
}

const PEOPLE = ['anna', 'bert', 'carl', 'dora', 'emil', 'fred'];
const OWN: Corpus = {
  name: 'a shop',
  lines: PEOPLE.flatMap((name, i) => [
    { label: 'login', text: `Login of customer ${name} refused from 10.1.${i}.7 after ${i + 1} attempts` },
    { label: 'paid', text: `Order ord_${i}f7a paid: amount=${i * 7}.50 currency="EUR" method=card` },
    { label: 'mail', text: `Cannot deliver to ${name}@mail.example.com: 4${i}1 greylisted` },
    { label: 'start', text: 'Worker has started' },
    { label: 'stop', text: 'Worker has stopped' },
    { label: 'import', text: `Imported ${i * 11} products from /srv/import/${name}/2026-05-0${i + 1}.csv in ${i}.2 s` },
    {
      label: 'nodes',
      text: `Cluster lost nodes: ${PEOPLE.slice(0, i + 1)
        .map((_, n) => `n-${n}`)
        .join(', ')}`,
    },
    { label: 'get', text: `"GET /api/carts/${i} HTTP/1.1" 502 after ${i}ms` },
    { label: 'put', text: `"PUT /api/carts/${i} HTTP/1.1" 502 after ${i}ms` },
  ]),
};

/** Rows of a CSV file with quoted cells. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += char;
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ',' || char === '\n')) {
      rows.at(-1)!.push(cell.replace(/\r$/, ''));
      cell = '';
      if (char === '\n') rows.push([]);
    } else cell += char;
  }
  if (cell !== '') rows.at(-1)!.push(cell);
  return rows.filter((row) => row.length > 1);
}

function publicCorpora(): Corpus[] {
  const folder = path.join(process.env.ERRATA_SHARED ?? path.resolve('..', 'shared'), 'data', 'loghub_2k');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .map((file) => {
      const [head, ...rows] = csvRows(readFileSync(path.join(folder, file), 'utf8'));
      const [label, text] = [head!.indexOf('EventId'), head!.indexOf('Content')];
      return { name: file.split('_')[0]!, lines: rows.map((row) => ({ label: row[label]!, text: row[text]! })) };
    });
}

/** Share of the messages whose group holds exactly the messages of their statement. */
function groupingAccuracy({ lines }: Corpus): number {
  const miner = new TemplateMiner();
  const signatures = lines.map(({ text }) => messageSignature(text).tokens.join(' '));
  for (const signature of signatures) if (miner.find(signature) === undefined) miner.add(signature);
  const members = new Map<string, number>();
  const count = (key: string) => members.set(key, (members.get(key) ?? 0) + 1);
  const keys = lines.map(({ label }, i) => ({ label: `label ${label}`, group: `group ${miner.find(signatures[i]!)}` }));
  for (const { label, group } of keys) for (const key of [label, group, `${label} ${group}`]) count(key);
  const exact = keys.filter(({ label, group }) => {
    const both = members.get(`${label} ${group}`);
    return both === members.get(label) && both === members.get(group);
  });
  return exact.length / lines.length;
}

test('every message of our own finds its statement', () => {
  expect(groupingAccuracy(OWN)).toBe(1);
});

describe('labelled public messages', () => {
  const corpora = [OWN, ...publicCorpora()];

  test('are grouped as labelled, by one configuration', () => {
    const scores = corpora.map((corpus) => groupingAccuracy(corpus));
    expect(scores.reduce((a, b) => a + b, 0) / scores.length).toBeGreaterThan(0.97);
    expect(Math.min(...scores)).toBeGreaterThan(0.9);
  });
});
