import { handleOf, type Mentionable } from './mentions';

/** A mention that is being written: where its `@` stands, and what was typed after it. */
export interface OpenMention {
  from: number;
  word: string;
}

const OPEN = /(?:^|[^\p{L}\p{N}@._-])@([\p{L}\p{N}._-]{0,60})$/u;
const BEFORE = 70;
const MOST = 6;

/** The mention at the caret; null when none is being written there. */
export function findMention(text: string, caret: number): OpenMention | null {
  const word = OPEN.exec(text.slice(Math.max(0, caret - BEFORE), caret))?.[1];
  return word === undefined ? null : { from: caret - word.length - 1, word };
}

/** Members whose handle or a part of whose name begins with a word, the handles first; at most six. */
export function suggestMentions<Member extends Mentionable>(members: readonly Member[], word: string): Member[] {
  const start = word.toLowerCase();
  const rank = (member: Member): number => {
    if (handleOf(member).startsWith(start)) return 0;
    const parts = member.name.toLowerCase().split(/\s+/);
    return parts.some((part) => part.startsWith(start)) || parts.join('').startsWith(start) ? 1 : 2;
  };
  return members
    .map((member) => ({ member, rank: rank(member) }))
    .filter((each) => each.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.member.name.localeCompare(b.member.name))
    .slice(0, MOST)
    .map(({ member }) => member);
}
