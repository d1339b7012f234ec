import { describe, expect, it } from 'vitest';
import { imageHash, isOwnImage, sniffImage } from './image-type';

const bytes = (text: string) => Uint8Array.from(text.padEnd(16, '\0'), (char) => char.charCodeAt(0));
const HASH = 'a'.repeat(64);

describe('the type of a picture', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBP', 'webp'],
    ['<svg onload="alert(1)">', null],
    ['<html><script>', null],
    ['RIFF\0\0\0\0WAVE', null],
    ['%PDF-1.7', null],
  ])('is read from its bytes: %j', (start, type) => {
    expect(sniffImage(bytes(start))).toBe(type);
  });

  it('is unknown when there is next to nothing', () => {
    expect(sniffImage(Uint8Array.of(0xff, 0xd8, 0xff))).toBeNull();
  });
});

describe('the address of a picture', () => {
  it('is ours only with a whole hash and a known ending', () => {
    expect(isOwnImage(`/api/v1/knowledge/images/${HASH}.png`)).toBe(true);
    expect(imageHash(`${HASH}.png`)).toBe(HASH);
  });
  it.each([
    `https://evil.test/api/v1/knowledge/images/${HASH}.png`,
    `/api/v1/knowledge/images/../${HASH}.png`,
    `/api/v1/knowledge/images/${HASH}.svg`,
    `/api/v1/knowledge/images/${HASH}.png?x`,
    undefined,
  ])('is not ours: %s', (src) => {
    expect(isOwnImage(src)).toBe(false);
  });
});
