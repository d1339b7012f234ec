import { type LabelField, type LabelIndex, matchLabel } from './field-labels';
import { stripEmoji } from './heading-shape';
import { CORE_FIELDS, type Segment, segmentPieces } from './label-segments';
import { headingPiece, joinPieces, linkPieces, type Piece, type Section, subtreePieces } from './outline';
import type { MarkdownSource } from './syntax-tree';

/** A labelled stretch of an entry. `notes` has no field; its heading stays with it. */
export interface Fragment {
  field: LabelField | 'notes' | 'body';
  /** As it stood, null where there was none. */
  label: string | null;
  /** What stood on the label's line after it: a title, a status mark. */
  rest: string;
  steps: boolean;
  pieces: Piece[];
}

/** The labelled stretches of a section, in order. */
export function fragmentsOf(source: MarkdownSource, section: Section, index: LabelIndex): Fragment[] {
  const segments = segmentPieces(source, section.blocks, index);
  const own = segments.map(fromSegment);
  const labelled = own.some((fragment) => fragment.field !== 'body') || hasLabelledChild(section, index);
  const fragments = [...own];
  for (const child of section.children) {
    const above = segments.findLast(({ line }) => line <= child.line)?.label;
    // Beneath `**Solutions:**` each fold is one of them, titled by its summary.
    if (child.standIn && above?.field === 'solutions' && !matchLabel(child.heading, index))
      fragments.push({
        ...plain('solutions'),
        rest: stripEmoji(child.heading),
        pieces: withoutFirst(subtreePieces(child)),
      });
    else fragments.push(...childFragments(source, child, index, labelled));
  }
  return fragments;
}

const withoutFirst = (pieces: readonly Piece[]): Piece[] => pieces.slice(1);

const hasLabelledChild = (section: Section, index: LabelIndex): boolean =>
  section.children.some((child) => matchLabel(child.heading, index) !== null);

function childFragments(source: MarkdownSource, child: Section, index: LabelIndex, labelled: boolean): Fragment[] {
  const label = matchLabel(child.heading, index);
  if (!label) {
    if (child.standIn) return [{ ...plain('body'), pieces: subtreePieces(child) }];
    // Without any label in the entry its parts (`On Windows`, `On Linux`) are ways to solve it, not asides.
    if (!labelled)
      return [
        {
          ...plain('solutions'),
          rest: child.heading,
          pieces: [...linkPieces(child), ...child.blocks, ...child.children.flatMap(subtreePieces)],
        },
      ];
    return [
      { ...plain('notes'), label: child.written, pieces: [...child.blocks, ...child.children.flatMap(subtreePieces)] },
    ];
  }
  const [first, ...others] = segmentPieces(source, child.blocks, index, label).map(fromSegment);
  const fragments: Fragment[] = first ? [{ ...first, label: label.label, rest: label.rest }, ...others] : [];
  if (fragments.length === 0)
    fragments.push({
      field: label.field,
      label: label.label,
      rest: label.rest,
      steps: label.reading === 'steps',
      pieces: [],
    });
  for (const grandchild of child.children) {
    const inner = matchLabel(grandchild.heading, index);
    const pieces = [...linkPieces(grandchild), ...grandchild.blocks, ...grandchild.children.flatMap(subtreePieces)];
    if (inner && inner.field !== label.field && CORE_FIELDS.has(inner.field))
      fragments.push(...childFragments(source, grandchild, index, true));
    else if (label.field === 'solutions' && inner?.field === 'solutions')
      fragments.push({ ...plain('solutions'), label: inner.label, rest: inner.rest, pieces });
    else if (label.field === 'solutions' && label.reading !== 'steps')
      fragments.push({ ...plain('solutions'), rest: grandchild.heading, pieces });
    else fragments.at(-1)!.pieces.push(headingPiece(grandchild), ...pieces);
  }
  return fragments;
}

const plain = (field: Fragment['field']): Fragment => ({ field, label: null, rest: '', steps: false, pieces: [] });

function fromSegment(segment: Segment): Fragment {
  const { label } = segment;
  if (!label) return { ...plain('body'), pieces: segment.pieces };
  // Elsewhere the words after a label already stand among the pieces; a solution's are its title.
  const rest = label.field === 'solutions' ? label.rest : '';
  return { field: label.field, label: label.label, rest, steps: label.reading === 'steps', pieces: segment.pieces };
}

/** Text that a reader would miss if only the pieces were kept. */
export const wholeText = (fragment: Fragment): string =>
  [fragment.rest, joinPieces(fragment.pieces)].filter((text) => text.trim() !== '').join('\n\n');

/** A text with its label before it, where it had one. */
export const labelledText = (label: string | null, value: string): string => {
  if (label === null) return value;
  const name = label.replace(/[:：]$/, '');
  return value.includes('\n') || /^[-+*#>`|]|^\d+[.)]\s/.test(value)
    ? `**${name}:**\n\n${value}`
    : `**${name}:** ${value}`.trim();
};
