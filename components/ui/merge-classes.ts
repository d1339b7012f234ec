import { createTailwindMerge } from 'tailwind-merge';

const any = () => true;
const arbitraryLength = (value: string) => /^\[[\d.]/.test(value);
const size = (value: string) => /^(\d?xs|sm|base|lg|xl)$/.test(value) || arbitraryLength(value);
const width = (value: string) => /^\d+$/.test(value) || arbitraryLength(value);

/** A group of every utility that begins with `prefix`. */
const all = (prefix: string) => [{ [prefix]: [any] }];

const PADDING = ['p', 'px', 'py', 'pt', 'pr', 'pb', 'pl'];
const MARGIN = ['m', 'mx', 'my', 'mt', 'mr', 'mb', 'ml'];
const INSET = ['inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'];
const WHOLE = [
  ...PADDING,
  ...MARGIN,
  ...INSET,
  ...['size', 'w', 'min-w', 'max-w', 'h', 'min-h', 'max-h', 'basis', 'order', 'z', 'opacity'],
  ...['gap', 'gap-x', 'gap-y', 'space-x', 'space-y', 'grid-cols', 'grid-rows', 'col-span'],
  ...['bg', 'fill', 'accent', 'tracking', 'cursor', 'animate', 'rotate', 'translate', 'translate-x', 'translate-y'],
  ...['items', 'self', 'line-clamp', 'pointer-events', 'select', 'overscroll', 'resize', 'align', 'scroll-mt'],
];

/** What a prefix and its axes or sides override: `p` all of them, `px` left and right. */
const sides = ([whole, x, y, top, right, bottom, left]: string[]) => ({
  [whole!]: [x!, y!, top!, right!, bottom!, left!],
  [x!]: [right!, left!],
  [y!]: [top!, bottom!],
});

/**
 * Of the classes for one property the last is kept. The utilities are those that this project uses, which is a fifth of
 * what the whole of Tailwind would weigh in every page; `merge-classes.test.ts` finds one that is missing.
 */
export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...Object.fromEntries(WHOLE.map((prefix) => [prefix, all(prefix)])),
    display: ['block', 'inline', 'inline-flex', 'flex', 'grid', 'contents', 'hidden', 'table', 'table-cell'],
    position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
    'screen-reader': ['sr-only', 'not-sr-only'],
    'flex-direction': [{ flex: ['row', 'col'] }],
    'flex-wrap': [{ flex: ['wrap', 'nowrap'] }],
    flex: [{ flex: ['1', 'auto', 'none'] }],
    grow: ['grow', { grow: [any] }],
    shrink: ['shrink', { shrink: [any] }],
    justify: [{ justify: ['start', 'center', 'end', 'between'] }],
    overflow: [{ overflow: ['auto', 'hidden', 'visible'] }],
    'overflow-x': all('overflow-x'),
    'overflow-y': all('overflow-y'),
    rounded: ['rounded', { rounded: [size, 'md', 'full', 'none'] }],
    'rounded-r': ['rounded-r', { 'rounded-r': [any] }],
    border: ['border', { border: [width] }],
    ...Object.fromEntries(
      ['x', 'y', 't', 'r', 'b', 'l'].map((side) => [
        `border-${side}`,
        [`border-${side}`, { [`border-${side}`]: [any] }],
      ]),
    ),
    'border-style': [{ border: ['solid', 'dashed', 'dotted', 'none'] }],
    'border-collapse': [{ border: ['collapse', 'separate'] }],
    'border-color': all('border'),
    'divide-x': ['divide-x'],
    'divide-y': ['divide-y'],
    'divide-color': all('divide'),
    'outline-style': [{ outline: ['none', 'hidden'] }],
    'outline-width': ['outline', { outline: [width] }],
    'outline-offset': all('outline-offset'),
    'outline-color': all('outline'),
    ring: ['ring', { ring: [width] }],
    'ring-color': all('ring'),
    shadow: [{ shadow: [(value: string) => value.startsWith('['), 'none'] }],
    'shadow-color': all('shadow'),
    'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
    'font-family': all('font'),
    'font-style': ['italic', 'not-italic'],
    figures: ['tabular-nums', 'normal-nums'],
    'text-align': [{ text: ['left', 'center', 'right'] }],
    'text-wrap': [{ text: ['wrap', 'nowrap', 'balance', 'pretty'] }],
    'font-size': [{ text: [size] }],
    'text-color': all('text'),
    'text-overflow': ['truncate'],
    leading: all('leading'),
    decoration: ['underline', 'line-through', 'no-underline'],
    'decoration-color': all('decoration'),
    'underline-offset': all('underline-offset'),
    whitespace: all('whitespace'),
    break: [{ break: ['normal', 'words', 'all', 'keep'] }],
    'break-before': all('break-before'),
    'break-inside': all('break-inside'),
    'break-after': all('break-after'),
    transition: ['transition', { transition: [any] }],
    appearance: all('appearance'),
    'table-layout': [{ table: ['auto', 'fixed'] }],
    list: all('list'),
    'backdrop-blur': ['backdrop-blur', { 'backdrop-blur': [any] }],
    field: [{ 'field-sizing': [any] }],
    container: ['@container'],
  },
  conflictingClassGroups: {
    ...sides(PADDING),
    ...sides(MARGIN),
    ...sides(INSET),
    size: ['w', 'h'],
    gap: ['gap-x', 'gap-y'],
    overflow: ['overflow-x', 'overflow-y'],
    flex: ['basis', 'grow', 'shrink'],
    border: ['border-x', 'border-y', 'border-t', 'border-r', 'border-b', 'border-l'],
    'border-x': ['border-r', 'border-l'],
    'border-y': ['border-t', 'border-b'],
    rounded: ['rounded-r'],
    'font-size': ['leading'],
    'line-clamp': ['display', 'overflow'],
    translate: ['translate-x', 'translate-y'],
  },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: [
    'before',
    'after',
    'placeholder',
    'file',
    'first-letter',
    'first-line',
    'marker',
    'selection',
  ],
}));
