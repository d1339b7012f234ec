const SLOTS = 7;

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}

export const OTHER_COLOR = 'var(--chart-other)';

/**
 * A CSS colour per series name. A name's own colour follows from the name alone, so that a service looks the same on
 * every chart; only where two names of one chart want the same does the later one (by name) take the next free.
 */
export function seriesColors(names: readonly string[]): Record<string, string> {
  const taken = new Set<number>();
  const colors: Record<string, string> = {};
  for (const name of [...new Set(names)].sort()) {
    let slot = hash(name) % SLOTS;
    for (let step = 0; step < SLOTS && taken.has(slot); step++) slot = (slot + 1) % SLOTS;
    colors[name] = taken.has(slot) ? OTHER_COLOR : `var(--chart-${slot + 1})`;
    taken.add(slot);
  }
  return colors;
}
