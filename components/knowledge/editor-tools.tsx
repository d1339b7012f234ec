'use client';

import type { EditorView } from '@uiw/react-codemirror';
import { Code, ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { IMAGE_TYPES } from '@/lib/knowledge/image-type';
import { asCodeBlock } from '@/lib/knowledge/pasted-text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';
import { insertBlock, insertPicture } from './editor-paste';

const ACCEPTED = Object.values(IMAGE_TYPES).join(',');

/** What is tedious to type: a code block with its file, and a picture. At the corner of the editor. */
export function EditorTools({ view }: { view: () => EditorView | undefined }) {
  const files = useRef<HTMLInputElement>(null);
  return (
    <div className="absolute top-1 right-1 flex rounded-md bg-surface/90 opacity-60 transition-opacity focus-within:opacity-100 group-focus-within/editor:opacity-100 group-hover/editor:opacity-100">
      <InsertCode view={view} />
      <IconButton size="sm" label="Insert a picture" icon={<ImagePlus />} onClick={() => files.current?.click()} />
      <input
        ref={files}
        type="file"
        accept={ACCEPTED}
        className="hidden"
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          const editor = view();
          if (editor) for (const file of event.target.files ?? []) void insertPicture(editor, file);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function InsertCode({ view }: { view: () => EditorView | undefined }) {
  const [open, setOpen] = useState(false);
  const insert = (data: FormData) => {
    const editor = view();
    setOpen(false);
    if (!editor) return;
    const { from, to } = editor.state.selection.main;
    const block = asCodeBlock(
      editor.state.sliceDoc(from, to),
      String(data.get('language') ?? ''),
      String(data.get('file') ?? ''),
    );
    // The popover gives focus back to its button when it is gone; the cursor belongs inside the block.
    setTimeout(() => insertBlock(editor, block, block.lastIndexOf('\n')), 0);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={<IconButton size="sm" label="Insert a code block" icon={<Code />} />}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          insert(new FormData(event.currentTarget));
        }}
      >
        <Field label="File" optional>
          <Input name="file" placeholder="app/db/session.py" maxLength={300} className="font-mono text-xs" autoFocus />
        </Field>
        <Field label="Language" optional>
          <Input name="language" placeholder="python" maxLength={40} />
        </Field>
        <Button type="submit" size="sm" variant="primary" className="self-end">
          Insert
        </Button>
      </form>
    </Popover>
  );
}
