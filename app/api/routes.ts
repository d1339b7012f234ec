import type { RouteHandler } from '@/lib/http/route.server';
import * as account from './v1/account/route';
import * as audit from './v1/audit/route';
import * as guideSectionsBySlug from './v1/guide/sections/[slug]/route';
import * as guideSections from './v1/guide/sections/route';
import * as guideMd from './v1/guide.md/route';
import * as guideZip from './v1/guide.zip/route';
import * as invite from './v1/invite/route';
import * as knowledgeByEntryIdIssues from './v1/knowledge/[entryId]/issues/route';
import * as knowledgeByEntryIdPublish from './v1/knowledge/[entryId]/publish/route';
import * as knowledgeByEntryIdReject from './v1/knowledge/[entryId]/reject/route';
import * as knowledgeByEntryIdRetire from './v1/knowledge/[entryId]/retire/route';
import * as knowledgeByEntryIdRevisionsByNRestore from './v1/knowledge/[entryId]/revisions/[n]/restore/route';
import * as knowledgeByEntryIdRevisionsByN from './v1/knowledge/[entryId]/revisions/[n]/route';
import * as knowledgeByEntryIdRevisions from './v1/knowledge/[entryId]/revisions/route';
import * as knowledgeByEntryId from './v1/knowledge/[entryId]/route';
import * as knowledgeByEntryIdSubmit from './v1/knowledge/[entryId]/submit/route';
import * as knowledgeByEntryIdVerify from './v1/knowledge/[entryId]/verify/route';
import * as knowledgeFacets from './v1/knowledge/facets/route';
import * as knowledge from './v1/knowledge/route';
import * as me from './v1/me/route';
import * as openapiJson from './v1/openapi.json/route';
import * as projectsByProjectIdKeysByKeyId from './v1/projects/[projectId]/keys/[keyId]/route';
import * as projectsByProjectIdKeys from './v1/projects/[projectId]/keys/route';
import * as projectsByProjectId from './v1/projects/[projectId]/route';
import * as projects from './v1/projects/route';
import * as settings from './v1/settings/route';
import * as setup from './v1/setup/route';
import * as tokensByTokenId from './v1/tokens/[tokenId]/route';
import * as tokens from './v1/tokens/route';
import * as usersByUserId from './v1/users/[userId]/route';
import * as users from './v1/users/route';

/** Every API route, so that the documentation and the test of who may call what see them all. A test compares it with the folder. */
export const routeModules: readonly Record<string, unknown>[] = [
  account,
  audit,
  guideMd,
  guideZip,
  guideSectionsBySlug,
  guideSections,
  invite,
  knowledge,
  knowledgeFacets,
  knowledgeByEntryId,
  knowledgeByEntryIdIssues,
  knowledgeByEntryIdPublish,
  knowledgeByEntryIdSubmit,
  knowledgeByEntryIdReject,
  knowledgeByEntryIdRevisions,
  knowledgeByEntryIdRevisionsByN,
  knowledgeByEntryIdRevisionsByNRestore,
  knowledgeByEntryIdRetire,
  knowledgeByEntryIdVerify,
  me,
  openapiJson,
  projectsByProjectIdKeysByKeyId,
  projectsByProjectIdKeys,
  projectsByProjectId,
  projects,
  settings,
  setup,
  tokensByTokenId,
  tokens,
  usersByUserId,
  users,
];

export const routes: readonly RouteHandler['definition'][] = routeModules.flatMap((module) =>
  (Object.values(module) as RouteHandler[]).map((handler) => handler.definition),
);
