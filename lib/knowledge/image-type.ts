/** Pictures that may be stored. Everything else, SVG above all, could run or hide something. */
export const IMAGE_TYPES = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' } as const;
export type ImageExtension = keyof typeof IMAGE_TYPES;

/** Bytes. */
export const IMAGE_LIMIT = 5 * 1024 * 1024;

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** What the bytes themselves say they are, whatever they were called; null for none of the four. */
export function sniffImage(bytes: Uint8Array): ImageExtension | null {
  if (bytes.length < 12) return null;
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === 'PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpg';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'gif';
  return ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP' ? 'webp' : null;
}

export const IMAGE_PATH = '/api/v1/knowledge/images/';
const NAME = /^([0-9a-f]{64})\.(png|jpg|gif|webp)$/;

/** The hash in `<sha256>.png`; null when it is no name of a picture. */
export const imageHash = (name: string): string | null => NAME.exec(name)?.[1] ?? null;

/** Whether an address in Markdown is one of our pictures, which may be shown: it tells no stranger who reads. */
export const isOwnImage = (src: unknown): src is string =>
  typeof src === 'string' && src.startsWith(IMAGE_PATH) && NAME.test(src.slice(IMAGE_PATH.length));
