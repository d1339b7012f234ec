import { getPool } from '../db/client.server';
import { looksMinified, type MappableEvent, mappableFrames } from './event-scripts';
import { findMaps } from './find-maps.server';
import { mapStacks, scriptKey } from './map-stacks';
import { sourceMapsFolder } from './maps-folder.server';
import { ScriptMaps } from './script-maps.server';
import type { MissingMap } from './source-map-schema';

const MAX_MISSING = 5;
let maps: ScriptMaps | undefined;

/**
 * Maps, in place, what could not be mapped when the event came: its map was uploaded later.
 * @returns the minified scripts that there is still no map for, that of the throwing frame first.
 */
export async function mapOnView(projectId: number, event: MappableEvent): Promise<MissingMap[]> {
  if (mappableFrames(event).length === 0) return [];
  maps ??= new ScriptMaps(sourceMapsFolder());
  const reader = maps;
  const { unmapped } = await mapStacks([event], {
    find: (scripts) => findMaps(getPool(), projectId, scripts),
    trace: (checksum, positions) => reader.trace(checksum, positions),
  });
  const missing = new Map<string, MissingMap>();
  for (const { frame, script } of unmapped) {
    if (!looksMinified(frame) || missing.size >= MAX_MISSING) continue;
    missing.set(scriptKey(script), {
      url: frame.script,
      release: script.release || null,
      dist: script.dist || null,
      debug_id: frame.debugId,
    });
  }
  return [...missing.values()];
}
