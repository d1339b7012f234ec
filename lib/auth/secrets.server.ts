import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

// OWASP's floor for scrypt: 2^15 rounds of 8 blocks is 32 MB and about 60 ms here.
const COST = { N: 2 ** 15, r: 8, p: 3 };

/** `scrypt$N$r$p$salt$hash`, so that the cost can rise later without breaking old hashes. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await scryptAsync(password.normalize('NFKC'), salt, 32, { ...COST, maxmem: 256 * 1024 * 1024 });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Takes as long for an account without a password as for one with, so that the time does not tell which exist. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt, hash] = (stored ?? `scrypt$${COST.N}$${COST.r}$${COST.p}$AAAAAAAAAAAAAAAAAAAAAA$`).split('$');
  const actual = await scryptAsync(password.normalize('NFKC'), Buffer.from(salt ?? '', 'base64url'), 32, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    maxmem: 256 * 1024 * 1024,
  });
  const expected = Buffer.from(hash ?? '', 'base64url');
  return stored !== null && expected.length === actual.length && timingSafeEqual(actual, expected);
}

/** A random secret to be shown once: `prefix` and 40 characters (240 bits). */
export const newSecret = (prefix = ''): string => prefix + randomBytes(30).toString('base64url');

/** How secrets of high entropy are stored. Passwords never: those need `hashPassword`. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
