import type { EntryContent } from '@/lib/knowledge/entry-schema';
import { changedFields, FIELD_WORDS, fieldText } from '@/lib/knowledge/field-text';
import { SideBySide } from './side-by-side';
import { TextDiff } from './text-diff';

export type DiffLayout = 'inline' | 'side';

/** What changed between two versions of an entry, field by field. */
export function ContentDiff({
  before,
  after,
  layout = 'inline',
}: {
  before: EntryContent;
  after: EntryContent;
  layout?: DiffLayout;
}) {
  const Diff = layout === 'side' ? SideBySide : TextDiff;
  const fields = changedFields(before, after);
  if (fields.length === 0) return <p className="text-faint text-sm">No field differs.</p>;
  return (
    <div className="flex flex-col gap-3">
      {fields.map((field) => (
        <section key={field}>
          <h4 className="mb-1 font-medium text-muted text-xs">{FIELD_WORDS[field]}</h4>
          <Diff before={fieldText(before, field)} after={fieldText(after, field)} />
        </section>
      ))}
    </div>
  );
}
