import Link from 'next/link';
import type { RulesPreview } from '@/lib/grouping/rules-dto-schema';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { formatExact } from '../ui/format';

const events = (count: number) => `${formatExact(count)} ${count === 1 ? 'event' : 'events'}`;

function IssueLink({ id, title }: { id: string; title: string }) {
  return (
    <Link href={`/issues/${id}`} className="hover:text-accent-fg" title={title}>
      <span className="font-mono">{id}</span> <span className="text-faint">{title}</span>
    </Link>
  );
}

type Destination = Pick<RulesPreview['joins'][number], 'issue' | 'label'>;

function Place({ issue, label }: Destination) {
  return issue ? (
    <IssueLink {...issue} />
  ) : (
    <>
      a new issue <span className="font-mono">{label}</span>
    </>
  );
}

/** What rules would have done to past events. */
export function GroupingRulesPreview({ preview }: { preview: RulesPreview }) {
  const { rules, splits, joins } = preview;
  return (
    <Card>
      <SectionHeader
        title="What they would have done"
        meta={`latest ${events(preview.examined)}${preview.complete ? '' : ', as far as five seconds went'}`}
      />
      <CardBody className="space-y-4 text-xs">
        {preview.examined === 0 ? <p className="text-faint">No events are stored yet.</p> : null}
        {preview.dropped > 0 ? (
          <p className="text-warning-fg">{events(preview.dropped)} would have been dropped.</p>
        ) : null}
        <section>
          <h3 className="mb-1 font-medium">Events of each rule</h3>
          <ol className="space-y-2">
            {rules.map((each, index) => (
              <li key={index} className="min-w-0">
                <div className="flex items-baseline gap-3">
                  <code className="min-w-0 flex-1 truncate" title={each.rule}>
                    {each.rule}
                  </code>
                  <span className={each.events === 0 ? 'text-faint' : 'tabular-nums'}>
                    {events(each.events)} of {formatExact(each.issues)} {each.issues === 1 ? 'issue' : 'issues'}
                  </span>
                </div>
                {each.examples.map((example) => (
                  <Link
                    key={example.id}
                    href={`/issues/${example.issue}?event=${example.id}`}
                    className="block truncate pl-3 text-faint hover:text-accent-fg"
                  >
                    <span className="font-mono">{example.issue}</span> {example.title}
                  </Link>
                ))}
              </li>
            ))}
          </ol>
          {rules.length === 0 ? <p className="text-faint">There would be no rules.</p> : null}
        </section>
        <section>
          <h3 className="mb-1 font-medium">Issues whose new events would go elsewhere</h3>
          {splits.length === 0 ? <p className="text-faint">None.</p> : null}
          <ul className="space-y-2">
            {splits.map((split) => (
              <li key={split.issue.id}>
                <IssueLink {...split.issue} />
                <span className="text-faint">
                  {' '}
                  · {split.stays === 0 ? 'all of them' : `${events(split.stays)} would stay`}
                </span>
                <ul>
                  {split.goes.map((each, index) => (
                    <li key={index} className="pl-3">
                      {events(each.events)} → <Place {...each} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3 className="mb-1 font-medium">Issues that would come together</h3>
          {joins.length === 0 ? <p className="text-faint">None.</p> : null}
          <ul className="space-y-2">
            {joins.map((join, index) => (
              <li key={index}>
                <Place {...join} />
                <ul>
                  {join.issues.map((each) => (
                    <li key={each.id} className="pl-3">
                      {events(each.events)} of <IssueLink id={each.id} title={each.title} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      </CardBody>
    </Card>
  );
}
