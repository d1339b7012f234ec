import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What clients sent and what they were told. `mark`: the report's own number, found again in the stored event. */
export interface Ledger {
  /** Ids by which events were acknowledged, with the report's mark. */
  acknowledged: Map<string, number>;
  /** Of these, those that waited on disk at first. */
  spooled: number;
  /** Answers that said no: nothing is promised about their reports. */
  refused: Map<number, number>;
  /** Requests whose answer never came. */
  unanswered: number;
  sent: number;
  /** Marks of reports that were sent more than once, always under the same id. */
  repeated: Set<number>;
  /** The slowest answer, in ms. */
  slowest: number;
}

export interface Clients {
  readonly ledger: Ledger;
  /** Lets every client finish its request. */
  stop(): Promise<void>;
}

interface Answer {
  id?: string;
  spooled?: boolean;
  results?: { index: number; id?: string; spooled?: boolean }[];
}

const newId = (): string => randomBytes(16).toString('hex');

/** Reports fall into forty issues. */
const report = (mark: number): Record<string, unknown> => ({
  service: `service-${mark % 4}`,
  error_type: `Kind${mark % 40}Error`,
  error_message: `order ${mark} could not be paid`,
  stack_trace: `Traceback (most recent call last):\n  File "/srv/shop/part_${mark % 40}.py", line 7, in pay\n    run()\nKind${mark % 40}Error: order could not be paid`,
  additional_data: { mark },
});

function post(agent: Agent, url: string, key: string, body: string): Promise<{ status: number; answer: Answer }> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        timeout: 30_000,
        headers: { 'x-errata-key': key, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          if (!response.complete) return reject(new Error('cut off'));
          resolve({ status: response.statusCode ?? 0, answer: text.startsWith('{') ? JSON.parse(text) : {} });
        });
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end(body);
  });
}

/**
 * Many small clients. A third send single reports with ids of their own and repeat them until they are acknowledged, a
 * third send them without an id and never again, a third send batches of eight with and without ids, never again.
 */
export function startClients(url: string, key: string, count: number, pauseMs: number): Clients {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const ledger: Ledger = {
    acknowledged: new Map(),
    spooled: 0,
    refused: new Map(),
    unanswered: 0,
    sent: 0,
    repeated: new Set(),
    slowest: 0,
  };
  let running = true;
  let mark = 0;

  async function send(path: string, marks: number[], body: object): Promise<boolean> {
    ledger.sent++;
    const started = performance.now();
    try {
      const { status, answer } = await post(agent, url + path, key, JSON.stringify(body));
      ledger.slowest = Math.max(ledger.slowest, performance.now() - started);
      if (status < 200 || status > 299) {
        ledger.refused.set(status, (ledger.refused.get(status) ?? 0) + 1);
        return false;
      }
      for (const one of answer.results ?? [{ index: 0, ...answer }]) {
        if (!one.id) continue;
        ledger.acknowledged.set(one.id, marks[one.index]!);
        if (one.spooled) ledger.spooled++;
      }
      return true;
    } catch {
      ledger.unanswered++;
      // The app is down; it would be no use to knock thousands of times.
      await sleep(50);
      return false;
    }
  }

  async function sendOne(withId: boolean): Promise<void> {
    const own = mark++;
    const timestamp = new Date().toISOString();
    const body = withId ? { ...report(own), event_id: newId(), timestamp } : report(own);
    while (!(await send('/errors', [own], body)) && withId && running) {
      ledger.repeated.add(own);
      await sleep(pauseMs);
    }
  }

  async function sendBatch(): Promise<void> {
    const marks = Array.from({ length: 8 }, () => mark++);
    const errors = marks.map((own, at) => (at % 2 === 0 ? report(own) : { ...report(own), event_id: newId() }));
    await send('/errors/batch', marks, { errors });
  }

  const working = Array.from({ length: count }, async (_, at) => {
    while (running) {
      await [() => sendOne(true), () => sendOne(false), sendBatch][at % 3]!();
      await sleep(pauseMs);
    }
  });

  return {
    ledger,
    async stop() {
      running = false;
      await Promise.all(working);
      agent.destroy();
    },
  };
}
