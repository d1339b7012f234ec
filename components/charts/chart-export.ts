import { parseRange } from '@/lib/time';
import type { ChartFrameProps } from './chart-frame';
import { toCsv } from './csv';

/** `events-over-time`, for anchors and file names. */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export function saveCsv(title: string, table: ChartFrameProps['table']): void {
  const csv = toCsv(
    table.columns.map((column) => column.label),
    table.rows,
  );
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  save(url, `${slugOf(title)}.csv`);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The chart as it stands on the page, at twice its size, without its buttons. */
export async function savePng(title: string, section: HTMLElement): Promise<void> {
  const { toPng } = await import('html-to-image');
  const url = await toPng(section, {
    pixelRatio: 2,
    backgroundColor: getComputedStyle(document.body).getPropertyValue('--surface') || '#fff',
    filter: (node) => !(node instanceof HTMLElement && node.dataset.export === 'leave-out'),
  });
  save(url, `${slugOf(title)}.png`);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

/** The address of a chart with its period as instants, so that it shows the same a month from now. */
export function chartLink(href: string, title: string, now: Date): string {
  const url = new URL(href);
  const query = url.searchParams;
  const { from, to } = parseRange(Object.fromEntries(query), now);
  query.delete('range');
  query.set('from', from.toISOString());
  query.set('to', to.toISOString());
  url.hash = slugOf(title);
  return url.toString();
}

export const copyChartLink = (title: string): Promise<void> =>
  navigator.clipboard.writeText(chartLink(window.location.href, title, new Date()));
