import type { RouteHandler } from '@/lib/http/route.server';
import * as toolsArtifactbundleAssemble from './0/organizations/[org]/artifactbundle/assemble/route';
import * as toolsChunkUpload from './0/organizations/[org]/chunk-upload/route';
import * as toolsReleasesByVersion from './0/organizations/[org]/releases/[version]/route';
import * as toolsReleases from './0/organizations/[org]/releases/route';
import * as toolsProjectReleasesByVersionFiles from './0/projects/[org]/[project]/releases/[version]/files/route';
import * as toolsProjectReleasesByVersion from './0/projects/[org]/[project]/releases/[version]/route';
import * as toolsProjectReleases from './0/projects/[org]/[project]/releases/route';
import * as tools from './0/route';
import * as analytics from './analytics/route';
import * as metrics from './metrics/route';
import * as resetStats from './reset-stats/route';
import * as stats from './stats/route';
import * as status from './status/route';
import * as triggerLearning from './trigger-learning/route';
import * as account from './v1/account/route';
import * as analyticsByQuestion from './v1/analytics/[question]/route';
import * as audit from './v1/audit/route';
import * as demo from './v1/demo/route';
import * as eventsByEventIdAttachmentsByAttachmentId from './v1/events/[eventId]/attachments/[attachmentId]/route';
import * as eventsByEventId from './v1/events/[eventId]/route';
import * as guideChecklists from './v1/guide/checklists/route';
import * as guidePublishing from './v1/guide/publishing/route';
import * as guidePublishingRun from './v1/guide/publishing/run/route';
import * as guideSectionsBySlug from './v1/guide/sections/[slug]/route';
import * as guideSections from './v1/guide/sections/route';
import * as guideJson from './v1/guide.json/route';
import * as guideMd from './v1/guide.md/route';
import * as guideZip from './v1/guide.zip/route';
import * as invite from './v1/invite/route';
import * as issuesByIssueIdActivity from './v1/issues/[issueId]/activity/route';
import * as issuesByIssueIdChecklistsByChecklistId from './v1/issues/[issueId]/checklists/[checklistId]/route';
import * as issuesByIssueIdChecklists from './v1/issues/[issueId]/checklists/route';
import * as issuesByIssueIdCommentsByCommentId from './v1/issues/[issueId]/comments/[commentId]/route';
import * as issuesByIssueIdComments from './v1/issues/[issueId]/comments/route';
import * as issuesByIssueIdDossier from './v1/issues/[issueId]/dossier/route';
import * as issuesByIssueIdDraft from './v1/issues/[issueId]/draft/route';
import * as issuesByIssueIdEvents from './v1/issues/[issueId]/events/route';
import * as issuesByIssueIdFeedback from './v1/issues/[issueId]/feedback/route';
import * as issuesByIssueIdFixFeedback from './v1/issues/[issueId]/fix-feedback/route';
import * as issuesByIssueIdGroupings from './v1/issues/[issueId]/groupings/route';
import * as issuesByIssueIdLinksByLinkId from './v1/issues/[issueId]/links/[linkId]/route';
import * as issuesByIssueIdLinks from './v1/issues/[issueId]/links/route';
import * as issuesByIssueIdMerge from './v1/issues/[issueId]/merge/route';
import * as issuesByIssueId from './v1/issues/[issueId]/route';
import * as issuesByIssueIdSimilar from './v1/issues/[issueId]/similar/route';
import * as issuesByIssueIdSplit from './v1/issues/[issueId]/split/route';
import * as issuesByIssueIdSuggestions from './v1/issues/[issueId]/suggestions/route';
import * as issuesByIssueIdTags from './v1/issues/[issueId]/tags/route';
import * as issuesByIssueIdTrend from './v1/issues/[issueId]/trend/route';
import * as issuesByIssueIdUndo from './v1/issues/[issueId]/undo/route';
import * as issuesByIssueIdUnmerge from './v1/issues/[issueId]/unmerge/route';
import * as issuesByIssueIdValues from './v1/issues/[issueId]/values/route';
import * as issuesArrivals from './v1/issues/arrivals/route';
import * as issuesBulk from './v1/issues/bulk/route';
import * as issuesFacets from './v1/issues/facets/route';
import * as issues from './v1/issues/route';
import * as issuesUndo from './v1/issues/undo/route';
import * as issuesValues from './v1/issues/values/route';
import * as knowledgeByEntryIdBlame from './v1/knowledge/[entryId]/blame/route';
import * as knowledgeByEntryIdCommentsByCommentId from './v1/knowledge/[entryId]/comments/[commentId]/route';
import * as knowledgeByEntryIdComments from './v1/knowledge/[entryId]/comments/route';
import * as knowledgeByEntryIdIssues from './v1/knowledge/[entryId]/issues/route';
import * as knowledgeByEntryIdOwner from './v1/knowledge/[entryId]/owner/route';
import * as knowledgeByEntryIdPreventionByN from './v1/knowledge/[entryId]/prevention/[n]/route';
import * as knowledgeByEntryIdPublish from './v1/knowledge/[entryId]/publish/route';
import * as knowledgeByEntryIdReject from './v1/knowledge/[entryId]/reject/route';
import * as knowledgeByEntryIdRetire from './v1/knowledge/[entryId]/retire/route';
import * as knowledgeByEntryIdRevisionsByNRestore from './v1/knowledge/[entryId]/revisions/[n]/restore/route';
import * as knowledgeByEntryIdRevisionsByN from './v1/knowledge/[entryId]/revisions/[n]/route';
import * as knowledgeByEntryIdRevisions from './v1/knowledge/[entryId]/revisions/route';
import * as knowledgeByEntryId from './v1/knowledge/[entryId]/route';
import * as knowledgeByEntryIdSubmit from './v1/knowledge/[entryId]/submit/route';
import * as knowledgeByEntryIdVerify from './v1/knowledge/[entryId]/verify/route';
import * as knowledgeBackTest from './v1/knowledge/back-test/route';
import * as knowledgeDraftsByEntryKey from './v1/knowledge/drafts/[entryKey]/route';
import * as knowledgeFacets from './v1/knowledge/facets/route';
import * as knowledgeImagesByName from './v1/knowledge/images/[name]/route';
import * as knowledgeImages from './v1/knowledge/images/route';
import * as knowledgeImport from './v1/knowledge/import/route';
import * as knowledgeLabels from './v1/knowledge/labels/route';
import * as knowledgePackZip from './v1/knowledge/pack.zip/route';
import * as knowledgePacks from './v1/knowledge/packs/route';
import * as knowledgePrevention from './v1/knowledge/prevention/route';
import * as knowledgeReferences from './v1/knowledge/references/route';
import * as knowledge from './v1/knowledge/route';
import * as learningMergesByMergeIdAccept from './v1/learning/merges/[mergeId]/accept/route';
import * as learningMergesByMergeIdReject from './v1/learning/merges/[mergeId]/reject/route';
import * as learningMerges from './v1/learning/merges/route';
import * as learningModel from './v1/learning/model/route';
import * as learningPassesByPassId from './v1/learning/passes/[passId]/route';
import * as learningPasses from './v1/learning/passes/route';
import * as learningPatterns from './v1/learning/patterns/route';
import * as learningScore from './v1/learning/score/route';
import * as match from './v1/match/route';
import * as me from './v1/me/route';
import * as notificationsPreferences from './v1/notifications/preferences/route';
import * as notificationsRead from './v1/notifications/read/route';
import * as notifications from './v1/notifications/route';
import * as openapiJson from './v1/openapi.json/route';
import * as projectsByProjectIdDrops from './v1/projects/[projectId]/drops/route';
import * as projectsByProjectIdGroupingRulesPreview from './v1/projects/[projectId]/grouping-rules/preview/route';
import * as projectsByProjectIdGroupingRules from './v1/projects/[projectId]/grouping-rules/route';
import * as projectsByProjectIdGroupingVersion from './v1/projects/[projectId]/grouping-version/route';
import * as projectsByProjectIdKeysByKeyId from './v1/projects/[projectId]/keys/[keyId]/route';
import * as projectsByProjectIdKeys from './v1/projects/[projectId]/keys/route';
import * as projectsByProjectIdReleasesByVersion from './v1/projects/[projectId]/releases/[version]/route';
import * as projectsByProjectId from './v1/projects/[projectId]/route';
import * as projectsByProjectIdSourceMaps from './v1/projects/[projectId]/source-maps/route';
import * as projects from './v1/projects/route';
import * as releases from './v1/releases/route';
import * as search from './v1/search/route';
import * as settings from './v1/settings/route';
import * as setup from './v1/setup/route';
import * as suggestionsBySuggestionIdAccept from './v1/suggestions/[suggestionId]/accept/route';
import * as suggestionsBySuggestionIdReject from './v1/suggestions/[suggestionId]/reject/route';
import * as suggestionsBySuggestionId from './v1/suggestions/[suggestionId]/route';
import * as suggestionsBySuggestionIdUndo from './v1/suggestions/[suggestionId]/undo/route';
import * as suggestions from './v1/suggestions/route';
import * as tokensByTokenId from './v1/tokens/[tokenId]/route';
import * as tokens from './v1/tokens/route';
import * as usersByUserId from './v1/users/[userId]/route';
import * as users from './v1/users/route';
import * as viewsByViewId from './v1/views/[viewId]/route';
import * as views from './v1/views/route';

/** Every API route, so that the documentation and the test of who may call what see them all. A test compares it with the folder. */
export const routeModules: readonly Record<string, unknown>[] = [
  analytics,
  metrics,
  resetStats,
  stats,
  status,
  triggerLearning,
  account,
  analyticsByQuestion,
  audit,
  demo,
  eventsByEventIdAttachmentsByAttachmentId,
  eventsByEventId,
  guideChecklists,
  guideJson,
  issuesByIssueIdChecklists,
  issuesByIssueIdChecklistsByChecklistId,
  guidePublishing,
  guidePublishingRun,
  guideMd,
  knowledgeLabels,
  knowledgePackZip,
  knowledgePacks,
  guideZip,
  guideSectionsBySlug,
  guideSections,
  invite,
  issuesByIssueIdActivity,
  issuesByIssueIdCommentsByCommentId,
  issuesByIssueIdComments,
  issuesByIssueIdDossier,
  issuesByIssueIdDraft,
  issuesByIssueIdEvents,
  issuesByIssueIdFeedback,
  issuesByIssueIdFixFeedback,
  issuesByIssueIdGroupings,
  issuesByIssueIdLinksByLinkId,
  issuesByIssueIdLinks,
  issuesByIssueIdMerge,
  issuesByIssueId,
  issuesByIssueIdSimilar,
  issuesByIssueIdSplit,
  issuesByIssueIdSuggestions,
  issuesByIssueIdTags,
  issuesByIssueIdTrend,
  issuesByIssueIdUndo,
  issuesByIssueIdUnmerge,
  issuesByIssueIdValues,
  issuesBulk,
  issuesArrivals,
  issuesFacets,
  issuesValues,
  issues,
  issuesUndo,
  knowledgeByEntryIdIssues,
  knowledgeByEntryIdPublish,
  knowledgeByEntryIdReject,
  knowledgeByEntryIdRetire,
  knowledgeByEntryIdRevisionsByNRestore,
  knowledgeByEntryIdRevisionsByN,
  knowledgeByEntryIdRevisions,
  knowledgeByEntryId,
  knowledgeByEntryIdSubmit,
  knowledgeByEntryIdVerify,
  knowledgeFacets,
  knowledgeImport,
  knowledgeBackTest,
  knowledgeDraftsByEntryKey,
  knowledgeImages,
  knowledgeImagesByName,
  knowledgeByEntryIdComments,
  knowledgeByEntryIdCommentsByCommentId,
  knowledgeByEntryIdBlame,
  knowledgeByEntryIdOwner,
  knowledgeByEntryIdPreventionByN,
  knowledgePrevention,
  notifications,
  notificationsRead,
  notificationsPreferences,
  knowledgeReferences,
  knowledge,
  learningMergesByMergeIdAccept,
  learningMergesByMergeIdReject,
  learningMerges,
  learningModel,
  learningPassesByPassId,
  learningPasses,
  learningPatterns,
  learningScore,
  match,
  me,
  openapiJson,
  projectsByProjectIdDrops,
  projectsByProjectIdGroupingRulesPreview,
  projectsByProjectIdGroupingRules,
  projectsByProjectIdGroupingVersion,
  projectsByProjectIdKeysByKeyId,
  projectsByProjectIdKeys,
  projectsByProjectId,
  projectsByProjectIdReleasesByVersion,
  projectsByProjectIdSourceMaps,
  releases,
  projects,
  search,
  settings,
  setup,
  suggestionsBySuggestionIdAccept,
  suggestionsBySuggestionIdReject,
  suggestionsBySuggestionId,
  suggestionsBySuggestionIdUndo,
  suggestions,
  tokensByTokenId,
  tokens,
  usersByUserId,
  users,
  viewsByViewId,
  views,
  tools,
  toolsArtifactbundleAssemble,
  toolsChunkUpload,
  toolsReleasesByVersion,
  toolsReleases,
  toolsProjectReleasesByVersionFiles,
  toolsProjectReleasesByVersion,
  toolsProjectReleases,
];

export const routes: readonly RouteHandler['definition'][] = routeModules.flatMap((module) =>
  (Object.values(module) as RouteHandler[]).map((handler) => handler.definition),
);
