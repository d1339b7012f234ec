import { parameterize } from '../grouping/v1/parameterize';

const LIMIT = 500;

/** A first guess at the message signature of an error text: its first line with what looks variable as `<*>`. */
export function guessSignature(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return tidy(parameterize(line.trim().slice(0, LIMIT)).template.replace(/<[^<>]{1,40}>/g, '<*>'));
}

/** The signature with the marked part as variable. */
export const withVariable = (signature: string, from: number, to: number): string =>
  tidy(`${signature.slice(0, from)}<*>${signature.slice(to)}`);

/** Variable parts that touch are one. */
const tidy = (signature: string): string => signature.replace(/(?:<\*>){2,}/g, '<*>');
