import { AppError } from '../errors';
import { readBytes } from '../http/route.server';
import { IMPORT_LIMITS } from './import-schema';
import { listJsonItems } from './json-items';

export interface ImportBody {
  documents: { name: string; text: string }[];
  entries: unknown[];
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
    return { documents: [{ name: document ?? 'Imported document', text: decode(bytes) }], entries: [], unreadable: [] };
  if (/^multipart\/form-data\b/i.test(type)) return fromForm(bytes, type);
  throw new AppError(
    'unsupported_media_type',
    'Send application/json, text/markdown (with ?document=name) or multipart/form-data with files.',
  );
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function fromJson(text: string): ImportBody {
  let json: unknown;
  try {
    json = JSON.parse(text);
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
  return { documents: documents ?? [], entries, unreadable: [] };
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
      return { name: name.trim().slice(0, 300), text };
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
  const body: ImportBody = { documents: [], entries: [], unreadable: [] };
  for (const file of files) {
    const text = decode(new Uint8Array(await file.arrayBuffer()));
    if (/\.json$/i.test(file.name)) {
      try {
        const read = fromJson(text);
        body.documents.push(...read.documents);
        body.entries.push(...read.entries);
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        body.unreadable.push({ name: file.name, why: cause.message });
      }
    } else body.documents.push({ name: file.name || 'Imported document', text });
  }
  limited(body.documents);
  return body;
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
