'use client';

import { ChartLine, Download, FileSpreadsheet, Image, Link2, Table2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Menu, MenuItem } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';
import { toastDone, toastError } from '../ui/toast';
import { copyChartLink, saveCsv, savePng, slugOf } from './chart-export';
import type { CsvValue } from './csv';

export interface ChartColumn {
  label: string;
  /** How a cell of this column reads; the CSV always gets the plain value. */
  format?: (value: CsvValue) => string;
}

export interface ChartFrameProps {
  title: string;
  description?: ReactNode;
  /** Right of the title, before the buttons: a control that belongs to the chart. */
  controls?: ReactNode;
  legend?: ReactNode;
  /** The same figures as a table: the first column names the row. */
  table: {
    columns: readonly ChartColumn[];
    rows: readonly (readonly CsvValue[])[];
    /** What lies behind a row: its first cell becomes a button. */
    onRow?: (index: number) => void;
  };
  /** Of chart and table, so that nothing moves between them. Pixels. */
  height: number;
  children: ReactNode;
}

/** Title, legend, "view as table", CSV, PNG and a lasting link around a chart. Stands in a `Card`, draws no border itself. */
export function ChartFrame({ title, description, controls, legend, table, height, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const section = useRef<HTMLElement>(null);
  return (
    <section ref={section} id={slugOf(title)} aria-label={title} className="@container scroll-mt-16">
      <header className="flex min-h-10 flex-wrap items-center gap-x-2 py-1.5 pr-2 pl-4">
        <div className="min-w-0 flex-1 basis-32">
          <h2 className="truncate font-semibold text-sm">{title}</h2>
          {description ? <p className="truncate text-faint text-xs">{description}</p> : null}
        </div>
        {/* In a narrow card the controls go below the title, the buttons stay beside it. */}
        {controls ? <div className="order-last w-full py-1 @md:order-none @md:w-auto @md:py-0">{controls}</div> : null}
        <div className="flex items-center" data-export="leave-out">
          <IconButton
            label={asTable ? 'View as chart' : 'View as table'}
            size="sm"
            icon={asTable ? <ChartLine /> : <Table2 />}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
          <Menu trigger={<IconButton label={`Export ${title}`} size="sm" icon={<Download />} />}>
            <MenuItem icon={<FileSpreadsheet />} onSelect={() => saveCsv(title, table)}>
              Download CSV
            </MenuItem>
            <MenuItem
              icon={<Image />}
              onSelect={() => {
                if (section.current) savePng(title, section.current).catch(toastError);
              }}
            >
              Download PNG
            </MenuItem>
            <MenuItem
              icon={<Link2 />}
              onSelect={() => {
                copyChartLink(title).then(() => toastDone('Link copied', 'It keeps showing this period.'), toastError);
              }}
            >
              Copy link to this period
            </MenuItem>
          </Menu>
        </div>
      </header>
      {legend ? <div className="px-4 pb-2">{legend}</div> : null}
      <div style={{ height }} className="relative">
        {asTable ? <ChartTable title={title} {...table} /> : children}
      </div>
    </section>
  );
}

function ChartTable({ title, columns, rows, onRow }: { title: string } & ChartFrameProps['table']) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="h-full overflow-auto border-line border-t" tabIndex={0} aria-label={`${title}, as a table`}>
      <table className="w-full border-collapse text-xs">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.label}
                scope="col"
                className={`h-7 whitespace-nowrap px-4 font-medium text-faint ${index === 0 ? 'text-left' : 'text-right'}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-line border-t">
              {row.map((value, column) => (
                <td key={column} className={`h-7 px-4 ${column === 0 ? 'text-left' : 'text-right'}`}>
                  {column === 0 && onRow ? (
                    <button type="button" className="hover:text-accent-fg hover:underline" onClick={() => onRow(index)}>
                      {shown(value, columns[column])}
                    </button>
                  ) : (
                    shown(value, columns[column])
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const shown = (value: CsvValue, column: ChartColumn | undefined) =>
  column?.format ? column.format(value) : (value ?? '–');
