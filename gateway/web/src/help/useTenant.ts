import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';

/** What a tenant tells all its people. */
export interface TenantSettings {
  letterhead?: { name: string; lines: string[]; logo?: string | null } | null;
  imprint?: string | null;
  privacy?: string | null;
}

const forLong = { staleTime: 3_600_000, retry: false };

export const useTenantName = () =>
  useQuery({ queryKey: ['tenant', 'name'], queryFn: () => getJson<{ tenantName?: string | null }>('/api/identity/me'), ...forLong }).data
    ?.tenantName;

export const useTenantSettings = () =>
  useQuery({
    queryKey: ['tenant', 'settings'],
    queryFn: () => getJson<TenantSettings>('/api/identity/tenants/current/settings'),
    ...forLong,
  });

/** A picture that came as base64, which is PNG or JPEG, as an address. */
export const pictureUrl = (base64: string) => `data:image/${base64.startsWith('/9j/') ? 'jpeg' : 'png'};base64,${base64}`;
