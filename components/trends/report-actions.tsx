'use client';

import { ChevronLeft, ChevronRight, Mail, Printer } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { toastDone, toastError } from '../ui/toast';

export interface ReportWeek {
  name: string;
  number: number;
  previous: string;
  next: string | null;
}

/** From week to week, onto paper, or into a mail. */
export function ReportActions({ week }: { week: ReportWeek }) {
  const router = useRouter();
  const params = useSearchParams();
  const open = (name: string) => {
    const next = new URLSearchParams(params);
    next.set('week', name);
    router.push(`/trends/report?${next}`);
  };
  return (
    <div className="flex items-center gap-1 print:hidden">
      <IconButton label={`Week ${week.previous}`} icon={<ChevronLeft />} onClick={() => open(week.previous)} />
      <span className="whitespace-nowrap px-1 text-muted text-xs tabular-nums">{week.name}</span>
      <IconButton
        label={week.next ? `Week ${week.next}` : 'There is no later week yet'}
        icon={<ChevronRight />}
        disabled={!week.next}
        onClick={() => week.next && open(week.next)}
      />
      <Button
        icon={<Mail />}
        onClick={() => {
          copyForMail().then(() => toastDone('Report copied', 'Paste it into a mail.'), toastError);
        }}
      >
        Copy for mail
      </Button>
      <Button icon={<Printer />} onClick={() => window.print()}>
        Print
      </Button>
    </div>
  );
}

/** The report as rich text with absolute links and styles of its own, since a mail knows neither our pages nor our classes. */
async function copyForMail(): Promise<void> {
  const report = document.getElementById('weekly-report');
  if (!report) return;
  const html = inlined(report).outerHTML;
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob([html], { type: 'text/html' }),
      // biome-ignore lint/performance/useDomNodeTextContent: a plain mail needs the lines as they are laid out.
      'text/plain': new Blob([report.innerText], { type: 'text/plain' }),
    }),
  ]);
}

const KEPT = ['font-size', 'font-weight', 'text-align', 'padding', 'margin', 'width', 'height'] as const;

function inlined(source: HTMLElement): HTMLElement {
  const copy = source.cloneNode(true) as HTMLElement;
  const originals = [source, ...source.querySelectorAll<HTMLElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<HTMLElement>('*')];
  copies.forEach((element, index) => {
    const style = getComputedStyle(originals[index] as HTMLElement);
    const bar = element.tagName === 'DIV';
    const kept = KEPT.filter((name) => bar || (name !== 'width' && name !== 'height'));
    const own = kept.map((name) => `${name}:${style.getPropertyValue(name)}`);
    own.push(
      `font-family:${style.fontFamily.includes('mono') || style.fontFamily.includes('Mono') ? 'monospace' : 'sans-serif'}`,
    );
    if (bar) own.push('background:#5b5bd6');
    element.removeAttribute('class');
    element.removeAttribute('id');
    element.setAttribute('style', own.join(';'));
    if (element instanceof HTMLAnchorElement)
      element.href = new URL(element.getAttribute('href') ?? '', location.href).href;
  });
  return copy;
}
