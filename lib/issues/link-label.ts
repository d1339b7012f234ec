const KINDS: [RegExp, (parts: readonly string[]) => string][] = [
  // GitHub and its kin: /owner/repository/issues/42, /pull/42
  [/^\/([^/]+)\/([^/]+)\/(?:issues|pull|pulls)\/(\d+)$/, ([owner, name, n]) => `${owner}/${name}#${n}`],
  // GitLab: /group/sub/project/-/issues/42, /-/merge_requests/42
  [/^\/(.+)\/-\/(?:issues|work_items)\/(\d+)$/, ([project, n]) => `${project}#${n}`],
  [/^\/(.+)\/-\/merge_requests\/(\d+)$/, ([project, n]) => `${project}!${n}`],
  // Jira, Linear, YouTrack: /browse/OPS-42, /team/issue/OPS-42/title
  [/\/(?:browse|issue)\/([A-Za-z][A-Za-z0-9]*-\d+)(?:\/|$)/, ([key]) => key?.toUpperCase() ?? ''],
];
const LONGEST = 100;

/** What people call the thing at an address: `acme/api#42`, `OPS-42`; else its host and path. */
export function linkLabel(address: string): string {
  const { host, pathname } = new URL(address);
  const path = pathname.replace(/\/+$/, '').slice(0, 500);
  for (const [pattern, name] of KINDS) {
    const match = pattern.exec(path);
    if (match) return name(match.slice(1)).slice(0, LONGEST);
  }
  return `${host}${path}`.slice(0, LONGEST);
}
