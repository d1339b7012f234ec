import { type LabelField, type LabelIndex, type LabelMatch, matchLabel, normaliseLabel } from './field-labels';
import { isDate, readHeading } from './heading-shape';
import {
  collectsProblems,
  explainsFields,
  isAboutDocument,
  isProcedure,
  isTelling,
  isTemplate,
  namesSort,
  proseTellsOfTrouble,
  tellsOfTrouble,
} from './heading-topic';
import { CORE_FIELDS, segmentPieces } from './label-segments';
import { problemsInLists } from './listed-problems';
import { hasContent, pathOf, type Section } from './outline';
import { Siblings } from './siblings';
import type { MarkdownSource } from './syntax-tree';

/** `entry`: a problem; `update`: a later word on one; `group`: several problems told in its own text by repeated labels. */
export type Role = 'entry' | 'update' | 'group';

/**
 * Decides which sections are problems, by what they hold rather than by which document they stand in. First those that leave
 * no doubt (labelled fields, `Issue: …`); then, where a document or a chapter collects problems, headings that tell of one.
 */
export function recogniseEntries(
  source: MarkdownSource,
  root: Section,
  name: string,
  index: LabelIndex,
): Map<Section, Role> {
  const roles = new Map<Section, Role>();
  const evidence = (section: Section) => evidenceIn(source, section, index);
  for (const child of root.children) markCertain(child, evidence, roles, index);
  if (root.blocks.length > 0 && evidence(root).repeated) roles.set(root, 'group');
  const siblings = new Siblings(roles);
  const { isOpen, mostlyTrouble } = headingsOf(root, roles, evidence);
  const inDocument = collectsProblems(name) || namesSort(name) || mostlyTrouble;
  const context = { source, evidence, isOpen, siblings, inChapter: false, inDocument };
  for (const child of root.children) markLikely(child, context, roles, index);
  return roles;
}

/**
 * What the headings of a whole document say. `isOpen`: where authors label their problems, a heading without labels is something
 * else; it may be a problem where none is labelled, or but a few among many that only their headings tell. `mostlyTrouble`: it
 * collects problems, whatever it is called.
 */
function headingsOf(root: Section, roles: ReadonlyMap<Section, Role>, evidence: (s: Section) => Evidence) {
  let [labelled, told, troubled, all] = [0, 0, 0, 0];
  const visit = (section: Section): void => {
    const role = roles.get(section);
    if (role === 'group') labelled += 2;
    else if (role === 'entry') {
      const { own, beneath } = evidence(section);
      if (own.size + beneath.size > 0) labelled += 1;
    } else {
      if (section.children.length === 0 && section.depth > 0 && !isAboutDocument(section.heading)) {
        all += 1;
        if (section.quotes || isTelling(section.heading)) told += 1;
        if (section.quotes || tellsOfTrouble(section.heading.replace(/\berrors?\b/gi, ''))) troubled += 1;
      }
      section.children.forEach(visit);
    }
  };
  visit(root);
  return { isOpen: labelled === 0 || told >= labelled * 3, mostlyTrouble: troubled >= 3 && troubled >= all * 0.6 };
}

interface Evidence {
  /** Core fields labelled in its own text. */
  own: Set<LabelField>;
  /** Core fields among the headings directly beneath it. */
  beneath: Set<LabelField>;
  /** The same problem label again after a solution: several problems in one text. */
  repeated: boolean;
}

function evidenceIn(source: MarkdownSource, section: Section, index: LabelIndex): Evidence {
  const own = new Set<LabelField>();
  const seen = new Map<string, number>();
  let repeated = false;
  let solved = 0;
  for (const { label } of segmentPieces(source, section.blocks, index)) {
    if (!label || !CORE_FIELDS.has(label.field)) continue;
    own.add(label.field);
    if (label.field === 'solutions') solved += 1;
    if (label.field !== 'symptoms') continue;
    const key = normaliseLabel(label.label).replace(/ \d+$/, '');
    const before = seen.get(key);
    if (before !== undefined && solved > before) repeated = true;
    seen.set(key, solved);
  }
  const labels = [
    ...section.children.map((child) => matchLabel(child.heading, index)),
    ...standInLabels(section, index),
  ];
  const beneath = new Set(labels.flatMap((label) => (label && CORE_FIELDS.has(label.field) ? [label.field] : [])));
  return { own, beneath, repeated: repeated && own.has('solutions') };
}

const standInLabels = (section: Section, index: LabelIndex) =>
  section.children.filter((child) => child.standIn).map((child) => matchLabel(child.heading, index));

/** Two core fields, one of which says why or what to do. */
const convincing = (fields: ReadonlySet<LabelField>): boolean =>
  fields.size >= 2 && (fields.has('solutions') || fields.has('root_cause'));

function markCertain(
  section: Section,
  evidence: (s: Section) => Evidence,
  roles: Map<Section, Role>,
  index: LabelIndex,
): number {
  if (isTemplate(section.heading) || introducesTemplate(section)) return 0;
  const shape = readHeading(section.heading);
  if (shape.kind === 'update') {
    roles.set(section, 'update');
    return 0;
  }
  const below = new Map<Section, Role>();
  const inside = section.children.reduce((sum, child) => sum + markCertain(child, evidence, below, index), 0);
  const { own, beneath, repeated } = evidence(section);
  const keepBelow = () => {
    for (const [child, role] of below) roles.set(child, role);
    return inside;
  };
  if (repeated && shape.kind !== 'problem') {
    roles.set(section, 'group');
    return keepBelow() + 2;
  }
  const label = matchLabel(section.heading, index);
  const isField = label !== null && (label.field !== 'symptoms' || label.rest === '');
  const together = new Set([...own, ...beneath]);
  const named =
    shape.kind === 'problem' || shape.kind === 'numbered' || shape.kind === 'quoted' || tellsOfTrouble(shape.title);
  const labelled =
    convincing(own) ||
    (convincing(together) && (together.has('symptoms') || together.has('root_cause'))) ||
    (together.has('solutions') && named) ||
    (together.has('symptoms') && shape.kind === 'problem');
  const parts = section.children.filter((child) => below.get(child) === 'entry');
  // Beneath an entry `Error: …` or `Problem: …` only labels its text; beneath a chapter it is an entry of its own.
  const onlyLabels = parts.every((child) => !labelledByItself(evidence(child)));
  const explained = own.has('symptoms') && own.has('solutions') && tellsOfTrouble(shape.title);
  const about = isAboutDocument(section.heading) && shape.kind !== 'problem' && !explained;
  const ownWords = convincing(own) || (own.has('solutions') && named);
  if (!isField && !about && labelled && (inside === 0 || ownWords || (onlyLabels && inside < 2))) {
    roles.set(section, 'entry');
    return 1;
  }
  if (inside > 0) return keepBelow();
  if (shape.kind === 'problem' && hasContent(section) && !isField) {
    roles.set(section, 'entry');
    return 1;
  }
  return keepBelow();
}

/** `Each entry should include:` above a list of labels: the fields are explained, not filled in. */
const introducesTemplate = (section: Section): boolean =>
  section.blocks.slice(0, 3).some((piece, at) => {
    const isIntroduction = piece.node?.type === 'paragraph' && section.blocks[at + 1]?.node?.type === 'list';
    return isIntroduction && explainsFields(piece.text);
  });

const labelledByItself = ({ own, beneath }: Evidence): boolean => own.has('solutions') || beneath.has('solutions');

interface Context {
  source: MarkdownSource;
  evidence: (section: Section) => Evidence;
  /** Headings without labels beneath them may be problems too. */
  isOpen: boolean;
  siblings: Siblings;
  /** A heading above, other than the document's title, collects problems. */
  inChapter: boolean;
  inDocument: boolean;
}

function markLikely(section: Section, context: Context, roles: Map<Section, Role>, index: LabelIndex): void {
  if (roles.has(section)) return;
  const isTitle = section.depth === 1 && context.siblings.count(section) === 0;
  const chapter =
    collectsProblems(section.heading) ||
    (context.isOpen && section.children.length > 0 && namesSort(section.heading)) ||
    (context.inDocument && isDate(section.heading));
  const within: Context = {
    ...context,
    inDocument: context.inDocument || (isTitle && chapter),
    inChapter: context.inChapter || (!isTitle && chapter),
  };
  if (!isTitle && isAboutDocument(section.heading) && !chapter && !(context.inDocument && holdsTrouble(section)))
    return;
  const holdsEntries = (s: Section): boolean => s.children.some((child) => roles.has(child) || holdsEntries(child));
  if (!isTitle && !holdsEntries(section) && isLikely(section, context, index)) {
    roles.set(section, 'entry');
    context.siblings.becameEntry(section);
    return;
  }
  for (const child of section.children) markLikely(child, within, roles, index);
}

/** `Installation` in a troubleshooting guide is the chapter on what goes wrong with it. */
const holdsTrouble = (section: Section): boolean =>
  section.children.some(
    ({ heading }) =>
      !isAboutDocument(heading) && (tellsOfTrouble(heading) || namesSort(heading)) && !isProcedure(heading),
  );

function isLikely(section: Section, context: Context, index: LabelIndex): boolean {
  const { siblings } = context;
  const besideEntry = siblings.likeEntries(section);
  const collected = context.inChapter || (context.isOpen && (context.inDocument || siblings.mostlyTrouble(section)));
  const label = matchLabel(section.heading, index);
  const fixedBeside = label !== null && siblings.anyEntry(section) && namesFixed(label);
  // A collection of problems may label what went wrong and say nothing of a cure.
  const told = (context.inDocument || context.inChapter) && context.evidence(section).own.has('symptoms');
  if (
    !hasContent(section) ||
    (!besideEntry && !collected && !fixedBeside && !told) ||
    pathOf(section).some((s) => isTemplate(s.heading))
  )
    return false;
  if (label && !fixedBeside && (label.field !== 'symptoms' || label.rest === '')) return false;
  if (isDate(section.heading)) return false;
  if (collectsProblems(section.heading) && readHeading(section.heading).kind !== 'problem') return false;
  if (namesSort(section.heading) && problemsInLists(context.source, section, index).problems.length > 0) return false;
  const chapters = section.children.filter((child) => isTelling(child.heading)).length;
  if (isTelling(section.heading) || section.quotes) return section.blocks.length > 0 ? chapters < 2 : chapters === 0;
  if (told) return true;
  if (section.children.length > 0 || section.blocks.length === 0 || !collected) return false;
  if (namesSort(section.heading)) return true;
  if (proseTellsOfTrouble(section.blocks.map((piece) => piece.text.slice(0, 1500)).join('\n'))) return true;
  // A quiet heading (`Windows paths`) among problems is taken for one where most of its neighbours are.
  return (
    !isProcedure(section.heading) &&
    (siblings.tellingShare(section) >= 0.4 || (context.inChapter && collectsProblems(section.parent!.heading)))
  );
}

/** `Fix 2: Login loops` beside problems is one, told by its cure. */
const namesFixed = ({ field, numbered, rest }: LabelMatch): boolean =>
  field === 'solutions' && numbered && tellsOfTrouble(rest);
