'use client';

import { useState } from 'react';
import type { Entry, EntryContent } from '@/lib/knowledge/entry-schema';
import { type EntryField, FIELD_WORDS, fieldText } from '@/lib/knowledge/field-text';
import { type ContentMerge, withFields } from '@/lib/knowledge/merge-content';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Segmented } from '../ui/segmented';
import { TextDiff } from './text-diff';

export interface Conflict {
  base: EntryContent;
  mine: EntryContent;
  theirs: Entry;
  merge: ContentMerge;
}

/** Two people changed the same field: shows both against what they started from, and lets one choose field by field. */
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
  const [chosen, setChosen] = useState<ReadonlySet<EntryField>>(new Set());
  const who = theirs.updated_by ?? 'Somebody else';
  return (
    <Dialog
      open
      size="lg"
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
          <Button
            variant="primary"
            loading={saving}
            onClick={() => onSave(withFields(merge.merged, theirs, [...chosen]))}
          >
            Save this version
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {merge.conflicts.map((field) => (
          <section key={field}>
            <div className="mb-1.5 flex items-center justify-between gap-2">
              <h3 className="font-medium text-sm">{FIELD_WORDS[field]}</h3>
              <Segmented
                size="sm"
                label={`${FIELD_WORDS[field]}: whose version`}
                value={chosen.has(field) ? 'theirs' : 'mine'}
                onValueChange={(side) =>
                  setChosen(
                    side === 'theirs'
                      ? new Set([...chosen, field])
                      : new Set([...chosen].filter((each) => each !== field)),
                  )
                }
                options={[
                  { value: 'mine', label: 'Mine' },
                  { value: 'theirs', label: 'Theirs' },
                ]}
              />
            </div>
            <div className="grid gap-3 md:grid-cols-2">
              <Side words="Mine" before={fieldText(base, field)} after={fieldText(mine, field)} />
              <Side words="Theirs" before={fieldText(base, field)} after={fieldText(theirs, field)} />
            </div>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Side({ words, before, after }: { words: string; before: string; after: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-faint text-xs">{words}</p>
      <TextDiff before={before} after={after} />
    </div>
  );
}
