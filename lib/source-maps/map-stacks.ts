import { chooseMap, type FoundMap, type Script } from './choose-map';
import { type MappableEvent, type MappableFrame, mappableFrames } from './event-scripts';
import { mapFrames, type Original } from './original-frames';
import type { Position } from './trace-positions';

/** How to map the frames of events, whatever finds and reads the maps. Pure but for what it is given. */
export interface MapSource {
  find(scripts: readonly Script[]): Promise<readonly FoundMap[]>;
  /** Null when the map could not be read in time. */
  trace(checksum: string, positions: readonly Position[]): Promise<(Original | null)[] | null>;
}

export const scriptKey = ({ url, release, dist, debugId }: Script): string =>
  [debugId ?? '', release, dist, url].join('\n');

export const scriptOf = (event: MappableEvent, { url, debugId }: MappableFrame): Script => ({
  url,
  debugId,
  release: event.release?.trim() ?? '',
  dist: event.dist?.trim() ?? '',
});

interface Asked {
  positions: Position[];
  answers: MappableFrame[];
}

/** A frame whose script has no map. */
export interface Unmapped {
  frame: MappableFrame;
  script: Script;
}

/**
 * Gives events the frames they were written with, each map being asked once for all of them. Stacks are replaced, never
 * changed: events may share them.
 * @returns ids of the maps that were asked, and the frames without any.
 */
export async function mapStacks(
  events: readonly MappableEvent[],
  source: MapSource,
): Promise<{ used: Set<string>; unmapped: Unmapped[] }> {
  const wanted = events.flatMap((event) =>
    mappableFrames(event).map((frame) => ({ frame, script: scriptOf(event, frame) })),
  );
  const askable = wanted.filter(({ script }) => script.debugId !== null || script.release !== '');
  const used = new Set<string>();
  if (askable.length === 0) return { used, unmapped: wanted };
  const scripts = new Map(askable.map(({ script }) => [scriptKey(script), script]));
  const found = await source.find([...scripts.values()]);
  if (found.length === 0) return { used, unmapped: wanted };
  const chosen = new Map([...scripts].map(([key, script]) => [key, chooseMap(script, found)]));
  const asked = new Map<string, Asked>();
  const unmapped: Unmapped[] = [];
  for (const { frame, script } of wanted) {
    const map = chosen.get(scriptKey(script));
    if (!map) {
      unmapped.push({ frame, script });
      continue;
    }
    const { lineno = 0, colno = 0 } = frame.stack[frame.at]!;
    const ask = asked.get(map.checksum) ?? { positions: [], answers: [] };
    asked.set(map.checksum, ask);
    ask.positions.push({ line: lineno, column: colno });
    ask.answers.push(frame);
    used.add(map.id);
  }
  const originals = new Map<MappableFrame['holder'], (Original | null)[]>();
  await Promise.all(
    [...asked].map(async ([checksum, { positions, answers }]) => {
      const told = await source.trace(checksum, positions);
      for (const [i, { holder, stack, at }] of answers.entries()) {
        const list = originals.get(holder) ?? stack.map(() => null);
        originals.set(holder, list);
        list[at] = told?.[i] ?? null;
      }
    }),
  );
  for (const [holder, list] of originals) holder.frames = mapFrames(holder.frames ?? [], list);
  return { used, unmapped };
}
