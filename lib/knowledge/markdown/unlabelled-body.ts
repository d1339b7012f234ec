import type { Piece } from './outline';

/** Text under a problem whose author used no labels, sorted by what each block says. */
export interface SortedBody {
  symptoms: Piece[];
  root_cause: Piece[];
  solution: Piece[];
  /** Error texts that stand among what to do. */
  shown: Piece[];
}

const CAUSE =
  /\b(?:because|caused by|due to|(?:this|it|that|the (?:error|problem|issue|message)) (?:usually |often |typically |generally |most likely |probably )?(?:means|indicates|happens|occurs|is (?:raised|thrown|emitted))|the (?:root |likely |usual )?(?:cause|reason)|as a result of|stems from)\b/i;
const CURE =
  /\b(?:to (?:fix|resolve|solve|work ?around|avoid|correct|address|get around|remedy)|(?:fix|solution|workaround|resolution|remedy)\b|try\b|make sure|ensure|you (?:can|should|must|need|may|might|will need|have to)|please\b|instead|run\b|upgrade|downgrade|reinstall)\b|^(?:\d+\.\s+|[-*]\s+)?(?:\*\*)?(?:add|adjust|allow|change|check|clean|clear|close|configure|copy|create|delete|disable|downgrade|edit|enable|execute|export|free|give|go to|grant|increase|install|kill|lower|move|open|pass|pull|raise|rebuild|recreate|reduce|reinstall|remove|rename|replace|reset|restart|retry|run|set|specify|start|stop|switch|update|upgrade|use|verify|wait|wrap)\b/i;
/** A later sentence of a paragraph that tells what to do. */
const CURE_LATER =
  /[.;!]\s+(?:(?:then|so|just|simply|to fix it,?) )?(?:add|adjust|allow|change|check|clean|clear|close|configure|copy|create|delete|disable|downgrade|edit|enable|execute|export|free|give|go to|grant|increase|install|kill|lower|move|open|pass|pull|raise|rebuild|recreate|reduce|reinstall|remove|rename|replace|reset|restart|retry|run|set|specify|start|stop|switch|update|upgrade|use|verify|wait|wrap)\b/i;
const ERROR_TEXT =
  /(?:^|\s)(?:[\w.$]+(?:Error|Exception|Warning)\b|error[:\s[]|fatal:|panic:|err!|traceback|failed to|cannot |can't |could not|unable to|exit(?:ed)? (?:code|status)|permission denied|not found|no such file|refused|timed? ?out|warn(?:ing)?:)/i;

/** Blocks of commands; what they print is mostly shown in other languages or none. */
const SHELL = /^(?:bash|sh|shell|zsh|fish|powershell|pwsh|ps1|cmd|bat|batch|dockerfile|makefile)$/i;

/**
 * Symptoms come first, then from the first block that tells what to do everything is the solution; blocks that say why are the
 * cause. Where nothing says what to do, the heading is taken for the problem and the text for its answer.
 */
export function sortBody(pieces: readonly Piece[]): SortedBody {
  const sorted: SortedBody = { symptoms: [], root_cause: [], solution: [], shown: [] };
  const blocks = pieces.filter((piece) => piece.node?.type !== 'thematicBreak');
  let solving = false;
  for (const piece of blocks) {
    const text = piece.text.slice(0, 1500);
    const isCode = piece.node?.type === 'code';
    if (!solving && isCommand(piece)) {
      solving = true;
      // `Remove it:` belongs to the command.
      const last = sorted.symptoms.at(-1);
      if (last && last.node?.type !== 'code' && /[:：]\s*$/.test(last.text))
        sorted.solution.push(...sorted.symptoms.splice(-1));
    }
    if (!solving && isCode && !ERROR_TEXT.test(text) && sorted.symptoms.length + sorted.root_cause.length > 0)
      solving = true;
    if (!solving && !isCode) {
      const why = CAUSE.test(text);
      const how = CURE.test(text.slice(0, 400));
      if (why && !(how && text.search(CURE) < text.search(CAUSE))) {
        sorted.root_cause.push(piece);
        continue;
      }
      if (how) solving = true;
    }
    (solving ? sorted.solution : sorted.symptoms).push(piece);
  }
  const isShown = (piece: Piece) => piece.node?.type === 'code' && ERROR_TEXT.test(piece.text.slice(0, 1500));
  if (sorted.solution.length > 0)
    return { ...sorted, shown: sorted.solution.filter((piece) => isShown(piece) && !isCommand(piece)) };
  const curing = sorted.root_cause.filter((piece) => CURE_LATER.test(piece.text.slice(0, 1500)));
  if (curing.length > 0)
    return { ...sorted, root_cause: sorted.root_cause.filter((piece) => !curing.includes(piece)), solution: curing };
  const shown = sorted.symptoms.filter(isShown);
  return { ...sorted, symptoms: shown, solution: sorted.symptoms.filter((piece) => !shown.includes(piece)) };
}

const isCommand = (piece: Piece): boolean => piece.node?.type === 'code' && SHELL.test(piece.node.lang ?? '');
