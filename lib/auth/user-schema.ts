import { z } from 'zod';
import { roleSchema, scopeSchema } from './permissions';

export const emailSchema = z.string().trim().toLowerCase().pipe(z.email('expected an e-mail address'));
export const passwordSchema = z.string().min(10, 'expected at least 10 characters').max(200);
export const nameSchema = z.string().trim().min(1, 'expected a name').max(100);

export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  /** `invited` until a password is set or a provider used; `disabled` people cannot sign in. */
  status: z.enum(['active', 'invited', 'disabled']),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime().nullable(),
});
export type User = z.infer<typeof userSchema>;

export const inviteInputSchema = z.object({ email: emailSchema, name: nameSchema, role: roleSchema });
/** The link is shown once; only its hash is kept. */
export const invitedSchema = userSchema.extend({ invite_path: z.string() });

export const userUpdateSchema = z.object({
  role: roleSchema.optional(),
  name: nameSchema.optional(),
  disabled: z.boolean().optional(),
});
export const accountUpdateSchema = z.object({
  name: nameSchema.optional(),
  current_password: z.string().max(200).optional(),
  new_password: passwordSchema.optional(),
});

export const meSchema = z.object({
  kind: z.enum(['user', 'token', 'system']),
  id: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema.nullable(),
  scopes: z.array(scopeSchema),
});
export type Me = z.infer<typeof meSchema>;

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(scopeSchema),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
});
export type ApiTokenDto = z.infer<typeof tokenSchema>;

export const tokenInputSchema = z.object({
  name: nameSchema,
  scopes: z.array(scopeSchema).min(1, 'expected at least one of read, write, review, admin'),
  expires_at: z.iso.datetime().nullish(),
});
/** `token` is shown once. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() });

export const setupInputSchema = z.object({
  token: z.string().min(1),
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema,
  project_name: z.string().trim().min(1, 'expected a name for the first project').max(100),
});
export const acceptInviteSchema = z.object({
  token: z.string().min(1),
  password: passwordSchema,
  name: nameSchema.optional(),
});
