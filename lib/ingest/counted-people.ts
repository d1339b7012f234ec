import type { OpenIssue } from './issue-row';
import { RecentKeys } from './recent-keys';

/** Whatever takes people away from an issue (splitting, taking a merge back) changes its version. */
const keyOf = ({ projectId, number, version }: OpenIssue, userHash: string): string =>
  `${projectId}:${number}:${version}:${userHash}`;

/**
 * Who is known to be counted among the people of an issue, so that most events bring nobody new. Bounded: who was forgotten is
 * looked for in the database.
 */
export class CountedPeople {
  readonly #keys: RecentKeys;
  /** The newest issue of each project. */
  readonly #newest = new Map<number, number>();

  constructor(limit: number) {
    this.#keys = new RecentKeys(limit);
  }

  has(issue: OpenIssue, userHash: string): boolean {
    return !issue.isNew && this.#keys.has(keyOf(issue, userHash));
  }

  /** Only for what is committed. `opened`: issues that the same batch made, in the order of their numbers. */
  add(people: Iterable<readonly [OpenIssue, userHash: string]>, opened: Iterable<OpenIssue>): void {
    for (const { projectId, number } of opened) {
      // Numbers only grow. One that comes again is of a database that was put back to an earlier state.
      if (number <= (this.#newest.get(projectId) ?? 0)) this.forget();
      this.#newest.set(projectId, number);
    }
    for (const [issue, userHash] of people) this.#keys.add(keyOf(issue, userHash));
  }

  forget(): void {
    this.#keys.forget();
    this.#newest.clear();
  }
}
