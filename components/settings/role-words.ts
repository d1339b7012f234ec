import type { Role, Scope } from '@/lib/auth/permissions';
import type { SelectOption } from '../ui/select';

export const ROLE_OPTIONS: readonly SelectOption<Role>[] = [
  { value: 'viewer', label: 'Viewer', description: 'Reads everything, changes nothing.' },
  { value: 'engineer', label: 'Engineer', description: 'Works on issues, writes knowledge.' },
  { value: 'reviewer', label: 'Reviewer', description: 'Also accepts, rejects and publishes.' },
  { value: 'admin', label: 'Admin', description: 'Also manages projects, members and tokens.' },
];

export const ROLE_LABEL = Object.fromEntries(ROLE_OPTIONS.map((role) => [role.value, role.label])) as Record<
  Role,
  string
>;

export const SCOPE_WORDS: readonly { value: Scope; label: string; hint: string }[] = [
  { value: 'read', label: 'read', hint: 'See issues, knowledge, charts and the guide.' },
  { value: 'write', label: 'write', hint: 'Change issues, write and import knowledge.' },
  { value: 'review', label: 'review', hint: 'Accept and reject suggestions, publish entries.' },
  { value: 'admin', label: 'admin', hint: 'Manage projects, keys, members and tokens.' },
];
