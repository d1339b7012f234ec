import { ButtonLink } from '../ui/button';
import { Markdown } from '../ui/markdown';
import { PrintButton } from './print-button';

/** The whole guide on plain pages: a chapter begins a new one, and no command is cut in two. */
export function PrintView({ markdown }: { markdown: string }) {
  return (
    <main className="mx-auto max-w-[760px] px-6 py-8 print:max-w-none print:p-0">
      <div className="mb-6 flex justify-end gap-2 print:hidden">
        <ButtonLink href="/guide">Back to the guide</ButtonLink>
        <PrintButton />
      </div>
      <article className="print:[&_h1]:break-after-avoid print:[&_h2:not(:first-of-type)]:break-before-page print:[&_h3]:break-after-avoid print:[&_h4]:break-after-avoid print:[&_pre]:break-inside-avoid print:[&_pre]:whitespace-pre-wrap print:[&_table]:break-inside-avoid print:[&_button]:hidden">
        <Markdown headingIds>{markdown}</Markdown>
      </article>
    </main>
  );
}
