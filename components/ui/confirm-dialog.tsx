'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { Field } from './field';
import { Input } from './input';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What is lost, exactly. */
  description: ReactNode;
  /** The verb: "Delete project". */
  confirmLabel: string;
  /** Must be typed before the button works. */
  typedName?: string;
  loading?: boolean;
  onConfirm: () => void;
}

/** For what cannot be undone. Everything else acts at once and offers undo (`toastUndo`). */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, confirmLabel, typedName, loading, onConfirm } = props;
  const [typed, setTyped] = useState('');
  const ready = !typedName || typed.trim() === typedName;
  const formId = 'confirm-form';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setTyped('');
        onOpenChange(next);
      }}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" type="submit" form={formId} disabled={!ready} loading={loading}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onConfirm();
        }}
      >
        {typedName ? (
          <Field
            label={
              <>
                Type <span className="font-mono text-fg">{typedName}</span> to go on
              </>
            }
          >
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </Field>
        ) : null}
      </form>
    </Dialog>
  );
}
