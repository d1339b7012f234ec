import { type Connection, DatabaseError, type PoolClient, Query } from 'pg';

const DELIMITER = '\x02';
const QUOTE = '\x01';
/** PostgreSQL's CSV with characters that JSON text never holds as they are, so that JSON goes over the wire as it is. */
const FORMAT = String.raw`FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01', ESCAPE E'\x01'`;

const SPECIAL = /[\x01\x02\r\n]/;

/** A text as a field. Without text it is NULL, which an empty one is not. */
export function copyText(text: string | null | undefined): string {
  if (text === null || text === undefined) return '';
  if (text !== '' && !SPECIAL.test(text)) return text;
  return QUOTE + text.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;
}

/** Fields that are encoded already (`copyText`, numbers, JSON text) as the line of a row. */
export function copyLine(fields: readonly (string | number)[]): string {
  let line = String(fields[0]);
  // Put together without copying; that happens once, for all rows.
  for (let at = 1; at < fields.length; at++) line = line + DELIMITER + fields[at];
  return `${line}\n`;
}

function message(code: string, body: Buffer): [Buffer, Buffer] {
  const head = Buffer.allocUnsafe(5);
  head.write(code, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return [head, body];
}

const DONE = message('c', Buffer.alloc(0));

/**
 * COPY whose rows follow the statement at once, without waiting for PostgreSQL to ask for them; should it refuse the
 * statement, it drops them, as its protocol says. So a COPY can be one of several queries under way on a connection.
 */
class CopyIn extends Query {
  constructor(text: string, rows: Buffer, settle: (error: Error | undefined) => void) {
    super(text, settle);
    this.submit = ({ stream }: Connection): void => {
      stream.cork();
      for (const part of [...message('Q', Buffer.from(`${text}\0`)), ...message('d', rows), ...DONE])
        stream.write(part);
      stream.uncork();
    };
  }

  /** PostgreSQL asks for what is on its way already. */
  handleCopyInResponse(): void {}
}

/** Appends rows to a table, in its transaction. `target`: table and columns, as SQL. All rows or none. */
export function copyRows(client: PoolClient, target: string, lines: readonly string[]): Promise<void> {
  let text = '';
  for (const line of lines) text += line;
  const rows = Buffer.from(text);
  return new Promise((resolve, reject) => {
    const settle = (error: Error | undefined): void => {
      if (!error) {
        resolve();
        return;
      }
      // PostgreSQL quotes the row that it refuses; what an event holds does not belong into a log.
      if (error instanceof DatabaseError) error.where = undefined;
      reject(error);
    };
    client.query(new CopyIn(`COPY ${target} FROM STDIN (${FORMAT})`, rows, settle));
  });
}
