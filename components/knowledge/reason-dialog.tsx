'use client';

import { useId, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';

export interface ReasonDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  question: string;
  loading: boolean;
  onSubmit: (reason: string) => void;
}

/** Asks why; the answer stands in the revisions. */
export function ReasonDialog({ open, onOpenChange, title, question, loading, onSubmit }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const formId = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) setReason('');
        onOpenChange(next);
      }}
      title={title}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" loading={loading} disabled={reason.trim() === ''}>
            {title}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(reason.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        }}
      >
        <Field label={question}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} maxLength={2000} autoFocus />
        </Field>
      </form>
    </Dialog>
  );
}
