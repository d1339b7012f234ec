'use client';

import { FileUp, X } from 'lucide-react';
import { useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { IMPORT_LIMITS } from '@/lib/knowledge/import-limits';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { IconButton } from '../ui/icon-button';

const ACCEPTED = {
  'text/markdown': ['.md', '.markdown', '.mdx'],
  'text/plain': ['.txt'],
  'application/json': ['.json'],
  'application/zip': ['.zip'],
};

export interface ImportDropzoneProps {
  files: readonly File[];
  disabled: boolean;
  onAdd: (files: File[]) => void;
  onRemove: (name: string) => void;
}

/** Where files are dropped or chosen, and which ones were. */
export function ImportDropzone({ files, disabled, onAdd, onRemove }: ImportDropzoneProps) {
  const [refused, setRefused] = useState<string[]>([]);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    accept: ACCEPTED,
    maxSize: IMPORT_LIMITS.bytes,
    disabled,
    noClick: true,
    noKeyboard: true,
    onDrop: (accepted, rejections) => {
      setRefused(rejections.map(({ file }) => file.name));
      if (accepted.length > 0) onAdd(accepted);
    },
  });
  return (
    <div className="space-y-3">
      <div
        {...getRootProps()}
        className={cn(
          'flex flex-col items-center justify-center gap-3 rounded-md border border-line-strong border-dashed bg-surface px-6 py-8 text-center transition-colors',
          isDragActive && 'border-accent bg-accent-soft',
        )}
      >
        <input {...getInputProps({ 'aria-label': 'Files to import', className: 'sr-only', style: undefined })} />
        <FileUp aria-hidden className="size-5 text-faint" />
        <p className="max-w-md text-balance text-muted text-sm">
          Drop Markdown documents here: error logs, troubleshooting guides, runbooks. JSON knowledge bases, zip archives
          and exported guides work too.
        </p>
        <Button onClick={open} disabled={disabled}>
          Choose files
        </Button>
      </div>
      {refused.length > 0 ? (
        <Alert tone="warning">
          Not taken: {refused.join(', ')}. Expected .md, .txt, .json or .zip, at most{' '}
          {IMPORT_LIMITS.bytes / 1024 / 1024} MB.
        </Alert>
      ) : null}
      {files.length > 0 ? (
        <ul aria-label="Chosen files" className="flex flex-wrap gap-2">
          {files.map((file) => (
            <li
              key={file.name}
              className="flex h-7 items-center gap-1 rounded-md border border-line bg-surface pl-2.5 text-xs"
            >
              <span className="max-w-80 truncate">{file.name}</span>
              <IconButton
                icon={<X />}
                label={`Remove ${file.name}`}
                size="sm"
                disabled={disabled}
                onClick={() => onRemove(file.name)}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
