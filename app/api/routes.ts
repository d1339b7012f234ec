import type { RouteHandler } from '@/lib/http/route.server';
import * as account from './v1/account/route';
import * as audit from './v1/audit/route';
import * as invite from './v1/invite/route';
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
  invite,
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
