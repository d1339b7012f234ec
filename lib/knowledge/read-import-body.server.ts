import { AppError } from '../errors';
import { readBytes } from '../http/route.server';
import { storableJson } from '../http/storable-json';
import { IMPORT_LIMITS } from './import-limits';
import { isObject, listJsonItems } from './json-items';
import type { ParsedSection } from './markdown/guide-sections';
import { fromArchiveLinks } from './picture-links';
import { readZip, readZipPictures, ZipError, type ZippedPicture } from './read-zip';

export interface ImportBody {
  documents: { name: string; text: string; revision?: string }[];
  entries: unknown[];
  /** Guide sections and title of a JSON export of ours. */
  sections: ParsedSection[];
  guideTitle: string | null;
  pictures: ZippedPicture[];
  /** Files that say nothing an import could take, and why. */
  unreadable: { name: string; why: string }[];
}

/**
 * What was sent to be imported: JSON (`{"entries": […]}`, `{"documents": [{name, text}]}` or a knowledge base), one Markdown
 * document as the body, or files in a form.
 * @param document name for a Markdown body. @throws AppError `unsupported_media_type`, `payload_too_large`, `bad_request`, `validation_failed`.
 */
export async function readImportBody(request: Request, document: string | undefined): Promise<ImportBody> {
  const type = request.headers.get('content-type') ?? '';
  const bytes = await readBytes(request, IMPORT_LIMITS.bytes);
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return fromJson(decode(bytes));
  if (/^text\/(?:markdown|x-markdown|plain)\b/i.test(type))
    return { ...NOTHING, documents: [{ name: document ?? 'Imported document', text: decode(bytes) }] };
  if (/^application\/(?:zip|x-zip-compressed)\b/i.test(type)) return fromZip(bytes, document ?? 'archive.zip');
  if (/^multipart\/form-data\b/i.test(type)) return fromForm(bytes, type);
  throw new AppError(
    'unsupported_media_type',
    'Send application/json, text/markdown (with ?document=name), application/zip or multipart/form-data with files.',
  );
}

const NOTHING: ImportBody = {
  documents: [],
  entries: [],
  sections: [],
  guideTitle: null,
  pictures: [],
  unreadable: [],
};

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function fromJson(text: string): ImportBody {
  let json: unknown;
  try {
    json = JSON.parse(storableJson(text));
  } catch (cause) {
    throw new AppError('bad_request', `This is not valid JSON: ${(cause as Error).message}.`, { cause });
  }
  const sent = json as { documents?: unknown; entries?: unknown };
  const documents = readDocuments(sent?.documents);
  const entries = documents && sent.entries === undefined ? [] : listJsonItems(json);
  if (!entries)
    throw invalid(
      'entries',
      'expected a list of entries, as {"entries": [{"title": …}]}, or {"documents": [{"name", "text"}]}',
    );
  return { ...NOTHING, documents: documents ?? [], entries, ...readGuidePart(json) };
}

function readDocuments(value: unknown): ImportBody['documents'] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw invalid('documents', 'expected a list of {name, text}');
  return limited(
    value.map((item: unknown, at) => {
      const { name, text } = (item ?? {}) as { name?: unknown; text?: unknown };
      if (typeof name !== 'string' || name.trim() === '')
        throw invalid(`documents.${at}.name`, 'expected the name of the document');
      if (typeof text !== 'string') throw invalid(`documents.${at}.text`, 'expected the Markdown as text');
      const { revision } = (item ?? {}) as { revision?: unknown };
      if (revision !== undefined && (typeof revision !== 'string' || !/^[\w./+-]{1,100}$/.test(revision)))
        throw invalid(`documents.${at}.revision`, 'expected a commit');
      return { name: name.trim().slice(0, 300), text, revision };
    }),
  );
}

async function fromForm(bytes: Uint8Array, type: string): Promise<ImportBody> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new AppError('bad_request', 'The form could not be read.', { cause });
  }
  const files = [...form.values()].filter((value): value is File => typeof value !== 'string');
  if (files.length === 0) throw invalid('file', 'expected at least one file');
  const body: ImportBody = structuredClone(NOTHING);
  for (const file of files) {
    const content = new Uint8Array(await file.arrayBuffer());
    addFile(body, file.name || 'Imported document', content);
  }
  limited(body.documents);
  return body;
}

function addFile(body: ImportBody, name: string, content: Uint8Array): void {
  try {
    if (/\.zip$/i.test(name)) append(body, fromZip(content, name));
    else if (/\.json$/i.test(name)) append(body, fromJson(decode(content)));
    else body.documents.push({ name, text: decode(content) });
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    body.unreadable.push({ name, why: cause.message });
  }
}

function append(body: ImportBody, more: ImportBody): void {
  const names = new Set(body.documents.map(({ name }) => name));
  body.documents.push(
    ...more.documents.map((document) =>
      names.has(document.name) ? { ...document, name: `${document.name} (2)` } : document,
    ),
  );
  body.entries.push(...more.entries);
  body.sections.push(...more.sections);
  body.pictures.push(...more.pictures);
  body.unreadable.push(...more.unreadable);
  body.guideTitle ??= more.guideTitle;
}

/** The files of an archive, by their paths in it. */
function fromZip(bytes: Uint8Array, name: string): ImportBody {
  const body: ImportBody = structuredClone(NOTHING);
  try {
    body.pictures = readZipPictures(bytes);
    for (const { path, text } of readZip(bytes)) {
      if (!/\.json$/i.test(path)) body.documents.push({ name: path.slice(0, 300), text: fromArchiveLinks(text) });
      else if (!PACK_MANIFEST.test(path)) addFile(body, path, new TextEncoder().encode(text));
    }
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause;
    throw new AppError('bad_request', `${name}: ${cause.message}`, { cause });
  }
  limited(body.documents);
  return body;
}

/** A pack's manifest is no knowledge. */
const PACK_MANIFEST = /(?:^|\/)errata-(?:pack|guide)\.json$/;

/** Sections and title of a JSON export of ours, whose entries are read as any others. */
function readGuidePart(json: unknown): Pick<ImportBody, 'sections' | 'guideTitle'> {
  const sent = isObject(json) && json.format === 'errata-guide' ? json : null;
  const sections = Array.isArray(sent?.sections) ? sent.sections : [];
  return {
    guideTitle: typeof sent?.title === 'string' ? sent.title : null,
    sections: sections.map((section: unknown, at) => {
      const { slug, title, body, position, updated_at } = isObject(section) ? section : {};
      if (typeof slug !== 'string' || typeof title !== 'string' || typeof body !== 'string')
        throw invalid(`sections.${at}`, 'expected slug, title and body as text');
      return {
        ...{ slug, title, body, line: at + 1 },
        restored: {
          slug,
          position: typeof position === 'number' && Number.isInteger(position) && position >= 0 ? position : null,
          updatedAt: typeof updated_at === 'string' ? updated_at : null,
        },
      };
    }),
  };
}

/** Two documents of one name would overwrite each other's entries, back and forth. */
function limited(documents: ImportBody['documents']): ImportBody['documents'] {
  if (documents.length > IMPORT_LIMITS.documents)
    throw invalid('documents', `expected at most ${IMPORT_LIMITS.documents} documents at once`);
  const names = documents.map((document) => document.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalid('documents', `expected names that differ; "${twice}" comes twice`);
  return documents;
}

const invalid = (field: string, message: string): AppError =>
  new AppError('validation_failed', `${field}: ${message}`, { errors: [{ field, message }] });
