import { variableParts } from '@/lib/issues/variable-parts';

/** The error text of an issue; what varies from event to event is dimmed. */
export function IssueTitle({ title, template }: { title: string; template: string }) {
  return variableParts(title, template).map((part, index) =>
    part.variable ? (
      <span key={index} className="text-faint">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}
