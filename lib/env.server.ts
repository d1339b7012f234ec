import 'server-only';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .default('')
  .transform((v) => v === 'true' || v === '1');
const optional = z
  .string()
  .optional()
  .transform((v) => v || undefined);

const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8090),
  HOST: z.string().default('0.0.0.0'),
  /** PostgreSQL 15+; the supervisor sets it for its children when it runs the embedded one. */
  DATABASE_URL: optional.refine(
    (url) => !url || /^postgres(?:ql)?:\/\//.test(url),
    'expected an address such as postgresql://user:password@host:5432/errata',
  ),
  /** The embedded database, the spool and attachments. */
  ERRATA_DATA_DIR: optional,
  /** Address people use, e.g. `https://errata.example.com`; otherwise taken from each request. */
  ERRATA_PUBLIC_URL: optional,
  /** Signs sessions; made and kept in the data folder when absent. */
  ERRATA_SECRET: optional,
  ERRATA_ADMIN_EMAIL: optional,
  ERRATA_ADMIN_PASSWORD: optional,
  ERRATA_OPEN_CAPTURE: flag,
  /** Most that may wait on disk while the database is away, in MB. */
  ERRATA_SPOOL_MAX_MB: z.coerce.number().int().min(1).max(1_000_000).default(1024),
  /** Keep files that clients send with events; a project's own setting comes first. */
  ERRATA_ATTACHMENTS: flag,
  ERRATA_ATTACHMENT_MAX_MB: z.coerce.number().int().min(1).max(100).default(10),
  /** Folders beneath which the guide may be published, separated as in PATH; otherwise only one in the data folder. */
  ERRATA_PUBLISH_ROOTS: optional,
  /** Origins of one's own network that packs may come from, e.g. another Errata: `http://errata.internal:8090`. By commas. */
  ERRATA_PACK_ORIGINS: optional,
  ERRATA_TRUST_PROXY: flag,
  ERRATA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** An OpenAI-compatible endpoint, e.g. `http://localhost:11434/v1`; drafts are composed without one. */
  ERRATA_LLM_URL: z.preprocess((v) => v || undefined, z.url({ protocol: /^https?$/ }).optional()),
  ERRATA_LLM_MODEL: optional,
  ERRATA_LLM_KEY: optional,
  /** Questions a day (UTC). */
  ERRATA_LLM_DAILY_BUDGET: z.coerce.number().int().min(0).max(1_000_000).default(200),
  /** Seconds for a whole answer. */
  ERRATA_LLM_TIMEOUT: z.coerce.number().min(1).max(600).default(60),
  GITHUB_ID: optional,
  GITHUB_SECRET: optional,
  OIDC_ISSUER: optional,
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_NAME: z.string().default('Single sign-on'),
});
export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** The environment, parsed at first use. @throws Error that lists each wrong variable in a line of its own. */
export function env(): Env {
  if (parsed) return parsed;
  const result = envSchema.safeParse(process.env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not valid:\n${lines.join('\n')}`);
  }
  parsed = result.data;
  return parsed;
}

/** For the supervisor, the command line and tests, which set variables before anything reads them. */
export function reloadEnv(changes: Record<string, string> = {}): Env {
  Object.assign(process.env, changes);
  parsed = undefined;
  return env();
}

/** What a child process gets: the variables of this one, with these changed. */
export const childEnv = (changes: Record<string, string>): NodeJS.ProcessEnv => ({ ...process.env, ...changes });
