import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Fields of `/proc/<pid>/stat` after the name. */
function statOf(pid: number | string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const secondsOf = (fields: readonly string[]): number =>
  (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;

/**
 * Seconds of the processor that a process, its children and those of them that ended have used. Linux only; zero elsewhere.
 */
export function treeSeconds(pid: number): number {
  try {
    const children = readdirSync('/proc').filter((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        return Number(statOf(name)[1]) === pid;
      } catch {
        return false;
      }
    });
    return [pid, ...children].reduce((sum: number, one) => {
      try {
        return sum + secondsOf(statOf(one));
      } catch {
        return sum;
      }
    }, 0);
  } catch {
    return 0;
  }
}

/** Megabytes of memory that a process holds. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1000;
}
