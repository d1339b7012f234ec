'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { EDITOR_PRESETS, type Editor, editorProblem } from '@/lib/issues/editor-link';
import { useEditor } from '../issues/use-editor';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { toastDone } from '../ui/toast';
import { useHydrated } from '../ui/use-hydrated';

type Mapping = Editor['mappings'][number];

/** How stack frames open in the editor of this machine; kept in the browser, since paths differ from machine to machine. */
export function EditorChoice() {
  const [editor, keep] = useEditor();
  // The server does not know what the browser keeps.
  const hydrated = useHydrated();
  return hydrated ? <EditorForm key={JSON.stringify(editor)} editor={editor} onSave={keep} /> : null;
}

function EditorForm({ editor, onSave }: { editor: Editor; onSave: (editor: Editor) => void }) {
  const [template, setTemplate] = useState(editor.template);
  const [mappings, setMappings] = useState<Mapping[]>(editor.mappings);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (index: number, change: Partial<Mapping>) =>
    setMappings(mappings.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <form
      className="flex max-w-lg flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const trimmed = mappings.map(({ from, to }) => ({ from: from.trim(), to: to.trim() }));
        const chosen = { template: template.trim(), mappings: trimmed.filter(({ from, to }) => from || to) };
        const wrong = editorProblem(chosen);
        setProblem(wrong);
        if (wrong) return;
        onSave(chosen);
        toastDone('Editor saved');
      }}
    >
      <Field
        label="Address that opens a file"
        hint="With {path}, {line} and {column}. Empty shows no links."
        error={problem ?? undefined}
      >
        <Input
          className="font-mono"
          value={template}
          spellCheck={false}
          autoComplete="off"
          placeholder="vscode://file/{path}:{line}"
          onChange={(event) => setTemplate(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        {EDITOR_PRESETS.map((preset) => (
          <Button key={preset.name} size="sm" onClick={() => setTemplate(preset.template)}>
            {preset.name}
          </Button>
        ))}
      </div>
      {mappings.map((mapping, index) => (
        <fieldset key={index} className="flex items-end gap-2">
          <legend className="sr-only">Folder {index + 1}</legend>
          <Field label="A path that begins with" className="min-w-0 flex-1">
            <Input
              className="font-mono"
              value={mapping.from}
              placeholder="/app"
              onChange={(event) => set(index, { from: event.target.value })}
            />
          </Field>
          <Field label="is here at" className="min-w-0 flex-1">
            <Input
              className="font-mono"
              value={mapping.to}
              placeholder="/home/ada/shop"
              onChange={(event) => set(index, { to: event.target.value })}
            />
          </Field>
          <IconButton
            label={`Delete folder ${index + 1}`}
            icon={<Trash2 />}
            onClick={() => setMappings(mappings.filter((_, at) => at !== index))}
          />
        </fieldset>
      ))}
      <div className="flex gap-2">
        <Button icon={<Plus />} onClick={() => setMappings([...mappings, { from: '', to: '' }])}>
          Folder
        </Button>
        <Button type="submit">Save editor</Button>
      </div>
    </form>
  );
}
