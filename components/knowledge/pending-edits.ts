const flushes = new Set<() => void>();

/** A long text is handed to the form only when typing pauses; `flush` hands it over at once. Answers how to take that back. */
export function onFlush(flush: () => void): () => void {
  flushes.add(flush);
  return () => {
    flushes.delete(flush);
  };
}

/** Before a save: what was typed a moment ago belongs to it. */
export function flushEdits(): void {
  for (const flush of flushes) flush();
}
