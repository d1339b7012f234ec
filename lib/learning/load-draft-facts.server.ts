import { systemViewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { restoreStacks } from '../db/restore-stacks.server';
import type { NormalizedEvent } from '../ingest/event-schema';
import { listSimilarIssues } from '../issues/similar-issues.server';
import { storedContent } from '../knowledge/entry-dto';
import type { EntryContent, Signature } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import { MATCH_THRESHOLD } from '../search/calibrate';
import { codesIn, errorFeatures, typesIn } from '../search/error-features';
import { matchDocument } from '../search/match-document';
import { rankEntries } from '../search/match-error.server';
import type { DraftFacts, EntryFact, NoteFact } from './draft-facts';
import { eventErrorText } from './event-error-text';
import type { IssueKey } from './match-issue.server';
import { ownFrames } from './own-frames';
import { readNote } from './read-note';

const RELEASES = 6;
const MATES = 12;
const NOTES = 30;
const NAMES = 4;
/** How alike an issue must be before what was done about it is evidence; of one pattern it nearly is the same. */
const ALIKE = 0.35;
const PATTERN_NEARNESS = 0.9;
/** Entries less likely than this have nothing to say here. */
const LEAST_LIKELY = 0.06;

interface IssueFacts {
  project_id: number;
  number: number;
  prefix: string;
  title: string;
  type: string;
  template: string;
  service: string;
  first_seen: Date;
  last_seen: Date;
  event_count: string;
  first_release: string | null;
  event_id: string | null;
  data: NormalizedEvent | null;
}

/** Everything a draft for this issue may say; null for an issue that is gone or merged. */
export async function loadDraftFacts(key: IssueKey): Promise<DraftFacts | null> {
  const issue = await loadIssueFacts(key);
  if (!issue) return null;
  const id = shortId(issue.prefix, issue.number);
  const text = issue.data ? eventErrorText(issue.data) : { error_message: '' };
  const error = text.error_message ? text : { error_message: issue.title, service: issue.service };
  const [mates, releases, entries] = await Promise.all([loadMates(key), loadReleases(issue), loadEntries(key, error)]);
  const nearness = new Map<string, number>([[keyOf(key), 1]]);
  for (const mate of mates) nearness.set(keyOf(mate), PATTERN_NEARNESS);
  for (const one of await listSimilarIssues({ viewer: systemViewer(), issueId: id, limit: 5 })) {
    const similar = keyOf({ projectId: issue.project_id, issueNumber: one.number });
    if (one.score >= ALIKE && !nearness.has(similar)) nearness.set(similar, one.score);
  }
  const first = issue.first_seen.toISOString();
  const last = issue.last_seen.toISOString();
  const frames = issue.data ? ownFrames(issue.data) : [];
  return {
    issue: {
      source: {
        kind: 'issue',
        id,
        url: `/issues/${id}`,
        text: `${issue.title}\n${issue.template}\nfirst seen ${first}, last seen ${last}`,
      },
      id,
      title: issue.title,
      type: issue.type,
      template: issue.template,
      service: issue.service,
      firstSeen: first,
      lastSeen: last,
      events: Number(issue.event_count),
      firstRelease: issue.first_release,
    },
    pattern: patternOf(issue, mates),
    releases,
    event:
      issue.event_id && frames.length > 0
        ? {
            source: {
              kind: 'event',
              id: issue.event_id.replaceAll('-', ''),
              url: `/issues/${id}?event=${issue.event_id.replaceAll('-', '')}`,
              text: frames.map((frame) => `${frame.name} ${frame.place}`).join('\n'),
            },
            frames,
          }
        : null,
    notes: await loadNotes(nearness),
    entries,
    signatures: signaturesOf(issue),
  };
}

const keyOf = ({ projectId, issueNumber }: IssueKey): string => `${projectId}-${issueNumber}`;

async function loadIssueFacts({ projectId, issueNumber }: IssueKey): Promise<IssueFacts | undefined> {
  const { rows } = await getPool().query<IssueFacts>(
    `SELECT i.project_id, i.number, p.prefix, i.title, i.type, i.template, i.service, i.first_seen, i.last_seen,
       i.event_count, i.first_release, e.id AS event_id, e.data
     FROM issue i JOIN project p ON p.id = i.project_id LEFT JOIN LATERAL (
       SELECT id, data FROM event WHERE project_id = i.project_id AND issue_number = i.number
       ORDER BY time DESC, id DESC LIMIT 1) e ON true
     WHERE i.project_id = $1 AND i.number = $2 AND i.merged_into IS NULL`,
    [projectId, issueNumber],
  );
  await restoreStacks(getPool(), projectId, rows);
  return rows[0];
}

interface Mate extends IssueKey {
  pattern: string;
  service: string;
  events: number;
}

/** The other issues of its pattern. */
async function loadMates({ projectId, issueNumber }: IssueKey): Promise<Mate[]> {
  const { rows } = await getPool().query<Mate>(
    `SELECT o.pattern_id AS pattern, o.project_id AS "projectId", o.issue_number AS "issueNumber", i.service,
       i.event_count::int AS events
     FROM pattern_issue m JOIN pattern_issue o ON o.pattern_id = m.pattern_id
     JOIN issue i ON i.project_id = o.project_id AND i.number = o.issue_number
     WHERE m.project_id = $1 AND m.issue_number = $2 AND i.merged_into IS NULL
       AND (o.project_id, o.issue_number) <> (m.project_id, m.issue_number)
     ORDER BY i.last_seen DESC LIMIT ${MATES}`,
    [projectId, issueNumber],
  );
  return rows;
}

function patternOf(issue: IssueFacts, mates: readonly Mate[]): DraftFacts['pattern'] {
  if (mates.length === 0) return null;
  const services = [...new Set([issue.service, ...mates.map((mate) => mate.service)])].sort();
  return {
    source: {
      kind: 'pattern',
      id: String(mates[0]?.pattern),
      url: `/trends/learning#pattern-${mates[0]?.pattern}`,
      text: services.join(', '),
    },
    issues: mates.length + 1,
    services,
    events: Number(issue.event_count) + mates.reduce((sum, mate) => sum + mate.events, 0),
  };
}

/** Releases that its events name, between its first and its last, and the one it began in. */
async function loadReleases(issue: IssueFacts): Promise<DraftFacts['releases']> {
  const { rows } = await getPool().query<{ version: string; first_seen: Date }>(
    `SELECT r.version, r.first_seen FROM release r
     WHERE r.project_id = $1 AND r.first_seen <= $4 AND (r.version = $5 OR (r.first_seen >= $3 AND r.version IN (
       SELECT release FROM (SELECT release FROM event WHERE project_id = $1 AND issue_number = $2
         ORDER BY time DESC LIMIT 500) latest)))
     ORDER BY r.first_seen LIMIT ${RELEASES}`,
    [issue.project_id, issue.number, issue.first_seen, issue.last_seen, issue.first_release],
  );
  return rows.map((row) => ({
    source: { kind: 'release', id: row.version, url: null, text: `${row.version} ${row.first_seen.toISOString()}` },
    version: row.version,
    at: row.first_seen.toISOString(),
  }));
}

interface NoteRow extends IssueKey {
  id: string;
  kind: 'comment' | 'resolution';
  prefix: string;
  body: string;
  author: string;
  resolved: boolean;
}

async function loadNotes(nearness: ReadonlyMap<string, number>): Promise<NoteFact[]> {
  const keys = [...nearness.keys()].map((key) => key.split('-').map(Number));
  const { rows } = await getPool().query<NoteRow>(
    `WITH wanted AS (SELECT * FROM unnest($1::int[], $2::int[]) AS w (project_id, number))
     SELECT n.*, p.prefix, i.project_id AS "projectId", i.number AS "issueNumber", i.status = 'resolved' AS resolved
     FROM wanted w JOIN issue i ON i.project_id = w.project_id AND i.number = w.number JOIN project p ON p.id = i.project_id
     JOIN LATERAL (
       SELECT 'comment' AS kind, id, body, author_name AS author, created_at AS at FROM comment
       WHERE project_id = i.project_id AND issue_number = i.number
       UNION ALL
       SELECT 'resolution', id, note, coalesce(decided_name, ''), decided_at FROM suggestion
       WHERE project_id = i.project_id AND issue_number = i.number AND status = 'accepted' AND note <> '') n ON true
     ORDER BY n.at DESC LIMIT ${NOTES}`,
    [keys.map((key) => key[0]), keys.map((key) => key[1])],
  );
  return rows.map((row) => {
    const issueId = shortId(row.prefix, row.issueNumber);
    return {
      source: {
        kind: row.kind,
        id: `${issueId}/${row.id}`,
        url: row.kind === 'comment' ? `/issues/${issueId}#c${row.id}` : `/review?tab=decided&suggestion=${row.id}`,
        text: row.body,
      },
      issueId,
      author: row.author,
      nearness: nearness.get(keyOf(row)) ?? 0,
      resolved: row.resolved,
      parts: readNote(row.body),
    };
  });
}

/** Entries that read alike without being the answer, save those a reviewer rejected for this issue. */
async function loadEntries(
  { projectId, issueNumber }: IssueKey,
  error: Parameters<typeof rankEntries>[0],
): Promise<EntryFact[]> {
  const ranked = (await rankEntries(error, 5)).filter(
    ({ confidence }) => confidence >= LEAST_LIKELY && confidence < MATCH_THRESHOLD,
  );
  const { rows } = await getPool().query<{ id: number; content: unknown }>(
    `SELECT id, content FROM entry e WHERE id = ANY($1) AND NOT EXISTS (
       SELECT 1 FROM suggestion s WHERE s.project_id = $2 AND s.issue_number = $3 AND s.entry_id = e.id AND s.status = 'rejected')`,
    [ranked.map((match) => match.id), projectId, issueNumber],
  );
  const contents = new Map(rows.map((row) => [row.id, storedContent(row.content)]));
  const asked = errorFeatures(error);
  const named = new Map([...asked.codes, ...asked.types]);
  return ranked.flatMap(({ id, confidence }): EntryFact[] => {
    const content = contents.get(id);
    if (!content) return [];
    const text = entryText(content);
    const names = new Map([...codesIn(text), ...typesIn(text)].map((name) => [name.toLowerCase(), name]));
    return [
      {
        source: { kind: 'entry', id: entryId(id), url: `/knowledge/${entryId(id)}`, text },
        id: entryId(id),
        title: content.title,
        rootCause: content.root_cause,
        solutions: content.solutions,
        confidence,
        missing: [...named]
          .filter(([name]) => !names.has(name))
          .map(([, shown]) => shown)
          .slice(0, NAMES),
        extra: [...names]
          .filter(([name]) => !named.has(name))
          .map(([, shown]) => shown)
          .slice(0, NAMES),
      },
    ];
  });
}

const entryText = (content: EntryContent): string => Object.values(matchDocument(0, content).fields).join('\n');

function signaturesOf({ type, template }: IssueFacts): Signature[] {
  const message = template.replace(/<[^<>\s]{1,40}>/g, '<*>').slice(0, 2000);
  const literal = message.replace(/<\*>/g, '').trim();
  return [
    ...(/^[A-Za-z][\w.$:]{3,200}$/.test(type) && !/^(?:Error|Exception)$/.test(type)
      ? [{ kind: 'type' as const, value: type }]
      : []),
    ...(literal.length >= 12 ? [{ kind: 'message' as const, value: message }] : []),
  ];
}
