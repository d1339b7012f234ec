import { MessageSquarePlus } from 'lucide-react';
import type { RevisionSummary } from '@/lib/knowledge/entry-input-schema';
import type { EntryField } from '@/lib/knowledge/field-text';
import { Can } from '../layout/viewer';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';

/** Who wrote it as it stands, in which revision and why. */
export function BlameLine({ revision }: { revision: RevisionSummary | undefined }) {
  if (!revision) return null;
  return (
    <span className="block text-faint text-xs">
      {revision.author}, revision {revision.version}, <RelativeTime value={revision.created_at} />
      {revision.reason ? ` · ${revision.reason}` : ''}
    </span>
  );
}

/** At a field's heading: its blame where it is wanted, and the way to say something about it. */
export function FieldAside({
  field,
  blame,
  onComment,
}: {
  field: EntryField;
  blame: RevisionSummary | undefined;
  onComment: (field: EntryField) => void;
}) {
  return (
    <span className="flex items-center gap-2">
      <BlameLine revision={blame} />
      <Can scope="write">
        <span className="opacity-0 transition-opacity focus-within:opacity-100 group-hover/section:opacity-100">
          <IconButton
            size="sm"
            label="Comment on this field"
            icon={<MessageSquarePlus />}
            onClick={() => {
              onComment(field);
              document.getElementById('review')?.scrollIntoView({ block: 'center' });
            }}
          />
        </span>
      </Can>
    </span>
  );
}
