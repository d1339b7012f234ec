import { expect, test } from 'vitest';
import type { Frame, NormalizedEvent } from '../ingest/event-schema';
import { MAX_STACK_TEXT, stackText } from './stack-text';

const event = (...stacks: Frame[][]): NormalizedEvent =>
  ({ exceptions: stacks.map((frames) => ({ frames })) }) as unknown as NormalizedEvent;

test('functions, files and source lines stand in it, of libraries too, the throwing frame first', () => {
  const text = stackText(
    event([
      { function: 'main', filename: 'app.ts', in_app: true },
      {
        function: 'lease',
        module: 'pool',
        filename: 'node_modules/pool/lease.js',
        pre_context: ['  if (closed)'],
        context_line: '    throw new Error(reason);',
        post_context: ['  }'],
      },
    ]),
  );
  expect(text.split('\n')).toEqual([
    'pool lease node_modules/pool/lease.js',
    'if (closed)',
    'throw new Error(reason);',
    '}',
    'main app.ts',
  ]);
});

test('a line that frames share stands once', () => {
  const frame = { function: 'again', filename: 'loop.ts' };
  expect(stackText(event([frame, frame], [frame]))).toBe('again loop.ts');
});

test('a deep stack keeps what lies nearest to the error, and stays small', () => {
  const frames = Array.from({ length: 5000 }, (_, i) => ({ function: `step${i}`, filename: 'deep.ts' }));
  const text = stackText(event(frames));
  expect(text.length).toBeLessThanOrEqual(MAX_STACK_TEXT);
  expect(text.startsWith('step4999 deep.ts\n')).toBe(true);
});

test('minified source is cut, and a stack that no parser understood is kept as it is', () => {
  const long = { ...event([{ function: 'a', context_line: 'x'.repeat(10_000) }]) };
  expect(stackText(long).length).toBeLessThan(400);
  const raw = { exceptions: [{ raw_stack: 'at <unknown>\n  in the dark' }] } as unknown as NormalizedEvent;
  expect(stackText(raw)).toBe('at <unknown>\nin the dark');
});
