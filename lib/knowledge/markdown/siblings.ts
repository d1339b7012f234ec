import { type HeadingShape, readHeading } from './heading-shape';
import { isAboutDocument, isTelling, tellsOfTrouble } from './heading-topic';
import type { Section } from './outline';

type Kind = HeadingShape['kind'];

interface Level {
  sections: number;
  /** Those that do not talk about the document, and how many of them read as a problem does. */
  neighbours: number;
  telling: number;
  /** How many tell of trouble by more than the word error: `Error handling` is a topic. */
  troubled: number;
  /** Kinds of the headings of those that are entries. */
  entries: Map<Kind, number>;
  entryCount: number;
}

/** At least so many headings, of which at least this share tell of trouble, make a collection of problems. */
const COLLECTION = { headings: 3, share: 0.6 };

/** What is known of the headings beside a section, on its level; each is read once, however many there are. */
export class Siblings {
  private readonly levels = new Map<Section | null, Map<number, Level>>();

  /** @param roles those of the sections that are already known. */
  constructor(private readonly roles: ReadonlyMap<Section, string>) {}

  /** How many there are besides the section. */
  count = (section: Section): number => this.levelOf(section).sections - 1;

  /** Among `Issue #1`, `Issue #2` a heading of another shape is something else. */
  likeEntries(section: Section): boolean {
    const { entries, entryCount } = this.levelOf(section);
    const alike = entries.get(readHeading(section.heading).kind) ?? 0;
    return entryCount > 0 && alike * 2 >= entryCount;
  }

  /** Whether any of its level is an entry, of whatever shape. */
  anyEntry = (section: Section): boolean => this.levelOf(section).entryCount > 0;

  /** Share of the neighbours, the section apart, that read as a problem does. */
  tellingShare(section: Section): number {
    const { neighbours, telling } = this.levelOf(section);
    const counts = !isAboutDocument(section.heading);
    const others = neighbours - (counts ? 1 : 0);
    return (telling - (counts && isTelling(section.heading) ? 1 : 0)) / Math.max(1, others);
  }

  /** Whether the level, the section included, collects problems by what its headings say. */
  mostlyTrouble(section: Section): boolean {
    const { neighbours, troubled } = this.levelOf(section);
    return neighbours >= COLLECTION.headings && troubled >= neighbours * COLLECTION.share;
  }

  becameEntry(section: Section): void {
    addEntry(this.levelOf(section), section);
  }

  private levelOf(section: Section): Level {
    const levels = this.levels.get(section.parent) ?? this.readChildren(section.parent);
    return levels.get(section.depth) ?? emptyLevel();
  }

  private readChildren(parent: Section | null): Map<number, Level> {
    const levels = new Map<number, Level>();
    for (const child of parent?.children ?? []) {
      const level = levels.get(child.depth) ?? emptyLevel();
      levels.set(child.depth, level);
      level.sections += 1;
      if (!isAboutDocument(child.heading)) {
        level.neighbours += 1;
        if (isTelling(child.heading)) level.telling += 1;
        if (tellsOfTrouble(child.heading.replace(/\berrors?\b/gi, ''))) level.troubled += 1;
      }
      if (this.roles.get(child) === 'entry') addEntry(level, child);
    }
    this.levels.set(parent, levels);
    return levels;
  }
}

const emptyLevel = (): Level => ({
  sections: 0,
  neighbours: 0,
  telling: 0,
  troubled: 0,
  entries: new Map(),
  entryCount: 0,
});

function addEntry(level: Level, section: Section): void {
  const { kind } = readHeading(section.heading);
  level.entries.set(kind, (level.entries.get(kind) ?? 0) + 1);
  level.entryCount += 1;
}
