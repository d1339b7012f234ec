import { MOST_TAG_VALUES } from '../issues/tag-limits';
import type { InsertedEvent } from './batch-effects';
import { cutText } from './limits';

const MAX_KEY = 100;
const MAX_VALUE = 200;

export interface TagRow {
  project_id: number;
  issue_number: number;
  key: string;
  value: string;
}

/**
 * Which tags of which issues this process has stored, so that most events cost no look. Bounded: what was forgotten is
 * stored once more, which changes nothing. An issue is known by its version too: whatever takes tags away from one
 * (splitting, taking a merge back) changes it.
 */
export class TagMemory {
  readonly #limit: number;
  #recent = new Map<string, number>();
  #before = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The tags of events that are not known to be stored, each once, and how to note that they are now. */
  unseen(inserted: readonly InsertedEvent[]): { rows: TagRow[]; stored: () => void } {
    const rows: TagRow[] = [];
    const fresh = new Map<string, number>();
    for (const { pending, issue } of inserted) {
      const { projectId, number, version } = issue;
      for (const [name, text] of pending.event.tags) {
        const key = cutText(name, MAX_KEY);
        const value = cutText(text, MAX_VALUE);
        const tag = `${projectId}:${number}:${version}:${key}`;
        const pair = `${tag}\n${value}`;
        if (fresh.has(pair) || this.#recall(pair)) continue;
        const values = fresh.get(tag) ?? this.#recall(tag) ?? 0;
        if (values >= MOST_TAG_VALUES) continue;
        fresh.set(tag, values + 1).set(pair, 1);
        rows.push({ project_id: projectId, issue_number: number, key, value });
      }
    }
    return {
      rows,
      stored: () => {
        for (const [key, count] of fresh) this.#note(key, count);
      },
    };
  }

  #recall(key: string): number | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#before.get(key);
    if (older !== undefined) this.#note(key, older);
    return older;
  }

  /** Two generations: the older one is let go as a whole when the younger is full. */
  #note(key: string, count: number): void {
    this.#recent.set(key, count);
    if (this.#recent.size < this.#limit) return;
    this.#before = this.#recent;
    this.#recent = new Map();
  }
}
