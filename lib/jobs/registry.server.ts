import type { JobName, JobPayload } from './job-types';

/** One handler a job; a name without one is a type error. Loaded by the worker alone, each domain only when its job runs. */
export type JobHandlers = { [N in JobName]: (payload: JobPayload<N>) => Promise<unknown> };

export const handlers: JobHandlers = {
  'issue.match': async (payload) => {
    await (await import('../issues/assign-owner.server')).assignOwner(payload);
    await (await import('../search/keep-stack-text.server')).keepStackText(payload);
    await (await import('../learning/match-issue.server')).matchIssue(payload);
  },
  'issue.regressed': async (payload) => {
    await (await import('../knowledge/notify-recurrence.server')).notifyRecurrence(payload);
    await (await import('../learning/match-issue.server')).matchIssue(payload);
  },
  'knowledge.changed': async (payload) => {
    await (await import('../guide/publish-queue.server')).publishAfterChange();
    await (await import('../learning/rematch-entries.server')).rematchEntries(payload);
  },
  'guide.publish': async () => (await import('../guide/publish-guide.server')).publishGuide(),
  'guide.tick': async () => (await import('../guide/publish-guide.server')).publishWhenDue(),
  'learning.pass': async (payload) => (await import('../learning/learning-pass.server')).runLearningPass(payload),
  'learning.tick': async () => (await import('../learning/learning-pass.server')).startPassWhenNews(),
  'issues.tick': async () => (await import('../issues/age-issues.server')).ageIssues(),
  'issues.escalate': async () => (await import('../issues/escalate-issues.server')).escalateIssues(),
  'issues.auto_resolve': async () => (await import('../issues/auto-resolve-issues.server')).autoResolveIssues(),
  'events.partitions': async () => (await import('../retention/event-partitions.server')).ensureEventPartitions(),
  'events.retention': async () => (await import('../retention/enforce-retention.server')).enforceRetention(),
  'issues.stacks': async () => (await import('../search/keep-stack-text.server')).keepMissingStackTexts(),
  'rollups.fold': async () => (await import('../issues/fold-rollups.server')).foldRollups(new Date()),
  'source_maps.prune': async () => (await import('../source-maps/prune-maps.server')).pruneSourceMaps(),
  'templates.merge': async (payload) => (await import('../issues/merge-templates.server')).mergeTemplates(payload),
};
