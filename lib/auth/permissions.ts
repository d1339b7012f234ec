import { z } from 'zod';

/** Roles of people, weakest first. */
export const ROLES = ['viewer', 'engineer', 'reviewer', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** What a call needs. Tokens carry scopes; a person's follow from the role. */
export const SCOPES = ['read', 'write', 'review', 'admin'] as const;
export const scopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** One ladder: each scope holds those before it, so that a token that may publish can also read what it publishes. */
export const impliedScopes = (scope: Scope): readonly Scope[] => SCOPES.slice(0, SCOPES.indexOf(scope) + 1);

export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  viewer: impliedScopes('read'),
  engineer: impliedScopes('write'),
  reviewer: impliedScopes('review'),
  admin: impliedScopes('admin'),
};

export const roleCan = (role: Role, scope: Scope): boolean => ROLE_SCOPES[role].includes(scope);
