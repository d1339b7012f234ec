/** `99.98 %`, never rounded up: 100 % only when nothing crashed. */
export const formatCrashFree = (rate: number): string => {
  const floored = Math.floor(rate * 10_000 + 1e-9) / 100;
  return floored === 100 ? '100%' : `${floored.toFixed(2)}%`;
};

/** From when on a release does badly, as crash reporters draw it. */
export function crashFreeTone(rate: number): 'success' | 'warning' | 'critical' {
  if (rate >= 0.995) return 'success';
  return rate >= 0.98 ? 'warning' : 'critical';
}

/** Where a release is shown; versions may hold slashes and blanks. `search`: filters to take along, with their `?`. */
export const releasePath = ({ project, version }: { project: string; version: string }, search = ''): string =>
  `/releases/${encodeURIComponent(project)}/${encodeURIComponent(version)}${search}`;
