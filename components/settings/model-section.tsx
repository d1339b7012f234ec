'use client';

import { useQuery } from '@tanstack/react-query';
import type { ModelOutcome } from '@/lib/learning/model-budget';
import { Badge } from '../ui/badge';
import { DefinitionList } from '../ui/definition-list';
import { ErrorState } from '../ui/error-state';
import { formatExact } from '../ui/format';
import { Progress } from '../ui/progress';
import { SkeletonRows } from '../ui/skeleton';
import { modelQuery } from './queries';
import { SettingsSection } from './settings-section';

const OUTCOMES: Record<ModelOutcome, string> = {
  answered: 'answered',
  unusable: 'answered unusably',
  timed_out: 'too late',
  refused: 'refused',
  failed: 'not reached',
};

/** The language model that drafts: whether there is one, and what of its budget is used. Set by the environment. */
export function ModelSection() {
  const { data, isError, error, refetch } = useQuery(modelQuery);
  return (
    <SettingsSection
      title="Language model"
      description="Writes drafts from scrubbed sources. What its sources do not say is dropped, and a reviewer decides."
    >
      {isError ? (
        <ErrorState
          className="py-4"
          title="The state of the model could not be loaded"
          why={error.message}
          onRetry={() => void refetch()}
        />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : data.configured ? (
        <div className="max-w-md space-y-3 text-sm">
          <DefinitionList
            items={[
              { term: 'Endpoint', value: <code className="font-mono text-xs">{data.url}</code> },
              { term: 'Model', value: <code className="font-mono text-xs">{data.model}</code> },
              { term: 'Key', value: data.has_key ? 'Set' : 'None' },
              { term: 'Time-out', value: `${data.timeout_seconds} s for a whole answer` },
              {
                term: 'Last 30 days',
                value:
                  data.last_30_days.map(({ outcome, count }) => `${count} ${OUTCOMES[outcome]}`).join(', ') ||
                  'Never asked',
              },
            ]}
          />
          <div>
            <p className="mb-1 text-muted text-xs">
              {formatExact(data.used_today)} of {formatExact(data.budget)} questions today
            </p>
            <Progress
              label="Questions asked today"
              value={data.budget === 0 ? 1 : data.used_today / data.budget}
              tone={data.why_not ? 'warning' : 'accent'}
            />
            {data.why_not ? <p className="mt-1 text-warning-fg text-xs">{data.why_not}</p> : null}
          </div>
        </div>
      ) : (
        <div className="max-w-md space-y-2 text-sm">
          <Badge>Not configured</Badge>
          <p className="text-muted">
            Drafts quote comments, resolutions and similar entries instead. Set <code>ERRATA_LLM_URL</code> and{' '}
            <code>ERRATA_LLM_MODEL</code> to an OpenAI-compatible endpoint, such as a local Ollama, and start again.
          </p>
        </div>
      )}
    </SettingsSection>
  );
}
