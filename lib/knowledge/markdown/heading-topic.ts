import { readHeading, stripEmoji } from './heading-shape';

const TROUBLE =
  /\b(?:errors?|exceptions?|fail(?:s|ed|ure|ures|ing)?|cannot|can ?not|can['’]?t|could ?n['’]?t|could not|unable|does ?n['’]?t|does not|do not|don['’]?t|won['’]?t|is ?n['’]?t|is not|are ?n['’]?t|are not|not (?:found|working|work|loading|load|start|starting|started|showing|shown|recogni[sz]ed|available|reachable|responding|installed|supported|allowed|permitted|defined|detected|updating|appearing|saving|running|set|enough|connected|visible|a )|missing|invalid|undefined|denied|refused|forbidden|unauthori[sz]ed|time(?:d)?[ -]?outs?|crash(?:es|ed|ing)?|hangs?|hanging|stuck|freez(?:es|ing)|frozen|slow(?:ly)?|leaks?|broken|breaks|conflicts?|corrupt(?:ed|ion)?|exhaust(?:ed|ion)|exceed(?:s|ed)|overflow|too (?:many|long|large|slow|old|big|small|much)|out of (?:\w+ )?(?:memory|disk|space|sync|date|bounds)|oom(?:killed)?|unexpected(?:ly)?|unresponsive|wrong|incorrect|already (?:in use|exists|running|registered)|in use|deadlocks?|duplicate[ds]?|expired|mismatch(?:es)?|blocked|segfaults?|segmentation fault|panics?|killed|lost|drops?|dropped|disconnect(?:s|ed|ing)?|blank|empty|no such|no (?:module|space|matching|response|output|data|results|route|logs?|metrics)|never|stops?|stopped|stale|high (?:memory|cpu|latency|load|disk)|issues? with|problems? with|throttl(?:ed|ing)|rejected|inconsistent|inaccessible|unavailable|unreachable|(?:[45]\d\ds?)(?= |$|\))|[a-z]+BackOff|evicted|too large|too busy|exit code \d+|goes down|went down|is down|ran out|keeps?|breaking|offline|los(?:es|ing)|flak(?:y|iness)|flicker(?:s|ing)?|garbled|distorted|outdated|unstable|degraded|inaccurate|[A-Z]\w+(?:Error|Exception|Warning))\b/i;
/** `EADDRINUSE`, `ECONNREFUSED`: told by their capitals. */
const SHOUTED = /\bE[A-Z]{4,}\b/;
const QUESTION = /\?\s*$|^(?:why|how (?:do|can|to|should) |what (?:does|do|if|should) |is it |can i |where )/i;
const CODE =
  /^`?(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{1,6}-?\d{2,6}|E[A-Z]{4,}|\w*(?:Error|Exception))`?(?:[\s:(–—-].*)?$/;

/** Whether a heading's words tell of something that went wrong. */
export const tellsOfTrouble = (title: string): boolean =>
  TROUBLE.test(title.slice(0, 300)) || SHOUTED.test(title.slice(0, 300)) || isErrorCode(title);
export const isQuestion = (title: string): boolean => QUESTION.test(title.trim().slice(0, 300));
export const isErrorCode = (title: string): boolean => CODE.test(title.trim().slice(0, 300));

/** Whether a heading reads as a problem does: trouble, a question, an error text, `Issue: …`. */
export const isTelling = (title: string): boolean =>
  tellsOfTrouble(title) || isQuestion(title) || ['quoted', 'problem'].includes(readHeading(title).kind);

const ABOUT =
  /^(?:table of )?contents?$|\bthis (?:document|file|guide|log|page|runbook)\b|^toc$|^index$|^(?:overview|introduction|intro|purpose|about|background|summary|conclusion|prerequisites?|requirements|installation|usage|glossary|appendix|license|credits|acknowledg\w+|changelog|change log|revision history|version history|resources|references|see also|related|links|further reading|legend|notes?|disclaimer|debugging|diagnostics|logs?|logging|tools?|metrics|support|contact(?: us)?|escalation|faq|general)$|^(?:getting|get|need|still need|additional|more|asking for|where to get|finding) (?:more )?(?:help|support|started|assistance|information)|^(?:still )?(?:having|stuck|need).{0,20}(?:problems?|issues?|trouble|help|stuck)\??$|^how to (?:use|read|report|contribute|add|file|get help|submit|ask)|^(?:report|reporting|collect|collecting|gather|gathering|contribut\w+|document) |^(?:quick|useful|helpful|common|health|log|debug|diagnostic|general|best|additional)\b.{0,20}\b(?:reference|links|commands?|checks?|diagnostics?|access|tips|practices?|resources|tools|steps|procedures?|info|information|workflow|scripts?)$/i;
/** Endings of such headings, though not of a sentence: `The runner is offline while the process lives`. */
const ABOUT_END =
  /\b(?:checklists?|best practices?|protocols?|methodology|strategy|strategies|guidelines?|conventions?|templates?|formats?|workflow|process|monitoring|alerts?|alerting|prevent(?:ion|ive|ative|ing)\b.{0,20}|roadmap|statistics|progress|next (?:steps|actions)|status|standards?|principles|lessons learned|maintenance|requirements)(?: .{0,20})?$/i;

/** Headings that talk about the document, its upkeep or its readers rather than about one problem. */
export function isAboutDocument(title: string): boolean {
  const words = stripEmoji(title)
    .replace(/^\d+(?:\.\d+)*[.)]?\s+/, '')
    .replace(/[:：*_]+/g, '')
    .trim()
    .slice(0, 200);
  const isSentence = SENTENCE.test(words) && TROUBLE.test(words);
  return ABOUT.test(words) || (ABOUT_END.test(words) && !isSentence) || (UPKEEP.test(words) && !TROUBLE.test(words));
}

const SENTENCE =
  /\b(?:is|are|was|were|does|do|has|have|not|cannot|can['’]?t|won['’]?t|\w+n['’]t|but|when|while|keeps)\b/i;

/** Beginnings of chapters on upkeep, unless what follows tells of trouble: `After the update nothing starts`. */
const UPKEEP = /^(?:before|after|add|adding|update|updating|create|creating) /i;

const CONTEXT =
  /^diagnostics$|\b(?:trouble ?shoot\w*|faqs?|frequently asked|known (?:issues|problems|errors|bugs|limitations)|common (?:\w+ ){0,3}(?:issues|errors|problems|pitfalls|mistakes|failures|gotchas)|(?:issues|errors|problems|failures|bugs)(?: encountered)? (?:and|&|with|\/) (?:their )?(?:\w+ )?(?:solutions?|fixes|resolutions?|workarounds?|causes)|(?:error|issues?|bug|incident|problem) (?:log|catalog(?:ue)?|codes?|messages?|reference|guide|list|solutions|index)|runbook|^errors|errors$|pitfalls|gotchas|q ?& ?a|if something goes wrong|when things go wrong|fehlerbehebung)\b/i;

/** Headings, titles and file names under which problems are collected. */
export const collectsProblems = (title: string): boolean =>
  CONTEXT.test(title.slice(0, 300).replace(/[-_]/g, ' ')) && !TECHNIQUE.test(title);

/** `Troubleshooting steps` are ways to look for a cause, not a collection of problems. */
const TECHNIQUE = /\btrouble ?shoot\w* (?:tips|steps|tools|techniques|methods|commands|basics|workflow|process)\b/i;

const SORT = /(?<!\d )\b(?:issues|problems|errors|failures|bugs|troubles)[:.!]?$/i;
/** `Network problems`, `Build errors`: one sort of problem, and where nothing stands beneath it, the problem itself. */
export const namesSort = (title: string): boolean =>
  SORT.test(title.slice(0, 300)) && !SUMMARISES.test(title.slice(0, 300));

/** `Recently resolved issues` says again what stands elsewhere. */
const SUMMARISES = /\b(?:resolved|fixed|closed|remaining|recent|recently|top|total|related|outstanding)\b/i;

const PROCEDURE = new RegExp(
  `^(?:\\W{0,2}(?:recommended|alternative|optional)\\W{1,3})?(?:${[
    '(?:access|add|ask|build|check|collect|confirm|connect|debug|find|gather|inspect|install|know|list|monitor|open|read)(?:ing)?',
    '(?:report|reset|restart|search|show|start|test|understand|view)(?:ing)?',
    '(?:chang|configur|creat|disabl|enabl|fil|migrat|remov|updat|upgrad|us)(?:e|ing)',
    'run(?:ning)?|(?:set|get)(?:ting)?|stop(?:ping)?|verify(?:ing)?',
  ].join('|')})\\b`,
  'i',
);
/** `Check the logs`, `Setting up a proxy`: something to do rather than something that went wrong. */
export const isProcedure = (title: string): boolean => PROCEDURE.test(stripEmoji(title).slice(0, 200));

const TOLD =
  /\b(?:errors?|exceptions?|fail(?:s|ed|ures?|ing)?|crash(?:es|ed)?|hangs?|cannot|can['’]t|unable|won['’]t|(?:does not|doesn['’]t|not) (?:work|start|load)(?:ing)?|denied|refused|time[sd]? ?out|blocked|stuck|broken|conflicts?|(?:this|the|an?) (?:problem|issue|warning)|warnings?|to (?:fix|solve|resolve|avoid|work ?around) (?:this|it|the)|if you (?:see|encounter|run into|experience))\b/i;
/** Whether prose beneath a heading tells of trouble; it uses many of the words of `tellsOfTrouble` for anything. */
export const proseTellsOfTrouble = (text: string): boolean => TOLD.test(text.slice(0, 1500));

const TEMPLATE =
  /\b(?:formats?|templates?|methodology|conventions?|guidelines?|legend|layout of|structure of|anatomy of|example entry|how (?:to|we) (?:add|report|document|record|write|contribute)|how (?:an?|each|every) \w+ (?:is|are|gets) |for (?:every|each) |contribut\w+|instructions)\b/i;
/** Headings whose fields are described rather than filled in. */
export const isTemplate = (title: string): boolean => TEMPLATE.test(title.slice(0, 200));

const EXPLAINS =
  /\b(?:(?:each|every) (?:\w+ ){0,3}(?:entry|error|issue|fault|incident|record|item|line|field)|should (?:include|contain)|must (?:include|contain)|fill in|use (?:this|the following) (?:format|template|structure))\b/i;
/** A sentence that says how entries are to be written. */
export const explainsFields = (sentence: string): boolean => EXPLAINS.test(sentence.slice(0, 500));
