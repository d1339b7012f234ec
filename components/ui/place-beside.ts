export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

interface Size {
  width: number;
  height: number;
}
interface Box extends Size {
  left: number;
  top: number;
}

const GAP_PX = 6;
const MARGIN_PX = 8;

const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/**
 * Left and top, in pixels of the window, of something `box` large beside `anchor`: on the `side` asked for, or on the
 * opposite one where only that has room for it, and moved along so that all of it can be seen.
 */
export function placeBeside(
  anchor: Box,
  box: Size,
  room: Size,
  side: Side,
  align: Align,
): { left: number; top: number } {
  const free = {
    top: anchor.top,
    left: anchor.left,
    bottom: room.height - anchor.top - anchor.height,
    right: room.width - anchor.left - anchor.width,
  };
  const vertical = side === 'top' || side === 'bottom';
  const needed = (vertical ? box.height : box.width) + GAP_PX + MARGIN_PX;
  const chosen = free[side] < needed && free[OPPOSITE[side]] >= needed ? OPPOSITE[side] : side;
  const left = vertical
    ? along(anchor.left, anchor.width, box.width, align)
    : chosen === 'left'
      ? anchor.left - GAP_PX - box.width
      : anchor.left + anchor.width + GAP_PX;
  const top = vertical
    ? chosen === 'top'
      ? anchor.top - GAP_PX - box.height
      : anchor.top + anchor.height + GAP_PX
    : along(anchor.top, anchor.height, box.height, align);
  return { left: within(left, box.width, room.width), top: within(top, box.height, room.height) };
}

const along = (start: number, length: number, own: number, align: Align): number =>
  align === 'start' ? start : align === 'end' ? start + length - own : start + (length - own) / 2;

const within = (start: number, own: number, room: number): number =>
  Math.max(MARGIN_PX, Math.min(start, room - own - MARGIN_PX));
