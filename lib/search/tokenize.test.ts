import { describe, expect, it } from 'vitest';
import { cpuMs } from '@/lib/test-cpu-time';
import { stem, terms, tokenize } from './tokenize';

describe('tokenize', () => {
  it('reads an identifier whole and in its parts', () => {
    expect(terms('PydanticUserError')).toEqual(['pydantic', 'user', 'error', 'pydanticusererror']);
    expect(terms('zh_core_web_sm')).toEqual(['zh', 'core', 'web', 'sm', 'zh_core_web_sm']);
    expect(terms('getHTTPResponse')).toContain('gethttpresponse');
  });

  it('reads dotted and dashed names whole, by segment and by part', () => {
    const [token] = tokenize('pydantic.errors.PydanticUserError');
    expect(token?.compounds).toEqual(['pydanticusererror', 'pydantic.errors.pydanticusererror']);
    expect(token?.parts).toEqual(['pydantic', 'error', 'pydantic', 'user', 'error']);
  });

  it('keeps codes in one piece', () => {
    expect(terms('E050 TS2322 utf8')).toEqual(['e050', 'ts2322', 'utf8']);
  });

  it('reads scripts without spaces two characters at a time', () => {
    expect(terms('无法连接')).toEqual(['无法', '法连', '连接']);
  });

  it.each([
    ['permissions', 'permission'],
    ['defined', 'define'],
    ['packages', 'package'],
    ['running', 'run'],
    ['entries', 'entry'],
  ])('gives %s and %s one stem', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it('takes a long hostile line in linear time', () => {
    expect(cpuMs(() => tokenize('a.'.repeat(100_000)))).toBeLessThan(1500);
    expect(cpuMs(() => tokenize('aA'.repeat(100_000)))).toBeLessThan(1500);
  });
});
