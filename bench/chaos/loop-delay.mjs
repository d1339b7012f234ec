// Preloaded into the process that owns the port: on each signal it tells how long its event loop was held up since the last.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env.LOOP_DELAY_FILE;
// Child processes inherit the option, and are not the ones to look at.
delete process.env.NODE_OPTIONS;
delete process.env.LOOP_DELAY_FILE;

if (file) {
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  // On a busy machine most of a long turn is waiting for a processor; what the process used meanwhile is its own fault.
  let before = process.cpuUsage();
  let busiest = 0;
  setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    busiest = Math.max(busiest, user + system);
  }, resolution).unref();
  process.on('SIGUSR2', () => {
    const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
    writeFileSync(file, JSON.stringify({ p99: ms(delay.percentile(99)), most: ms(delay.max), cpu: busiest / 1e3 }));
    delay.reset();
    busiest = 0;
  });
}
