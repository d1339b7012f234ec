const MENTION = /(?:^|[^\p{L}\p{N}@._-])@([\p{L}\p{N}][\p{L}\p{N}._-]{0,60})/gu;
const LIMIT = 20;

export interface Mentionable {
  id: string;
  name: string;
  email: string;
}

/** By what one is called after an `@`: the beginning of the e-mail address, or the name without its blanks. */
export const handleOf = ({ email }: { email: string }): string => email.slice(0, email.lastIndexOf('@')).toLowerCase();

/** The members a text mentions, each once; at most twenty. */
export function mentioned(text: string, members: readonly Mentionable[]): Mentionable[] {
  const called = new Set(
    [...text.matchAll(MENTION)].slice(0, 200).map((match) => (match[1] as string).toLowerCase().replace(/[.-]+$/, '')),
  );
  if (called.size === 0) return [];
  return members
    .filter((member) => called.has(handleOf(member)) || called.has(member.name.toLowerCase().replace(/\s+/g, '')))
    .slice(0, LIMIT);
}
