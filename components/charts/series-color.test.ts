import { describe, expect, it } from 'vitest';
import { OTHER_COLOR, seriesColors } from './series-color';

describe('series colours', () => {
  it('give a name the same colour whatever stands beside it, in any order', () => {
    const alone = seriesColors(['api']).api;
    expect(seriesColors(['api', 'worker']).api).toBe(alone);
    expect(seriesColors(['worker', 'api']).api).toBe(alone);
  });

  it('never repeat a colour in one chart while there are free ones', () => {
    const colors = Object.values(seriesColors(['a', 'b', 'c', 'd', 'e', 'f', 'g']));
    expect(new Set(colors).size).toBe(7);
    expect(colors).not.toContain(OTHER_COLOR);
  });

  it('turn grey past the seventh', () => {
    expect(Object.values(seriesColors([...'abcdefgh'])).filter((color) => color === OTHER_COLOR)).toHaveLength(1);
  });
});
