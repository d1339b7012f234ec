import { readMap } from './map-files.server';
import type { Original } from './original-frames';
import { type Position, ScriptMap } from './trace-positions';

/** Text of the maps that are kept parsed; parsed they take about four times as much. */
const KEPT_BYTES = 96 * 1024 * 1024;
const KEPT_MAPS = 64;

interface Kept {
  map: ScriptMap;
  bytes: number;
}

/** Reads maps from disk and keeps those used last parsed. One that cannot be read says nothing of any place. */
export class ScriptMaps {
  readonly #folder: string;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What stands at the positions of the script whose map has this checksum, in their order. */
  async trace(checksum: string, positions: readonly Position[]): Promise<(Original | null)[]> {
    const map = await this.#load(checksum);
    return positions.map((position) => {
      try {
        return map?.trace(position) ?? null;
      } catch {
        return null;
      }
    });
  }

  async #load(checksum: string): Promise<ScriptMap | null> {
    const kept = this.#kept.get(checksum);
    if (kept) {
      this.#kept.delete(checksum);
      this.#kept.set(checksum, kept);
      return kept.map;
    }
    try {
      const text = await readMap(this.#folder, checksum);
      const map = new ScriptMap(text);
      this.#keep(checksum, { map, bytes: text.length });
      return map;
    } catch {
      return null;
    }
  }

  #keep(checksum: string, entry: Kept): void {
    const before = this.#kept.get(checksum);
    if (before) this.#bytes -= before.bytes;
    this.#kept.delete(checksum);
    this.#kept.set(checksum, entry);
    this.#bytes += entry.bytes;
    for (const [oldest, { bytes }] of this.#kept) {
      if ((this.#bytes <= KEPT_BYTES && this.#kept.size <= KEPT_MAPS) || oldest === checksum) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}
