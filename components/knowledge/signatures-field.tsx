'use client';

import { Plus, Trash2 } from 'lucide-react';
import type { Signature } from '@/lib/knowledge/entry-schema';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { BackTestPanel } from './back-test-panel';
import { useRowList } from './row-list';
import { SignatureHelper } from './signature-helper';

const KINDS: readonly { value: Signature['kind']; label: string; placeholder: string }[] = [
  { value: 'message', label: 'Message', placeholder: 'connect to <*> refused' },
  { value: 'type', label: 'Type', placeholder: 'OperationalError' },
  { value: 'code', label: 'Code', placeholder: 'E050' },
  { value: 'regex', label: 'Pattern', placeholder: 'pool of size \\d+ exhausted' },
];

export interface SignaturesFieldProps {
  value: Signature[];
  onChange: (value: Signature[]) => void;
  /** Whose they are; null for a new entry. */
  entryId: string | null;
  /** An error text of the entry, to begin with. */
  sample: string;
}

/** What recognises the error in an event, and what it would have recognised. */
export function SignaturesField({ value, onChange, entryId, sample }: SignaturesFieldProps) {
  const list = useRowList(value, onChange);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-muted text-xs">Signatures</legend>
      {list.rows.map(({ item, key }, index) => (
        <div key={key} className="flex items-center gap-1.5">
          <Select
            aria-label={`Kind of signature ${index + 1}`}
            className="w-28 shrink-0"
            options={KINDS}
            value={item.kind}
            onValueChange={(kind) => list.change(index, { kind })}
          />
          <Input
            aria-label={`Signature ${index + 1}`}
            className="font-mono text-xs"
            placeholder={KINDS.find((kind) => kind.value === item.kind)?.placeholder}
            maxLength={2000}
            value={item.value}
            onChange={(event) => list.change(index, { value: event.target.value })}
          />
          <IconButton label={`Remove signature ${index + 1}`} icon={<Trash2 />} onClick={() => list.remove(index)} />
        </div>
      ))}
      <p className="text-faint text-xs">
        What recognises the error in an event. In a message, {'<*>'} stands for the part that varies.
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" icon={<Plus />} onClick={() => list.add({ kind: 'message', value: '' })}>
          Add a signature
        </Button>
        <SignatureHelper sample={sample} onAdd={list.add} />
      </div>
      <div className="mt-2 rounded-md border border-line bg-canvas p-3">
        <BackTestPanel signatures={value} entryId={entryId} />
      </div>
    </fieldset>
  );
}
