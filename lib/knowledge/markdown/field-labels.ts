import type { EntryContent } from '../entry-schema';

/** Where labelled text goes. `status` and `number` have no field of their own: they inform the import and stay in the notes. */
export type LabelField = keyof Omit<EntryContent, 'title' | 'notes' | 'signatures'> | 'status' | 'number';

export interface FieldLabel {
  field: LabelField;
  /** Lower case, words only: see `normaliseLabel`. */
  labels: readonly string[];
  /** `steps`: what follows is one way to solve it, step by step, never a choice of several. */
  reading?: 'steps';
}

/** One label a comma. */
const words = (list: string): string[] => list.split(',').map((label) => label.trim());

/** What authors call the fields. A team adds its own words by passing further rows to `labelIndex`. */
export const FIELD_LABELS: readonly FieldLabel[] = [
  {
    field: 'symptoms',
    labels: words(`
      symptom, symptoms, problem, problem description, the problem, issue, issue description, the issue,
      description, error, errors, error description, error message, error messages, error text, error log,
      error output, error details, full error, the error, message, log output, stack trace, traceback,
      observed behavior, observed behaviour, actual behavior, actual behaviour, actual result, actual,
      expected behavior, expected behaviour, expected result, what happened, what happens, what went wrong,
      what you see, you see, current behavior, current behaviour, meaning, what it means, signs, manifestation, observation, observations, common symptom, common symptoms,
      how it looks, indicators, question, issue summary, problem statement, fehler, problème, síntoma, síntomas,
      sintoma, sintomas, symptôme, symptômes, descripción, descrição, beschreibung, problema, mensaje de error,
      mensagem de erro, fehlermeldung, what should have happened, original issue, original problem, original error, what we saw, what we observed, what users see, observed,
      проблема, симптом, симптомы, описание, ошибка, сообщение об ошибке, erreur, message d erreur, comportement,
      症状, 问题, 现象, 错误, 错误信息, 问题描述, 描述, 問題, 現象, エラー`),
  },
  {
    field: 'detection',
    labels: words(`
      detection, detection method, detection details, detected by, how detected, how found, how we found it,
      discovery, discovered, when, where, when it happens, when does it happen, when this happens, trigger,
      triggers, triggered by, context, background, occurrence, frequency, occurs when, conditions, reproduction,
      reproduction steps, steps to reproduce, how to reproduce, repro, repro steps, to reproduce, location,
      found in, how to detect, test`),
  },
  {
    field: 'diagnosis',
    labels: words(`
      diagnosis, diagnose, diagnostics, diagnostic steps, diagnostic commands, how to diagnose, investigation,
      investigation steps, debug, debugging, debug steps, debugging steps, how to debug, how to check, check,
      checks, things to check, what to check, quick check, analysis, troubleshooting, troubleshooting steps,
      how to identify, identify, how to confirm the cause, evidence, findings, diagnóstico, what didn t work, what did not work, what we tried, diagnose schritte, диагностика, diagnostic,
      排查, 排查步骤, 诊断, 診断, 調査`),
  },
  {
    field: 'root_cause',
    labels: words(`
      root cause, root causes, root cause analysis, cause, causes, the cause, common cause, common causes,
      possible cause, possible causes, likely cause, likely causes, probable cause, probable causes,
      potential causes, primary cause, reason, reasons, the reason, why, why it happens, why this happens,
      why it happened, why does this happen, why this occurs, why it occurs, explanation, caused by, rca,
      underlying cause, underlying issue, root issue, what causes it, what causes this, cause analysis, ursache,
      causa, causas, causa raíz, causa raiz, grund, raison, причина, причины, causes possibles, causas posibles,
      mögliche ursachen, why this error occurred, why this error occurs, why this warning occurred, why you are seeing this,
      why am i seeing this, why this issue occurs, 原因, 根本原因, 原因分析, 可能原因`),
  },
  {
    field: 'solutions',
    labels: words(`
      solution, solutions, fix, fixes, the fix, the solution, quick fix, quick fixes, quick solution, workaround,
      workarounds, temporary fix, temporary workaround, permanent fix, long term fix, long term,
      long term solution, short term fix, recommended solution, recommended fix, possible solution, answer, a,
      possible solutions, possible fixes, suggested fix, suggested solution, proposed fix, proposed solution,
      alternative, alternatives, alternative solution, alternative fix, option, options, remedy, remedies,
      remediation, recovery, mitigation, mitigations, what to do, action, actions, immediate fix, fix applied,
      solution applied, applied fix, emergency fix, try, try this, lösung, solución, approach, method,
      soluciones, solução, soluções, lösungen, behebung, required fix, what we did, what we changed, what fixed it, what worked, what helped,
      potential fix, potential fixes, fix plan, ways to fix it, possible ways to fix it, possible ways to fix,
      possible ways to resolve, решение, решения, исправление, corrección, solución alternativa, correctif, contournement,
      umgehung, abhilfe, 解决方案, 解决方法, 解决, 解决办法, 修复, 处理方法, 処置, 対処, 対処法, 対応, 解決策, 解決方法`),
  },
  {
    field: 'solutions',
    reading: 'steps',
    labels: words(`
      resolution, resolutions, resolution steps, resolution completed, resolution applied, steps, fix steps,
      solution steps, steps to fix, steps to resolve, steps to solve, steps taken, how to fix, how to fix it,
      how to resolve, how to resolve this, how to fix this, how to fix this error, how to solve, resolution plan, how it was fixed, how fixed, how we fixed it, recovery steps,
      remediation steps, mitigation steps, implementation, code changes, code changes made, changes made,
      changes, code change, code fix, configuration applied, configuration changes, configuration change,
      immediate actions, immediate action, corrective action, corrective actions, action taken, actions taken`),
  },
  {
    field: 'prevention',
    labels: words(`
      prevention, preventions, prevention strategy, prevention strategies, prevention steps, prevention tips,
      prevention measures, preventive measures, preventative measures, preventive measure, preventive actions,
      how to prevent, how to prevent it, how to avoid, how to avoid it, to prevent, avoid, avoidance,
      prevent recurrence, prevention checklist, future prevention, follow up actions, action items, never again,
      prevención, prevenção, prévention, vorbeugung, предотвращение, профилактика, 预防, 预防措施, 再発防止, 対策`),
  },
  {
    field: 'impact',
    labels: words(`
      impact, integration impact, business impact, user impact, impact analysis, impact assessment, effect,
      effects, consequence, consequences, scope, affected components, components affected, affected users,
      blast radius, learning, learnings, key learning, key learnings, lesson, lesson learned, lessons learned,
      lessons, key takeaway, key takeaways, takeaway, takeaways, previous impact, влияние, impacto, auswirkung,
      auswirkungen, 影响, 影響`),
  },
  {
    field: 'validation',
    labels: words(`
      validation, validation results, validation result, validation steps, verification, verification steps,
      verify, verify fix, verify the fix, verified, verified by, how to verify, verifying, test results,
      test result, testing, testing validation, integration test, integration tests, confirmation, confirm,
      proof, result, results, outcome, system status after resolution, status after resolution, expected output,
      expected outcome, success criteria, проверка, verificación, verificação, überprüfung, 验证, 検証`),
  },
  {
    field: 'related_files',
    labels: words(`
      related files, related file, files, file, files changed, changed files, files modified, modified files,
      affected files, files affected, affected file, source files, code location, related code, tests affected,
      test affected, affected tests`),
  },
  {
    field: 'related_entries',
    labels: words(`
      related entries, related issues, related errors, related issue, related error, duplicate of, duplicates`),
  },
  {
    field: 'environment',
    labels: words(`
      environment, environments, affected environment, platform, platforms, os, operating system, version,
      versions, affected version, affected versions, applies to, tested on, system, setup`),
  },
  {
    field: 'references',
    labels: words(`
      reference, references, see also, see, link, links, resources, further reading, more information, more info,
      related documentation, related docs, documentation, docs, source, sources, related, related links, commit,
      commits, pr, pull request, ticket, jira, learn more, read more`),
  },
  {
    field: 'first_seen',
    labels: words(`
      date, first seen, date found, date discovered, date encountered, date reported, reported, reported on,
      discovered on, date of occurrence, occurred, occurred on, created, first occurrence, date added`),
  },
  {
    field: 'category',
    labels: words(`
      category, error type, type, issue type, error category, classification, kind, area`),
  },
  {
    field: 'severity',
    labels: words(`
      severity, priority, severity level, criticality, level, impact level, urgency, severidad, severidade,
      schweregrad, risk level`),
  },
  {
    field: 'component',
    labels: words(`
      component, service, module, affected service, affected component, affected services, subsystem, package,
      application, app, affected system, affected module, layer, services affected`),
  },
  {
    field: 'tags',
    labels: words(`
      tags, tag, keywords, labels`),
  },
  {
    field: 'resolution_minutes',
    labels: words(`
      resolution time, time to resolve, time to fix, time to resolution, fix time, ttr, mttr, time spent,
      duration, resolved in`),
  },
  {
    field: 'next_review',
    labels: words(`
      next review, next review date, review date, review by`),
  },
  {
    field: 'status',
    labels: words(`
      status, state, resolution status, current status, fix status, resolved`),
  },
  {
    field: 'number',
    labels: words(`
      id, error id, issue id, error code, code, error number, issue number`),
  },
];

export interface LabelMatch {
  field: LabelField;
  reading?: 'steps';
  /** The label as the author wrote it, without what follows. */
  label: string;
  /** What followed the label in the same run of text: a title, a status mark. */
  rest: string;
  /** A number or letter stood after it: `Solution 2`, `Option B`. */
  numbered: boolean;
}

export type LabelIndex = ReadonlyMap<string, FieldLabel>;

export function labelIndex(extra: readonly FieldLabel[] = []): LabelIndex {
  return new Map([...FIELD_LABELS, ...extra].flatMap((row) => row.labels.map((label) => [label, row] as const)));
}

export const DEFAULT_LABELS = labelIndex();

/** Lower case; marks, emoji and punctuation become single spaces. */
export function normaliseLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’']s\b/g, 's')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `Immediate fixes`, `most likely cause`: the last word names the field. */
const QUALIFIERS =
  /^(?:(?:most|immediate|quick|common|typical|possible|likely|long term|short term|recommended|temporary|permanent|alternative|suggested|proposed|potential|main|known|simple|easy|manual|emergency|additional|other|final|preferred|general) ){1,3}(?=(?:solutions?|fix|fixes|causes?|reasons?|workarounds?|remedy|remedies|mitigations?)$)/;
const ORDINAL = / (?:no |nr )?(?:\d{1,3}|[a-e]|one|two|three|i{1,3})$/;
const STATUS_WORDS = /\b(?:completed|complete|resolved|fixed|done|in progress|pending|applied|new|optional|required)$/;

/**
 * Reads text as a field label: `Root Cause Analysis`, `🔍 Symptoms:`, `Solution 2: Raise the limit`, `Resolution Steps ✅ COMPLETED`.
 * Null when the words before the first colon or dash are none. At most 300 characters are looked at.
 */
export function matchLabel(text: string, index: LabelIndex = DEFAULT_LABELS): LabelMatch | null {
  const head = text.trim().slice(0, 300);
  const lead = /^[^\p{L}\p{N}]*(?:\d{1,2}[.)]\s+[^\p{L}\p{N}]*)?/u.exec(head)?.[0] ?? '';
  const body = text.trim().slice(lead.length);
  const at = body.slice(0, 300).search(/[:：]|\s[-–—]\s/);
  const candidates = at < 0 ? [body] : [body.slice(0, at), body];
  for (const candidate of candidates) {
    const found = lookUp(candidate.replace(/[*_`]+/g, ''), index);
    if (!found) continue;
    const rest = body.slice(candidate.length).replace(/^[*_\s]*[:：–—-]?[*_\s]*/, '');
    return { ...found, rest: [found.status, rest].filter(Boolean).join(' ') };
  }
  return null;
}

function lookUp(text: string, index: LabelIndex): (Omit<LabelMatch, 'rest'> & { status: string }) | null {
  if (text.length > 80) return null;
  const paren = /[([][^)\]]*[)\]]\s*$/.exec(text)?.[0] ?? '';
  for (const [label, status] of [
    [text, ''],
    [text.slice(0, text.length - paren.length), paren],
  ] as const) {
    const words = normaliseLabel(label);
    const plain = words.replace(ORDINAL, '');
    const bare = words.replace(STATUS_WORDS, '').trim();
    const row = index.get(words) ?? index.get(plain) ?? index.get(bare) ?? index.get(words.replace(QUALIFIERS, ''));
    if (!row || words === '') continue;
    const mark = index.has(words) || index.has(plain) || !index.has(bare) ? '' : label.slice(markStart(label));
    return {
      field: row.field,
      reading: row.reading,
      label: label.slice(0, label.length - mark.length).trim(),
      status: `${mark} ${status}`.trim(),
      numbered: !index.has(words) && index.has(plain),
    };
  }
  return null;
}

/** Where the trailing status words, with the emoji before them, begin. */
function markStart(label: string): number {
  const word = /(?:completed|complete|resolved|fixed|done|in progress|pending|applied|new|optional|required)\W*$/i.exec(
    label,
  );
  const end = word?.index ?? label.length;
  return end - (/[^\p{L}\p{N}]*$/u.exec(label.slice(0, end))?.[0].length ?? 0);
}
