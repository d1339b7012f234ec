import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('quotes what needs quoting', () => {
  expect(
    toCsv(
      ['time', 'a,b'],
      [
        ['2026-11-21', 1.5],
        ['say "hi"\nthere', null],
      ],
    ),
  ).toBe('time,"a,b"\r\n2026-11-21,1.5\r\n"say ""hi""\nthere",\r\n');
});

it('keeps a spreadsheet from running error text', () => {
  expect(toCsv(['x'], [['=HYPERLINK("http://x")'], ['-1+2'], [-5]])).toBe(
    'x\r\n"\'=HYPERLINK(""http://x"")"\r\n\'-1+2\r\n-5\r\n',
  );
});
