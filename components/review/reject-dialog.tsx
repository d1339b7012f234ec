'use client';

import { useId, useState } from 'react';
import { REASON_LABELS, REJECT_REASONS, type RejectReason } from '@/lib/learning/reject-reasons';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { RadioGroup } from '../ui/radio-group';
import { Textarea } from '../ui/textarea';

const HINTS: Record<RejectReason, string> = {
  wrong_cause: 'The entry is about something else',
  unsafe: 'Applying it here would do harm',
  duplicate: 'Another entry says the same, better',
  outdated: 'It was right once',
  not_useful: 'True, but it does not help',
};

export interface RejectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  loading: boolean;
  onReject: (reason: RejectReason, note: string) => void;
}

/** Asks why: the pair is not proposed again, and the reason teaches the ranking. */
export function RejectDialog({ open, onOpenChange, loading, onReject }: RejectDialogProps) {
  const [reason, setReason] = useState<RejectReason>('wrong_cause');
  const [note, setNote] = useState('');
  const formId = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) setNote('');
        onOpenChange(next);
      }}
      title="Reject the suggestion"
      description="This entry will not be suggested for this issue again."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={loading}>
            Reject
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onReject(reason, note.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        }}
      >
        <RadioGroup
          aria-label="Reason"
          value={reason}
          onValueChange={setReason}
          options={REJECT_REASONS.map((value) => ({ value, label: REASON_LABELS[value], hint: HINTS[value] }))}
        />
        <Field label="Note" optional>
          <Textarea value={note} maxLength={4000} rows={3} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
