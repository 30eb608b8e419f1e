import type { useAdminTexts } from '../texts';

const DEPARTMENT = 'department:';

export type AudienceKind = 'private' | 'tenant' | 'department';

/** `department:bau` as its kind and the department's id. */
export function readAudience(audience: string): { kind: AudienceKind; department: string } {
  if (audience.startsWith(DEPARTMENT)) return { kind: 'department', department: audience.slice(DEPARTMENT.length) };
  return { kind: audience === 'tenant' ? 'tenant' : 'private', department: '' };
}

export const writeAudience = (kind: AudienceKind, department: string) => (kind === 'department' ? DEPARTMENT + department.trim() : kind);

export function audienceName(say: ReturnType<typeof useAdminTexts>, audience: string): string {
  const { kind, department } = readAudience(audience);
  if (kind === 'department') return say('audienceDepartmentOf', department);
  return say(kind === 'tenant' ? 'audienceTenant' : 'audiencePrivate');
}
