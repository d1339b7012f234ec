import { codeBlock, codeSpan, flat, inline } from '@/lib/guide/markdown-text';
import type { EventDetail, IssueDetail } from '@/lib/issues/issue-schema';
import { exceptionsAsText } from '@/lib/issues/stack-frames';
import { formatExact, formatUtc } from '../ui/format';

/** Of a stack, what a ticket needs: the rest is behind the link. */
const STACK_LINES = 20;
const LONGEST_LINE = 300;
const LONGEST_TITLE = 200;

/** One line for the head of a ticket, as plain text. */
export const ticketTitle = ({ id, title }: Pick<IssueDetail, 'id' | 'title'>): string =>
  `${flat(title).slice(0, LONGEST_TITLE)} (${id})`;

/**
 * An issue as a ticket wants it: what, how often, since when, where, the top of its stack, what is known about it, and
 * the way back. What the error says stays text: it is escaped, or stands in code that it cannot close.
 *
 * @param origin of this Errata, as `https://errata.example.com`
 */
export function issueMarkdown(issue: IssueDetail, event: EventDetail | undefined, origin: string): string {
  const seen = (at: string, release: string | null) =>
    `${formatUtc(Date.parse(at))}${release ? ` in ${codeSpan(release)}` : ''}`;
  const facts = [
    `- **Events:** ${formatExact(issue.events)} (${formatExact(issue.events_24h)} in 24 h)${issue.users > 0 ? `, ${formatExact(issue.users)} users` : ''}`,
    `- **First seen:** ${seen(issue.first_seen, issue.first_release)}`,
    `- **Last seen:** ${seen(issue.last_seen, issue.last_release)}`,
    `- **Service:** ${codeSpan(issue.service)}, ${inline(issue.environment)}`,
    ...(issue.culprit ? [`- **Where:** ${codeSpan(issue.culprit)}`] : []),
  ];
  const stack = event ? stackTop(event) : '';
  const fix = issue.known_fix;
  return [
    `### ${inline(flat(issue.title).slice(0, LONGEST_TITLE))}`,
    facts.join('\n'),
    ...(stack ? [codeBlock(stack)] : []),
    ...(fix
      ? [
          `**Known fix:** [${fix.entry}](${origin}${fix.url}) ${inline(fix.title)}${fix.verdict ? ` (${fix.verdict})` : ''}`,
        ]
      : []),
    `[${issue.id} in Errata](${origin}/issues/${issue.id})`,
  ].join('\n\n');
}

function stackTop(event: EventDetail): string {
  const text = event.exceptions.length > 0 ? exceptionsAsText(event.exceptions) : (event.message ?? '');
  const lines = text.split('\n');
  const top = lines.slice(0, STACK_LINES).map((line) => line.slice(0, LONGEST_LINE));
  return [...top, ...(lines.length > STACK_LINES ? [`… ${lines.length - STACK_LINES} more lines`] : [])].join('\n');
}
