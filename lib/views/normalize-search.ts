/** One spelling for one view: sorted by name, without what is empty and without the place in the list. */
export function normalizeSearch(text: string): string {
  const params = new URLSearchParams(text.replace(/^\?/, ''));
  const kept = [...params].filter(([key, value]) => value !== '' && key !== 'cursor');
  return new URLSearchParams(kept.sort(([one], [other]) => one.localeCompare(other))).toString();
}
