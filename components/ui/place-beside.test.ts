import { expect, test } from 'vitest';
import { placeBeside } from './place-beside';

const room = { width: 1000, height: 800 };
const anchor = { left: 400, top: 300, width: 100, height: 20 };
const box = { width: 60, height: 30 };

test('stands on the side asked for, in the middle of the element', () => {
  expect(placeBeside(anchor, box, room, 'top', 'center')).toEqual({ left: 420, top: 264 });
  expect(placeBeside(anchor, box, room, 'bottom', 'center')).toEqual({ left: 420, top: 326 });
  expect(placeBeside(anchor, box, room, 'right', 'center')).toEqual({ left: 506, top: 295 });
  expect(placeBeside(anchor, box, room, 'left', 'center')).toEqual({ left: 334, top: 295 });
});

test('is flush with either end of the element', () => {
  expect(placeBeside(anchor, box, room, 'top', 'start').left).toBe(400);
  expect(placeBeside(anchor, box, room, 'top', 'end').left).toBe(440);
});

test('turns over where only the other side has room', () => {
  expect(placeBeside({ ...anchor, top: 10 }, box, room, 'top', 'center').top).toBe(36);
  expect(placeBeside({ ...anchor, left: 950, width: 40 }, box, room, 'right', 'center').left).toBe(884);
});

test('stays within the window', () => {
  expect(placeBeside({ ...anchor, left: 0, width: 10 }, box, room, 'bottom', 'center').left).toBe(8);
  expect(placeBeside({ ...anchor, left: 990, width: 10 }, box, room, 'bottom', 'start').left).toBe(932);
});
