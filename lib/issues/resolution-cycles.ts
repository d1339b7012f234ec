import type { ResolutionCycle } from './issue-schema';

export interface HistoryLine {
  kind: string;
  at: Date;
  actor: string | null;
  data: Record<string, unknown>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * The resolutions of an issue and what became of them, newest first, from its turning points in order of time. A
 * resolution that was undone or reopened by hand says nothing about a fix and is left out.
 */
export function resolutionCycles(history: HistoryLine[]): ResolutionCycle[] {
  const cycles: ResolutionCycle[] = [];
  for (const line of history) {
    const last = cycles.at(-1);
    const isRunning = last !== undefined && last.regressed_at === null;
    if (line.kind === 'resolved') {
      if (isRunning) cycles.pop();
      cycles.push({
        resolved_at: line.at.toISOString(),
        resolved_by: line.actor,
        mode: text(line.data.mode),
        release: text(line.data.release),
        regressed_at: null,
        regressed_release: null,
      });
    } else if (line.kind === 'regressed' && isRunning) {
      last.regressed_at = line.at.toISOString();
      last.regressed_release = text(line.data.release);
    } else if (isRunning && (line.kind === 'reopened' || line.data.undid === 'resolved')) {
      cycles.pop();
    }
  }
  return cycles.reverse();
}
