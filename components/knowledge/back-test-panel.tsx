'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Signature } from '@/lib/knowledge/entry-schema';
import type { BackTest, BackTestHit } from '@/lib/search/back-test-schema';
import { Alert } from '../ui/alert';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { ShortNumber } from '../ui/short-number';
import { runBackTest } from './back-test-queries';

/** Replays signatures over past errors: what they would have recognised, what they miss, and whom they would quarrel with. */
export function BackTestPanel({ signatures, entryId }: { signatures: readonly Signature[]; entryId: string | null }) {
  const usable = signatures.filter(({ value }) => value.trim() !== '');
  const key = JSON.stringify(usable);
  const [soFar, setSoFar] = useState<{ key: string; result: BackTest } | null>(null);
  const running = useRef(0);
  const test = useMutation({
    mutationFn: () => {
      const run = ++running.current;
      return runBackTest(
        usable,
        entryId,
        (result) => run === running.current && setSoFar({ key, result }),
        () => run !== running.current,
      );
    },
  });
  useEffect(
    () => () => {
      running.current = -1;
    },
    [],
  );
  if (usable.length === 0)
    return <p className="text-faint text-xs">Give it a signature to see which past errors it would have recognised.</p>;
  const result = soFar?.result;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" icon={<FlaskConical />} loading={test.isPending} onClick={() => test.mutate()}>
          {result ? 'Back-test again' : 'Back-test'}
        </Button>
        {test.isPending && result?.next_cursor ? (
          <Progress
            className="w-40"
            label="Issues replayed"
            value={result.progress.issues / Math.max(1, result.progress.issues_total)}
          />
        ) : null}
        {result ? (
          <span className="text-faint text-xs">
            <ShortNumber value={result.progress.issues} /> of <ShortNumber value={result.progress.issues_total} />{' '}
            issues, standing for <ShortNumber value={result.progress.events} /> events
            {soFar.key === key ? '' : ' · signatures changed since'}
          </span>
        ) : (
          <span className="text-faint text-xs">Replays the signatures over past errors.</span>
        )}
      </div>
      {test.isError ? <Alert tone="critical">{test.error.message}</Alert> : null}
      {result ? <Result result={result} signatures={JSON.parse(soFar.key) as Signature[]} /> : null}
    </div>
  );
}

function Result({ result, signatures }: { result: BackTest; signatures: readonly Signature[] }) {
  const { hits, misses, collisions } = result;
  const foreign = hits.data.filter((hit) => !hit.own && hit.known_entry !== null).length;
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-1 text-xs">
        {signatures.map((signature, at) => {
          const found = result.signatures[at];
          return (
            <li key={`${signature.kind} ${signature.value}`} className="flex items-baseline gap-2">
              <Badge quiet className="w-16 shrink-0 justify-center">
                {signature.kind}
              </Badge>
              <code className="min-w-0 flex-1 truncate">{signature.value}</code>
              {found?.problem ? (
                <span className="text-critical-fg">{found.problem}</span>
              ) : (
                <span className={found?.issues ? 'text-muted' : 'text-warning-fg'}>
                  <ShortNumber value={found?.issues ?? 0} /> issues, <ShortNumber value={found?.events ?? 0} /> events
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Group title="Hits" count={hits.issues} tone="success" none="No past error would have been recognised.">
        {hits.data.slice(0, 10).map((hit) => (
          <HitRow key={hit.issue.id} hit={hit} />
        ))}
      </Group>
      <Group
        title="Misses among its issues"
        count={misses.issues}
        tone="warning"
        none="None: each issue it was applied to is recognised."
      >
        {misses.data.slice(0, 10).map(({ issue, example }) => (
          <Row key={issue.id} id={issue.id} text={example.text} meta={<Events value={issue.events} />} />
        ))}
      </Group>
      <Group
        title="Collisions"
        count={collisions.length}
        tone="warning"
        none="No other published entry claims these issues."
      >
        {collisions.map(({ entry, title, issues, examples }) => (
          <li key={entry} className="text-xs">
            <Link href={`/knowledge/${entry}`} className="text-accent-fg hover:underline">
              {entry}
            </Link>{' '}
            {title}
            <span className="text-faint">
              {' '}
              · {issues} {issues === 1 ? 'issue' : 'issues'}, such as {examples.join(', ')}
            </span>
          </li>
        ))}
      </Group>
      {foreign > 0 ? (
        <p className="text-faint text-xs">
          {foreign} of the hits shown have another known fix: look whether this entry is wider than it should be.
        </p>
      ) : null}
    </div>
  );
}

const Events = ({ value }: { value: number }) => (
  <>
    <ShortNumber value={value} /> {value === 1 ? 'event' : 'events'}
  </>
);

function HitRow({ hit }: { hit: BackTestHit }) {
  return (
    <Row
      id={hit.issue.id}
      text={hit.example.text}
      meta={
        <>
          {hit.own ? 'applied · ' : hit.known_entry ? `${hit.known_entry} · ` : ''}
          {hit.matched < hit.read ? `${hit.matched} of ${hit.read} read · ` : ''}
          <Events value={hit.issue.events} />
        </>
      }
    />
  );
}

const Row = ({ id, text, meta }: { id: string; text: string; meta: ReactNode }) => (
  <li className="flex items-baseline gap-2 text-xs">
    <Link href={`/issues/${id}`} className="shrink-0 text-accent-fg hover:underline">
      {id}
    </Link>
    <code className="min-w-0 flex-1 truncate" title={text}>
      {text.split('\n')[0]}
    </code>
    <span className="shrink-0 text-faint">{meta}</span>
  </li>
);

function Group({
  title,
  count,
  tone,
  none,
  children,
}: {
  title: string;
  count: number;
  tone: 'success' | 'warning';
  none: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h4 className="mb-1 flex items-center gap-2 font-medium text-xs">
        {title}
        <Badge quiet tone={count > 0 ? tone : 'neutral'}>
          {count}
        </Badge>
      </h4>
      {count === 0 ? <p className="text-faint text-xs">{none}</p> : <ul className="flex flex-col gap-1">{children}</ul>}
    </section>
  );
}
