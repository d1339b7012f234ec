'use client';

import { useQuery } from '@tanstack/react-query';
import { WandSparkles } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Signature } from '@/lib/knowledge/entry-schema';
import { guessSignature, withVariable } from '@/lib/knowledge/message-signature';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { ShortNumber } from '../ui/short-number';
import { Textarea } from '../ui/textarea';
import { signatureCountQuery } from './back-test-queries';

/** From an error text to a signature: paste it, mark what varies, and see what it would recognise. */
export function SignatureHelper({ sample, onAdd }: { sample: string; onAdd: (signature: Signature) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" icon={<WandSparkles />} onClick={() => setOpen(true)}>
        From an error text
      </Button>
      {open ? (
        <Helper
          sample={sample}
          onClose={() => setOpen(false)}
          onAdd={(signature) => {
            onAdd(signature);
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

function Helper({
  sample,
  onClose,
  onAdd,
}: {
  sample: string;
  onClose: () => void;
  onAdd: (signature: Signature) => void;
}) {
  const [text, setText] = useState(sample);
  const [value, setValue] = useState(() => guessSignature(sample));
  const [marked, setMarked] = useState<[number, number] | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const readMark = () => {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    setMarked(selectionEnd > selectionStart ? [selectionStart, selectionEnd] : null);
  };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => next || onClose()}
      title="Signature from an error text"
      description="Mark the part of the message that varies. What stays is what recognises the error."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={value.trim() === ''}
            onClick={() => onAdd({ kind: 'message', value: value.trim() })}
          >
            Add signature
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Error text">
          <Textarea
            mono
            rows={3}
            maxLength={20_000}
            value={text}
            placeholder="connect to 10.0.0.7:5432 refused after 30 s"
            onChange={(event) => {
              setText(event.target.value);
              setValue(guessSignature(event.target.value));
              setMarked(null);
            }}
          />
        </Field>
        <div>
          <Field label="Signature">
            <Textarea
              ref={field}
              mono
              rows={2}
              maxLength={2000}
              value={value}
              onSelect={readMark}
              onChange={(event) => setValue(event.target.value.replaceAll('\n', ' '))}
            />
          </Field>
          <div className="mt-2 flex flex-wrap items-center gap-3">
            <Button
              size="sm"
              disabled={!marked}
              onClick={() => {
                if (!marked) return;
                setValue(withVariable(value, ...marked));
                setMarked(null);
              }}
            >
              Marked part varies
            </Button>
            <LiveCount signature={{ kind: 'message', value: value.trim() }} />
          </div>
        </div>
      </div>
    </Dialog>
  );
}

const PAUSE_MS = 400;

/** What a signature would recognise, counted while it is written. */
export function LiveCount({ signature }: { signature: Signature }) {
  const [asked, setAsked] = useState(signature);
  const { kind, value } = signature;
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ kind, value }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [kind, value]);
  const { data, error, isFetching } = useQuery(signatureCountQuery(asked));
  const problem =
    data?.signatures[0]?.problem ??
    (error ? error.message.replace(/^signatures: none can be used; the first is /, '') : null);
  return (
    <span role="status" className="text-faint text-xs">
      {asked.value === '' ? null : error || problem ? (
        <span className="text-warning-fg">Recognises nothing: {problem}</span>
      ) : data ? (
        <>
          Matches <ShortNumber value={data.hits.events} /> of the last <ShortNumber value={data.progress.events} />{' '}
          events, in {data.hits.issues} {data.hits.issues === 1 ? 'issue' : 'issues'}
          {data.hits.data[0] ? ` such as ${data.hits.data[0].issue.id}` : ''}
        </>
      ) : isFetching ? (
        'Counting…'
      ) : null}
    </span>
  );
}
