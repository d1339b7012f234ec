'use client';

import { useState } from 'react';
import { bothVersions, isTextField } from '@/lib/knowledge/both-versions';
import type { Entry, EntryContent } from '@/lib/knowledge/entry-schema';
import { type EntryField, FIELD_WORDS, fieldText } from '@/lib/knowledge/field-text';
import type { ContentMerge } from '@/lib/knowledge/merge-content';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Segmented } from '../ui/segmented';
import { Textarea } from '../ui/textarea';
import { TextDiff } from './text-diff';

export interface Conflict {
  base: EntryContent;
  mine: EntryContent;
  theirs: Entry;
  merge: ContentMerge;
}

type Side = 'mine' | 'theirs' | 'both' | 'edit';
const SIDE_WORDS: Record<Side, string> = { mine: 'Mine', theirs: 'Theirs', both: 'Both', edit: 'Edit' };

/** Two people changed the same field: what it was, what each made of it, and what shall stand, field by field. */
export function ConflictDialog({
  conflict,
  saving,
  onCancel,
  onSave,
}: {
  conflict: Conflict;
  saving: boolean;
  onCancel: () => void;
  onSave: (content: EntryContent) => void;
}) {
  const { base, mine, theirs, merge } = conflict;
  const [sides, setSides] = useState<Partial<Record<EntryField, Side>>>({});
  const [edited, setEdited] = useState<Partial<Record<EntryField, string>>>({});
  const who = theirs.updated_by ?? 'Somebody else';
  const chosenValue = <F extends EntryField>(field: F, side: Side): EntryContent[F] => {
    if (side === 'theirs') return theirs[field];
    if (side === 'both') return bothVersions(field, mine, theirs) ?? mine[field];
    if (side === 'edit') return (edited[field] ?? String(mine[field])) as EntryContent[F];
    return mine[field];
  };
  const chosen = (): EntryContent => ({
    ...merge.merged,
    ...Object.fromEntries(merge.conflicts.map((field) => [field, chosenValue(field, sides[field] ?? 'mine')])),
  });
  const choose = (field: EntryField, side: Side) => {
    if (side === 'edit' && edited[field] === undefined)
      setEdited({ ...edited, [field]: String(chosenValue(field, sides[field] ?? 'mine')) });
    setSides({ ...sides, [field]: side });
  };
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => open || onCancel()}
      title={`${who} changed this entry meanwhile`}
      description={`Choose for each field both of you changed. ${
        merge.theirs.length > 0
          ? `Their changes to ${merge.theirs.map((field) => FIELD_WORDS[field].toLowerCase()).join(', ')} are kept as they are.`
          : 'Everything else stays as you wrote it.'
      }`}
      footer={
        <>
          <Button onClick={onCancel}>Back to editing</Button>
          <Button variant="primary" loading={saving} onClick={() => onSave(chosen())}>
            Save this version
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {merge.conflicts.map((field) => {
          const side = sides[field] ?? 'mine';
          const options = (['mine', 'theirs', 'both', 'edit'] as const).filter(
            (each) =>
              (each !== 'both' || bothVersions(field, mine, theirs) !== null) &&
              (each !== 'edit' || isTextField(field)),
          );
          return (
            <section key={field} aria-label={FIELD_WORDS[field]}>
              <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
                <h3 className="font-medium text-sm">{FIELD_WORDS[field]}</h3>
                <Segmented
                  size="sm"
                  label={`${FIELD_WORDS[field]}: what shall stand`}
                  value={side}
                  onValueChange={(next) => choose(field, next)}
                  options={options.map((value) => ({ value, label: SIDE_WORDS[value] }))}
                />
              </div>
              <div className="grid gap-3 md:grid-cols-3">
                <Version words="Before" before={fieldText(base, field)} after={fieldText(base, field)} />
                <Version
                  words="Mine"
                  on={side === 'mine'}
                  before={fieldText(base, field)}
                  after={fieldText(mine, field)}
                />
                <Version
                  words={`Theirs (${who})`}
                  on={side === 'theirs'}
                  before={fieldText(base, field)}
                  after={fieldText(theirs, field)}
                />
              </div>
              {side === 'edit' ? (
                <Textarea
                  mono
                  aria-label={`${FIELD_WORDS[field]}, edited`}
                  className="mt-2 min-h-28 w-full"
                  value={edited[field] ?? ''}
                  onChange={(event) => setEdited({ ...edited, [field]: event.target.value })}
                />
              ) : side === 'both' ? (
                <div className="mt-2">
                  <Version
                    words="Both"
                    before={fieldText({ ...mine, [field]: chosenValue(field, 'both') }, field)}
                    after={fieldText({ ...mine, [field]: chosenValue(field, 'both') }, field)}
                  />
                </div>
              ) : null}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function Version({ words, before, after, on = false }: { words: string; before: string; after: string; on?: boolean }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-faint text-xs">
        {words}
        {on ? <span className="ml-1 text-accent-fg">stays</span> : null}
      </p>
      {after === '' && before === '' ? (
        <p className="text-faint text-sm italic">empty</p>
      ) : (
        <div className="max-h-64 overflow-y-auto">
          <TextDiff before={before} after={after} />
        </div>
      )}
    </div>
  );
}
