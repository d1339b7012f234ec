'use client';

import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';

export interface SecretOnceProps {
  title: string;
  /** The token or link; the dialog is open while there is one. */
  secret: string | null;
  /** What to do with it, and what if it is lost. */
  description: string;
  onClose: () => void;
}

/** Shows something that is never shown again. */
export function SecretOnce({ title, secret, description, onClose }: SecretOnceProps) {
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => open || onClose()}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Alert tone="warning">{description}</Alert>
      <div className="mt-3 flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 select-all break-all font-mono text-xs">{secret}</code>
        <CopyButton text={secret ?? ''} showLabel />
      </div>
    </Dialog>
  );
}
