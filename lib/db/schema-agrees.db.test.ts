import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { getPool } from './client.server';
import { useTestDatabase } from './test-database';

// The migrations are written by hand, so nothing but this holds them and Prisma's schema together.

useTestDatabase();

const FOLDER = fileURLToPath(new URL('../../prisma/schema', import.meta.url));

const TYPES: Record<string, string> = {
  Bytes: 'bytea',
  BigInt: 'bigint',
  Boolean: 'boolean',
  DateTime: 'timestamp with time zone',
  Float: 'double precision',
  Int: 'integer',
  Json: 'jsonb',
  String: 'text',
};
const NATIVE_TYPES: Record<string, string> = {
  Date: 'date',
  Json: 'json',
  Real: 'real',
  SmallInt: 'smallint',
  Timestamptz: 'timestamp with time zone',
  Uuid: 'uuid',
};

// What only SQL reads and writes: a search index of its own, and the columns that PostgreSQL computes.
const LEFT_TO_SQL = /^issue_text\.|^entry\.search tsvector/;

const mapped = (text: string, attribute: string) => new RegExp(`(?<!@)${attribute}\\("([^"]+)"`).exec(text)?.[1];

async function readSchema(): Promise<string> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.prisma'));
  const texts = await Promise.all(files.map((name) => readFile(join(FOLDER, name), 'utf8')));
  return texts.join('\n');
}

/** `table.column type`, with `?` behind the type where NULL is allowed. */
function declaredColumns(schema: string): string[] {
  const blocks = [...schema.matchAll(/^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm)];
  const enums = new Map(
    blocks
      .filter(([, kind]) => kind === 'enum')
      .map(([, , name = '', body = '']) => [name, mapped(body, '@@map') ?? name]),
  );
  return blocks
    .filter(([, kind]) => kind === 'model')
    .flatMap(([, , model = '', body = '']) => {
      const table = mapped(body, '@@map') ?? model;
      return [...body.matchAll(/^ {2}(\w+) +(\w+)(\?|\[\])?(.*)$/gm)].flatMap(
        ([, field, type = '', mark, rest = '']) => {
          const native = /@db\.(\w+)/.exec(rest)?.[1];
          const sql = native ? (NATIVE_TYPES[native] ?? native) : (TYPES[type] ?? enums.get(type));
          if (!sql) return [];
          return `${table}.${mapped(rest, '@map') ?? field} ${sql}${mark ?? ''}`;
        },
      );
    });
}

it('declares every column of every table as the migrations made it', async () => {
  const { rows } = await getPool().query<{ declared: string }>(`
    SELECT c.relname || '.' || a.attname || ' ' || regexp_replace(format_type(a.atttypid, NULL), '"', '', 'g')
      || CASE WHEN NOT a.attnotnull AND format_type(a.atttypid, NULL) NOT LIKE '%[]' THEN '?' ELSE '' END AS declared
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'`);
  const declared = declaredColumns(await readSchema());
  const made = rows.map((row) => row.declared).filter((one) => !LEFT_TO_SQL.test(one));
  expect(declared.length).toBeGreaterThan(100);
  const onlyInSchema = declared.filter((one) => !made.includes(one));
  const onlyInDatabase = made.filter((one) => !declared.includes(one));
  expect({ onlyInSchema, onlyInDatabase }).toEqual({ onlyInSchema: [], onlyInDatabase: [] });
});
