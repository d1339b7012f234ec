/** Milliseconds of processor time that something takes. Unlike the clock, it does not count what else the machine does. */
export function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
