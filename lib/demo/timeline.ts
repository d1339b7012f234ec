import type { Incident } from '../../prisma/seed/scenarios/demo/incident';
import { DAY_MS, HOUR_MS } from '../time';

export const DEMO_DAYS = 30;

/** One report, and when it happened. `index` is the incident's place in the scenario. */
export interface DemoReport {
  at: Date;
  incident: Incident;
  body: Record<string, unknown>;
}

/** mulberry32 (public domain): the sample is the same every time it is loaded. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Midnight UTC of a day of the story: day 0 is thirty days before today. */
export const dayStart = (day: number, now: Date): number =>
  Math.floor(now.getTime() / DAY_MS) * DAY_MS - (DEMO_DAYS - day) * DAY_MS;

/** People work by day: more than half of all events fall between 7 and 17 o'clock UTC. */
const hourOf = (random: () => number): number => (random() < 0.6 ? 7 + random() * 10 : random() * 24);

/** One release a day and service, with a patch release for the third deploy of the week. */
const releaseOf = (service: string, day: number): string => `${service}@2.${Math.floor(day / 3)}.${day % 3}`;

/** The number of events of a day: its expected number, give or take a fifth. */
function countOf(rate: number, random: () => number): number {
  const expected = rate * (0.8 + 0.4 * random());
  return Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
}

/** When people resolve it on this day, the reports end: that is what a fix looks like. */
function resolvedOn(incident: Incident, day: number, now: Date): Date {
  const step = incident.story?.find((one) => one.do === 'resolve' && one.day === day);
  return step ? new Date(dayStart(day, now) + (step.hour ?? 12) * HOUR_MS) : now;
}

/** All reports of a day, oldest first, none after `now`. */
export function reportsOfDay(incidents: readonly Incident[], day: number, now: Date): DemoReport[] {
  return incidents
    .flatMap((incident, index) => {
      const random = seededRandom(1_000 * (index + 1) + day);
      return Array.from({ length: countOf(incident.rate(day), random) }, () => report(incident, day, now, random));
    })
    .filter(({ at, incident }) => at <= now && at <= resolvedOn(incident, day, now))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function report(incident: Incident, day: number, now: Date, random: () => number): DemoReport {
  const at = new Date(dayStart(day, now) + hourOf(random) * HOUR_MS);
  const environments = incident.environments ?? ['production'];
  const person = incident.users ? Math.floor(random() * incident.users) : null;
  return {
    at,
    incident,
    body: {
      service: incident.service,
      environment: environments[Math.floor(random() * environments.length)],
      release: releaseOf(incident.service, day),
      context: incident.context ?? '',
      error_type: incident.type,
      error_message: incident.message(random),
      severity: incident.severity,
      stack_trace: incident.stack,
      timestamp: at.toISOString(),
      tags: { region: ['north', 'south', 'west'][Math.floor(random() * 3)] as string },
      ...(person === null ? {} : { user: { id: `customer-${person}` } }),
    },
  };
}
