import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

type Tokens = Record<string, number>;

/** Relative luminance (WCAG) of every opaque `--name: oklch(l c h)` in the blocks that start with `selector`. */
function luminances(selector: string): Tokens {
  const blocks = `\n${css}`.split(`\n${selector} {`).slice(1);
  const found = blocks
    .map((block) => block.slice(0, block.indexOf('\n}')))
    .join('\n')
    .matchAll(/--([a-z0-9-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g);
  return Object.fromEntries([...found].map(([, name, l, c, h]) => [name, luminance(Number(l), Number(c), Number(h))]));
}

function luminance(lightness: number, chroma: number, hue: number): number {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const ratio = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'highlight', 'selected'];
const TEXTS = ['fg', 'muted', 'faint', 'accent-fg'];
const TONES = ['critical', 'error', 'warning', 'info', 'success', 'violet'];
const SYNTAX = ['keyword', 'string', 'number', 'title', 'comment'];
const CHARTS = [1, 2, 3, 4, 5, 6, 7, 'other'];

const TEXT_PAIRS = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text) => [text, ground])),
  ...TONES.flatMap((tone) => ['surface', 'canvas', 'hover', `${tone}-soft`].map((ground) => [`${tone}-fg`, ground])),
  ...SYNTAX.map((kind) => [`syntax-${kind}`, 'sunken']),
  ['accent-fg', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'critical-solid'],
  ['on-accent', 'critical-solid-hover'],
] as [string, string][];

const SHAPE_PAIRS = [
  ...CHARTS.map((series) => [`chart-${series}`, 'surface']),
  ...['line-control', 'focus', 'accent'].map((shape) => [shape, 'surface']),
] as [string, string][];

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('%s', (_, selector) => {
  const tokens = luminances(selector);
  const measure = (one: string, other: string): number => {
    expect(Object.keys(tokens)).toEqual(expect.arrayContaining([one, other]));
    return ratio(tokens[one]!, tokens[other]!);
  };

  it.each(TEXT_PAIRS)('text %s is readable on %s (4.5:1)', (text, ground) => {
    expect(measure(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPE_PAIRS)('shape %s stands out from %s (3:1)', (shape, ground) => {
    expect(measure(shape, ground)).toBeGreaterThanOrEqual(3);
  });
});
