import { IMAGE_PATH } from './image-type';

/** Folder of the pictures in an archive, beside those of entries and sections. */
export const PICTURE_FOLDER = 'images/';

const NAME = '[0-9a-f]{64}\\.(?:png|jpg|gif|webp)';
const ADDRESS = new RegExp(`${IMAGE_PATH}(${NAME})`, 'g');
const LINK = new RegExp(`\\.\\./${PICTURE_FOLDER}(${NAME})`, 'g');

/** Names of the pictures that texts show, in order, each once. */
export function picturesIn(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => [...text.matchAll(ADDRESS)].map(([, name]) => name!));
  return [...new Set(names)].sort();
}

/** A file of an archive, one folder deep, with links to the pictures that lie in it too. */
export const toArchiveLinks = (text: string, names: ReadonlySet<string>): string =>
  text.replace(ADDRESS, (address, name: string) => (names.has(name) ? `../${PICTURE_FOLDER}${name}` : address));

/** Takes `toArchiveLinks` back. */
export const fromArchiveLinks = (text: string): string => text.replace(LINK, `${IMAGE_PATH}$1`);
