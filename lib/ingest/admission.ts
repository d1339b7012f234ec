import type { ProjectSettings } from '../projects/project-settings';
import { isFiltered } from './admission-filter';
import { IssueRates, isKept, Quota, SpikeWatch } from './admission-rates';
import type { PendingEvent } from './pending-event';
import type { RateLimit } from './rate-limit';

/** Who sends, and what the project asks of it. */
export interface Sender {
  projectId: number;
  keyId: number;
  settings: ProjectSettings;
}

/** `sample`: count it without keeping its row. */
export type Judgement = 'keep' | 'sample' | 'filter';

const MAX_SENDERS = 20_000;

function remembered<T>(map: Map<number, T>, id: number, make: () => T): T {
  const known = map.get(id);
  if (known) return known;
  if (map.size >= MAX_SENDERS) map.clear();
  const made = make();
  map.set(id, made);
  return made;
}

/**
 * What a project lets in: quotas, filters, sampling and spike protection. Everything it knows is in memory; each process
 * that captures has its own. `now` is in milliseconds of a clock that never jumps.
 */
export class Admission {
  readonly #projects = new Map<number, Quota>();
  readonly #keys = new Map<number, Quota>();
  readonly #spikes = new Map<number, SpikeWatch>();
  readonly #issues = new IssueRates();

  /** The limit in force for events of this sender; null when there is room. */
  limit({ projectId, keyId, settings }: Sender, now: number): RateLimit | null {
    const limits: [RateLimit['scope'], number | null, Map<number, Quota>, number][] = [
      ['project', settings.quota_per_minute, this.#projects, projectId],
      ['key', settings.key_quota_per_minute, this.#keys, keyId],
    ];
    for (const [scope, perMinute, quotas, id] of limits) {
      if (perMinute === null) continue;
      const wait = remembered(quotas, id, () => new Quota(perMinute, now)).wait(perMinute, now);
      if (wait > 0) return { seconds: Math.ceil(wait / 1000), categories: ['error'], scope, reason: 'quota' };
    }
    return null;
  }

  /** Takes events out of the sender's quotas. */
  charge({ projectId, keyId, settings }: Sender, count: number): void {
    if (settings.quota_per_minute !== null) this.#projects.get(projectId)?.take(count);
    if (settings.key_quota_per_minute !== null) this.#keys.get(keyId)?.take(count);
  }

  /** What becomes of one event. */
  judge({ settings }: Sender, { projectId, event, grouping }: PendingEvent, now: number): Judgement {
    if (settings.filters.length > 0 && isFiltered(settings.filters, event)) return 'filter';
    let kept = true;
    if (settings.spike_protection) {
      kept = remembered(this.#spikes, projectId, () => new SpikeWatch(now)).keepsNext(now);
    }
    if (settings.sampling.enabled) {
      const nth = this.#issues.next(`${projectId}:${grouping.hashes[0]}`, now);
      // The first ones open their issue and show what it is, in a spike too.
      if (nth <= 10) return 'keep';
      kept &&= isKept(nth, settings.sampling.per_hour);
    }
    return kept ? 'keep' : 'sample';
  }
}

/** Whether events of the project may be counted without their row, so that a repeat must be looked for. */
export const mayBeSampled = ({ spike_protection, sampling }: ProjectSettings): boolean =>
  spike_protection || sampling.enabled;
