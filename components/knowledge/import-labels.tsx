'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/lib/http/client';
import type { ImportLabel } from '@/lib/knowledge/import-labels';
import { LABEL_FIELDS } from '@/lib/knowledge/label-fields';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Select } from '../ui/select';

const labelsQuery = queryOptions({
  queryKey: ['knowledge', 'labels'],
  queryFn: ({ signal }) => api.get<{ labels: ImportLabel[] }>('/api/v1/knowledge/labels', {}, signal),
});

const FIELDS = LABEL_FIELDS.map((value) => ({ value, label: value.replaceAll('_', ' ') }));

/** The words by which a team's documents name the fields of an entry, besides those every import knows. */
export function ImportLabels({ onChange }: { onChange: () => void }) {
  const client = useQueryClient();
  const { data } = useQuery(labelsQuery);
  const [label, setLabel] = useState('');
  const [field, setField] = useState<ImportLabel['field']>('solutions');
  const labels = data?.labels ?? [];
  const save = useMutation({
    mutationFn: (next: ImportLabel[]) =>
      api.put<{ labels: ImportLabel[] }>('/api/v1/knowledge/labels', { labels: next }),
    onSuccess: (saved) => {
      client.setQueryData(labelsQuery.queryKey, saved);
      setLabel('');
      onChange();
    },
  });
  return (
    <Card>
      <SectionHeader
        title="Your own labels"
        description="Words your documents use for a field, such as “Our remedy” for solutions. The usual ones are known."
      />
      <CardBody className="space-y-3">
        {save.error ? <Alert tone="critical">{save.error.message}</Alert> : null}
        {labels.length > 0 ? (
          <ul className="flex flex-wrap gap-2">
            {labels.map((row) => (
              <li
                key={row.label}
                className="flex h-7 items-center gap-1.5 rounded-md border border-line pl-2.5 text-xs"
              >
                <span className="font-medium">{row.label}</span>
                <span className="text-faint">{row.field.replaceAll('_', ' ')}</span>
                <IconButton
                  icon={<X />}
                  label={`Remove ${row.label}`}
                  size="sm"
                  disabled={save.isPending}
                  onClick={() => save.mutate(labels.filter((one) => one !== row))}
                />
              </li>
            ))}
          </ul>
        ) : null}
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate([...labels, { label: label.trim(), field }]);
          }}
        >
          <Input
            aria-label="Label"
            placeholder="Label in your documents"
            className="w-56"
            value={label}
            maxLength={80}
            required
            onChange={(event) => setLabel(event.target.value)}
          />
          <Select aria-label="Field" className="w-44" value={field} onValueChange={setField} options={FIELDS} />
          <Button type="submit" loading={save.isPending}>
            <Plus />
            Add
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
