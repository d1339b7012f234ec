import { placeName } from '@/lib/issues/place-values';
import { variableParts } from '@/lib/issues/variable-parts';
import { cn } from '../ui/cn';

const CHIP = 'rounded-sm bg-sunken px-1 text-muted';

/**
 * The error text of an issue with its variable places marked. In lists they show what stood there first; `asTemplate`
 * shows the name of the place instead.
 */
export function IssueTitle({
  title,
  template,
  asTemplate = false,
}: {
  title: string;
  template: string;
  asTemplate?: boolean;
}) {
  return variableParts(title, template).map((part, index) =>
    part.token === undefined ? (
      part.text
    ) : asTemplate ? (
      <span
        key={index}
        className={cn(CHIP, 'py-px text-sm')}
        title={`Differs from event to event; first: ${part.text}`}
      >
        {placeName(part.token, part.text)}
      </span>
    ) : (
      <span key={index} className={CHIP} title={`${part.token}: differs from event to event`}>
        {part.text}
      </span>
    ),
  );
}
