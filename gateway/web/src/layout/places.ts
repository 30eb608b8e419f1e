import type { TextKey } from '../i18n';

const staff = ['user', 'prompt-editor', 'prompt-approver', 'source-manager', 'tenant-admin'];

/** A part of the platform, and whom the services let in; the order is the navigation's. */
interface Place {
  path: string;
  text: TextKey;
  roles: string[];
}

const places: Place[] = [
  { path: '/chat', text: 'chat', roles: staff },
  { path: '/functions', text: 'functions', roles: staff },
  { path: '/library', text: 'library', roles: [...staff, 'operator'] },
  { path: '/sources', text: 'sources', roles: staff },
  { path: '/usage', text: 'usage', roles: [...staff, 'auditor'] },
  { path: '/admin', text: 'administration', roles: ['tenant-admin', 'prompt-editor', 'operator'] },
  { path: '/operations', text: 'operations', roles: ['operator'] },
];

export const hasOneOf = (roles: string[], wanted: string[]) => wanted.some((role) => roles.includes(role));

export const placesFor = (roles: string[]) => places.filter((place) => hasOneOf(roles, place.roles));

/** Where somebody starts: where their work is, and in any case on a page that they may see. */
export const homeFor = (roles: string[]) => ['/chat', '/operations', '/usage'].find((path) => mayOpen(path, roles)) ?? '/profile';

/** Whether the address is nobody's in particular, or one for these roles. */
export function mayOpen(pathname: string, roles: string[]): boolean {
  const place = places.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  return !place || hasOneOf(roles, place.roles);
}
