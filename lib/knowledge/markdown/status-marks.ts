import { type StatusHint, severityOf } from './heading-shape';
import type { Piece } from './outline';

/** Lines that speak of the state of the problem itself: `**Status**: ✅ RESOLVED`. */
export const statusLines = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) =>
    piece.node?.type === 'code'
      ? []
      : [...piece.text.slice(0, 5000).matchAll(/^\W{0,6}(?:resolution )?status\W{1,6}([^\n]{1,200})$/gim)].map(
          (match) => match[1]!,
        ),
  );

/** The last mark decides; only shouted words and marks count in a heading, so that `Fixed size` is no status. */
export function latestStatus(marks: readonly string[]): StatusHint {
  let status: StatusHint = null;
  for (const mark of marks) {
    if (/🔄|⏳|🚧|IN PROGRESS|WIP/.test(mark)) status = 'in_progress';
    else if (
      /✅|RESOLVED|COMPLETED|FIXED|DONE|SOLVED/.test(mark) ||
      /^(?:resolved|fixed|solved|closed|done)\b/i.test(mark)
    )
      status = 'resolved';
    else if (/^(?:open|in progress|pending|investigating)\b/i.test(mark)) status = 'in_progress';
  }
  return status;
}

/** `- **HIGH**: …`, `**Severity**: critical`, `Previous Impact: MEDIUM`. */
export function impactSeverity(impact: string): ReturnType<typeof severityOf> {
  const found =
    /(?:^|\n)\W{0,6}(CRITICAL|HIGH|MEDIUM|LOW)\b|(?:severity|impact)[*_:\s]{1,6}(critical|high|medium|low)\b/i.exec(
      impact.slice(0, 5000),
    );
  return found ? severityOf(found[1] ?? found[2]!) : null;
}
