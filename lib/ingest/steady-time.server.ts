const started = { wall: Date.now(), steady: performance.now() };

/** Milliseconds since 1970, as if nobody had set the clock since this process started. */
export const steadyNow = (): number => started.wall + performance.now() - started.steady;
