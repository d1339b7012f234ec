'use client';

import { type ReactNode, useId } from 'react';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

export interface FormDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** The verb of the button. */
  submitLabel: string;
  loading: boolean;
  /** What went wrong and belongs to no field. */
  error?: string;
  onSubmit: (data: FormData) => void;
  children: ReactNode;
}

/** A short form in a dialog; ⌘Enter sends it. */
export function FormDialog(props: FormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} loading={props.loading}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit(new FormData(event.currentTarget));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        }}
      >
        {props.error ? <Alert tone="critical">{props.error}</Alert> : null}
        {props.children}
      </form>
    </Dialog>
  );
}
