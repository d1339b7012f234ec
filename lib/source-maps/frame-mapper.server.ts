import type { Pool } from 'pg';
import { log } from '../log.server';
import { DAY_MS } from '../time';
import type { FoundMap, Script } from './choose-map';
import type { MappableEvent } from './event-scripts';
import { findMaps, hasMaps } from './find-maps.server';
import { mapStacks, scriptKey } from './map-stacks';
import { TraceThread } from './trace-thread.server';

/** Maps the frames of events on their way in. */
export interface FrameMapper {
  /** Puts frames back to how they were written, in place, as far as maps are there and can be read in time. Never throws. */
  map(projectId: number, events: readonly MappableEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** An event waits this long for its maps; the others do not wait at all. */
const PATIENCE_MS = 2000;
/** What was looked up is believed this long, so that a map counts from this long after its upload at the latest. */
const BELIEVED_MS = 2000;
const MAX_BELIEVED = 20_000;
/** After a look-up that failed, the database is left alone. */
const PAUSE_MS = 5000;
const STAMP = `UPDATE source_map SET used_at = $2 WHERE id = ANY($1::bigint[]) AND (used_at = created_at OR used_at < $2::timestamptz - interval '1 day')`;

interface Believed {
  maps: readonly FoundMap[];
  until: number;
}

/** Whether a project has maps, as it is being asked and as it was told. */
interface Asked {
  hasMaps: Promise<boolean>;
  told?: boolean;
  until: number;
}

/** @param pool where maps are looked up. @param folder of the maps' files. */
export function createFrameMapper(pool: Pool, folder: string): FrameMapper {
  const thread = new TraceThread(folder);
  const believed = new Map<string, Believed>();
  const projects = new Map<number, Asked>();
  const stamped = new Map<string, number>();
  let pausedUntil = 0;

  /** Most projects have no maps, and their events are not worth a query each. */
  function projectHasMaps(projectId: number, now: number): Promise<boolean> {
    const before = projects.get(projectId);
    if (before && before.until > now) return before.hasMaps;
    if (projects.size > MAX_BELIEVED) projects.clear();
    const asked = hasMaps(pool, projectId);
    const entry: Asked = { hasMaps: asked, until: now + BELIEVED_MS };
    projects.set(projectId, entry);
    asked.then(
      (told) => {
        entry.told = told;
      },
      () => projects.delete(projectId),
    );
    return asked;
  }

  /** True where even looking for frames to map is in vain. */
  function isWithoutMaps(projectId: number, now: number): boolean {
    const known = projects.get(projectId);
    return known?.told === false && known.until > now;
  }

  async function lookUp(projectId: number, scripts: readonly Script[]): Promise<readonly FoundMap[]> {
    const now = performance.now();
    const known: FoundMap[] = [];
    const unknown: Script[] = [];
    for (const script of scripts) {
      const before = believed.get(`${projectId}\n${scriptKey(script)}`);
      if (before && before.until > now) known.push(...before.maps);
      else unknown.push(script);
    }
    if (unknown.length === 0 || now < pausedUntil) return known;
    try {
      if (!(await projectHasMaps(projectId, now))) return known;
      const found = await findMaps(pool, projectId, unknown);
      if (believed.size > MAX_BELIEVED) believed.clear();
      for (const script of unknown) {
        const name = script.url.slice(script.url.lastIndexOf('/') + 1);
        const maps = found.filter(
          (map) => map.debug_id === script.debugId || (map.release === script.release && map.name === name),
        );
        believed.set(`${projectId}\n${scriptKey(script)}`, { maps, until: now + BELIEVED_MS });
      }
      return [...known, ...found];
    } catch (error) {
      pausedUntil = now + PAUSE_MS;
      log().debug({ err: error }, 'Source maps could not be looked up; events are stored as they came');
      return known;
    }
  }

  function stamp(ids: ReadonlySet<string>, now: Date): void {
    const due = [...ids].filter((id) => (stamped.get(id) ?? 0) < now.getTime() - DAY_MS);
    if (due.length === 0) return;
    if (stamped.size > MAX_BELIEVED) stamped.clear();
    for (const id of due) stamped.set(id, now.getTime());
    pool.query(STAMP, [due, now]).catch(() => {
      for (const id of due) stamped.delete(id);
    });
  }

  return {
    async map(projectId, events) {
      if (isWithoutMaps(projectId, performance.now())) return;
      try {
        const { used } = await mapStacks(events, {
          find: (scripts) => lookUp(projectId, scripts),
          trace: (checksum, positions) => thread.trace(checksum, positions, PATIENCE_MS),
        });
        if (used.size > 0) stamp(used, new Date());
      } catch (error) {
        log().warn({ err: error }, 'Frames could not be mapped; events are stored as they came');
      }
    },
    close: () => thread.close(),
  };
}
