const INPUTS = ['pointermove', 'pointerdown', 'touchstart', 'keydown'] as const;

let waiting: Set<() => void> | null = null;
let begun = false;

function begin(): void {
  begun = true;
  for (const name of INPUTS) removeEventListener(name, begin, true);
  for (const run of waiting ?? []) run();
  waiting = null;
}

/**
 * Runs once somebody moves, touches or types: the moment to fetch what a click may need, without keeping a page from
 * starting. At once where that has happened already; never on the server.
 */
export function onFirstInput(run: () => void): void {
  if (typeof window === 'undefined') return;
  if (begun) {
    run();
    return;
  }
  if (!waiting) {
    waiting = new Set();
    for (const name of INPUTS) addEventListener(name, begin, { capture: true, passive: true });
  }
  waiting.add(run);
}
