import { useAdminTexts, type AdminText } from './texts';

/** The roles that people and machines can have, in the order in which forms show them. */
export const roles = ['user', 'prompt-editor', 'prompt-approver', 'source-manager', 'tenant-admin', 'auditor', 'operator'];

/** A role's name in the reader's language. */
export function useRoleNames() {
  const say = useAdminTexts();
  return (role: string) => (roles.includes(role) ? say(`role_${role.replaceAll('-', '_')}` as AdminText) : role);
}
