import { nearness } from './minified-url';

/** A script of an event, as far as the event knows it. */
export interface Script {
  /** Without origin: `~/assets/app.js`. */
  url: string;
  release: string;
  dist: string;
  debugId: string | null;
}

export interface FoundMap {
  id: string;
  release: string;
  dist: string;
  url: string;
  name: string;
  debug_id: string | null;
  checksum: string;
}

/**
 * The map of a script among those found: by debug id; else of the same release the one whose address fits best, of the
 * same `dist` before one without. Two that fit equally well are no answer.
 */
export function chooseMap({ url, release, dist, debugId }: Script, found: readonly FoundMap[]): FoundMap | null {
  const identified = debugId === null ? undefined : found.find((map) => map.debug_id === debugId);
  if (identified) return identified;
  if (release === '') return null;
  let best: FoundMap | null = null;
  let bestFit = 0;
  for (const map of found) {
    if (map.release !== release || (map.dist !== dist && map.dist !== '')) continue;
    const score = nearness(map.url, url);
    if (score === 0 || score < bestFit) continue;
    if (score > bestFit) [best, bestFit] = [map, score];
    else if (best && best.dist === '' && map.dist !== '') best = map;
    else if (best && best.dist === map.dist && best.checksum !== map.checksum) {
      // Equally near: only the same address says which, and that is unique.
      if (score !== Number.POSITIVE_INFINITY) best = null;
    }
  }
  return best;
}
