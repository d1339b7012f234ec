'use client';

import { useMutation } from '@tanstack/react-query';
import { ArrowLeft, Eye } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { GroupingRule } from '@/lib/grouping/grouping-rules-schema';
import type { RulesDto, RulesPreview } from '@/lib/grouping/rules-dto-schema';
import { api } from '@/lib/http/client';
import type { ProjectDto } from '@/lib/projects/project-schema';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { Field } from '../ui/field';
import { TabPanel, Tabs } from '../ui/tabs';
import { Textarea } from '../ui/textarea';
import { toastDone } from '../ui/toast';
import { GroupingRulesPreview } from './grouping-rules-preview';

// What checks the rules is loaded after the page: those it comes with were checked when they were saved.
const loadRules = () => import('@/lib/grouping/rules/rule-text');
const GroupingRuleForm = dynamic(() => import('./grouping-rule-form').then((module) => module.GroupingRuleForm));

const EXAMPLE = `# One issue a region
type:PaymentError tags.region:* -> {{ default }}, {{ tags.region }}
path:vendor/* level:warning -> drop`;

/** The grouping rules of a project, as text or as forms. They are saved only once their effect on past events was seen. */
export function GroupingRulesView({ project, initial }: { project: ProjectDto; initial: RulesDto }) {
  const [tab, setTab] = useState<'text' | 'form'>('text');
  const [text, setText] = useState(initial.text);
  const [saved, setSaved] = useState(initial);
  const [seen, setSeen] = useState<string | null>(null);
  const [language, setLanguage] = useState<Awaited<ReturnType<typeof loadRules>> | null>(null);
  useEffect(() => void loadRules().then(setLanguage), []);
  const { rules, errors } = language?.parseRules(text) ?? { rules: initial.rules, errors: [] };
  const path = `/api/v1/projects/${project.id}/grouping-rules`;
  const preview = useMutation({
    mutationFn: (asked: string) => api.post<RulesPreview>(`${path}/preview`, { text: asked }),
    onSuccess: (_, asked) => setSeen(asked),
  });
  const save = useMutation({
    mutationFn: () => api.put<RulesDto>(path, { text, version: saved.version }),
    onSuccess: (now) => {
      setSaved(now);
      setText(now.text);
      setSeen(null);
      preview.reset();
      toastDone('Saved', 'New events are grouped by these rules within seconds.');
    },
  });
  const change = (next: string) => {
    setText(next);
    save.reset();
  };
  const changeRules = (next: readonly GroupingRule[]) => {
    if (language) change(language.printRules(next));
  };
  const isSeen = seen === text;
  const isChanged = text !== saved.text;
  const failure = save.error ?? preview.error;
  return (
    <>
      <div className="mb-4 flex items-center gap-2">
        <ButtonLink size="sm" variant="ghost" icon={<ArrowLeft />} href={`/settings/projects/${project.slug}`}>
          {project.name}
        </ButtonLink>
        <h2 className="font-semibold text-base">Grouping rules</h2>
      </div>
      <p className="mb-4 max-w-2xl text-muted text-sm">
        Rules are asked in their order; for each of fingerprint, title and level the first that fits decides, and one
        that drops ends it. They apply to events that come after saving; what is stored stays in its issue.
      </p>
      <Tabs<'text' | 'form'>
        label="How to edit the rules"
        value={tab}
        onValueChange={setTab}
        items={[
          { value: 'text', label: 'Text' },
          { value: 'form', label: 'Forms', count: rules.length },
        ]}
      >
        <TabPanel value="text">
          <Field
            label="Rules, one a line"
            hint={
              <>
                Conditions, then <code>-&gt;</code>, then a fingerprint, <code>title=&quot;…&quot;</code>,{' '}
                <code>level=…</code> or <code>drop</code>. <code>*</code> is anything, <code>!</code> turns a condition
                around, <code>[a, b]</code> is any of these.
              </>
            }
          >
            <Textarea
              className="min-h-48 font-mono text-xs"
              rows={Math.min(24, text.split('\n').length + 3)}
              spellCheck={false}
              placeholder={EXAMPLE}
              value={text}
              onChange={(event) => change(event.target.value)}
            />
          </Field>
        </TabPanel>
        <TabPanel value="form">
          {errors.length > 0 ? (
            <Alert tone="warning">The text has mistakes; correct them there first.</Alert>
          ) : (
            <GroupingRuleForm rules={rules} onChange={changeRules} />
          )}
        </TabPanel>
      </Tabs>
      {errors.length > 0 ? (
        <ul className="mt-3 space-y-1" aria-label="Mistakes">
          {errors.slice(0, 10).map((error) => (
            <li key={`${error.line}:${error.column}`} className="text-critical-fg text-xs">
              Line {error.line}, column {error.column}: {error.message}; expected {error.expected}.
            </li>
          ))}
        </ul>
      ) : null}
      {failure ? (
        <Alert tone="critical" className="mt-3">
          {failure.message}
        </Alert>
      ) : null}
      <div className="my-4 flex flex-wrap items-center gap-2">
        <Button
          icon={<Eye />}
          variant={isSeen ? 'secondary' : 'primary'}
          disabled={errors.length > 0 || !isChanged}
          loading={preview.isPending}
          onClick={() => preview.mutate(text)}
        >
          Preview on past events
        </Button>
        <Button
          variant={isSeen ? 'primary' : 'secondary'}
          disabled={!isSeen || !isChanged}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Save rules
        </Button>
        {isChanged && !isSeen ? (
          <span className="text-faint text-xs">See what they would have done before you save them.</span>
        ) : null}
      </div>
      {preview.data && isSeen ? <GroupingRulesPreview preview={preview.data} /> : null}
    </>
  );
}
