import { z } from 'zod';

/** Roles of people, weakest first. */
export const ROLES = ['viewer', 'engineer', 'reviewer', 'admin'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** What a call needs. Tokens carry scopes; a person's follow from the role. */
export const SCOPES = ['read', 'write', 'review', 'admin'] as const;
export const scopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  viewer: ['read'],
  engineer: ['read', 'write'],
  reviewer: ['read', 'write', 'review'],
  admin: ['read', 'write', 'review', 'admin'],
};

export const roleCan = (role: Role, scope: Scope): boolean => ROLE_SCOPES[role].includes(scope);
