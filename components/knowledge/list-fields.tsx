'use client';

import { useState } from 'react';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Textarea } from '../ui/textarea';

interface ListFieldProps {
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  hint?: string;
  placeholder?: string;
  error?: string;
}

/** Short words, separated by commas. */
export function WordsField({ label, value, onChange, ...field }: ListFieldProps) {
  const [text, setText] = useState(value.join(', '));
  return (
    <Field label={label} hint={field.hint} error={field.error}>
      <Input
        value={text}
        placeholder={field.placeholder}
        onChange={(event) => {
          setText(event.target.value);
          onChange(split(event.target.value, /,/));
        }}
      />
    </Field>
  );
}

/** One a line. */
export function LinesField({ label, value, onChange, ...field }: ListFieldProps) {
  const [text, setText] = useState(value.join('\n'));
  return (
    <Field label={label} hint={field.hint ?? 'One a line'} error={field.error}>
      <Textarea
        mono
        className="min-h-16"
        value={text}
        placeholder={field.placeholder}
        onChange={(event) => {
          setText(event.target.value);
          onChange(split(event.target.value, /\n/));
        }}
      />
    </Field>
  );
}

const split = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((each) => each.trim())
    .filter(Boolean);
