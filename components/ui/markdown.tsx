import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { isOwnImage } from '@/lib/knowledge/image-type';
import { isCostlyMarkdown } from '@/lib/knowledge/markdown/costly-lines';
import { cn } from './cn';
import { CodeBlock } from './code-block';
import { rehypeHtmlAsText, rehypeOutline, textOf } from './rehype-outline';

type Node = NonNullable<ExtraProps['node']>;
type Child = Node['children'][number];

function languageOf(node: Child | undefined): string | undefined {
  const names = node?.type === 'element' ? node.properties.className : undefined;
  const name = Array.isArray(names) ? names.map(String).find((each) => each.startsWith('language-')) : undefined;
  return name?.slice('language-'.length);
}

const isOutside = (href: string | undefined): boolean => !!href && /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

const BASE: Components = {
  pre: ({ node }) => {
    const code = node?.children[0];
    return <CodeBlock code={textOf(node?.children ?? [])} language={languageOf(code)} className="my-3" />;
  },
  code: ({ node: _, className, ...props }) => (
    <code className={cn('rounded-sm bg-hover px-1 py-px text-[0.92em]', className)} {...props} />
  ),
  a: ({ node: _, href, ...props }) => (
    <a
      href={href}
      className="text-accent-fg underline decoration-line-strong underline-offset-2 hover:decoration-current"
      {...(isOutside(href) ? { rel: 'noopener noreferrer nofollow', target: '_blank' } : {})}
      {...props}
    />
  ),
  // A remote picture would tell its host who reads; only the link is kept. Our own are shown.
  img: ({ src, alt }) =>
    isOwnImage(src) ? (
      // biome-ignore lint/performance/noImgElement: behind sign-in, and of no size known beforehand.
      <img
        src={src}
        alt={alt ?? ''}
        loading="lazy"
        className="my-3 max-h-[480px] max-w-full rounded-md border border-line"
      />
    ) : (
      <a
        href={typeof src === 'string' ? src : undefined}
        rel="noopener noreferrer nofollow"
        target="_blank"
        className="text-accent-fg underline"
      >
        {alt || 'image'}
      </a>
    ),
  table: ({ node: _, ...props }) => (
    <div className="my-3 overflow-x-auto rounded-md border border-line">
      <table className="w-full border-collapse text-left" {...props} />
    </div>
  ),
  th: ({ node: _, className, ...props }) => (
    <th className={cn('border-line border-b bg-sunken px-3 py-1.5 font-medium text-xs', className)} {...props} />
  ),
  td: ({ node: _, className, ...props }) => (
    <td
      className={cn('border-line border-b px-3 py-1.5 align-top [tr:last-child>&]:border-b-0', className)}
      {...props}
    />
  ),
  input: ({ node: _, ...props }) => (
    <input
      {...props}
      aria-label={props.checked ? 'done' : 'not done'}
      className="mr-1.5 translate-y-px accent-(--accent)"
    />
  ),
};

export interface MarkdownProps {
  /** Markdown written by people. Never event text: that is shown in `CodeBlock` or as plain text. */
  children: string;
  /** Gives headings ids, for a table of contents (GitHub's slugs). */
  headingIds?: boolean;
  /** Level of the heading this stands under: 1, below the page's title, makes `#` an h2. Levels are never skipped. */
  shiftHeadings?: number;
  className?: string;
}

/**
 * Markdown (GFM), sanitised; raw HTML in it is shown as text, and so is the whole where a parser would take too long over it.
 * Works on the server and in the browser.
 */
export function Markdown({ children, headingIds = false, shiftHeadings = 1, className }: MarkdownProps) {
  if (isCostlyMarkdown(children)) return <p className={cn('whitespace-pre-wrap break-words', className)}>{children}</p>;
  return (
    <div className={cn('prose-errata', className)}>
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        remarkRehypeOptions={{ allowDangerousHtml: true }}
        rehypePlugins={[rehypeHtmlAsText, rehypeSanitize, [rehypeOutline, { under: shiftHeadings, ids: headingIds }]]}
        components={BASE}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
