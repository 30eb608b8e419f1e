import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import type { Page } from '../../api/types';
import { Select } from '../../components/Field';
import { useCommonTexts } from '../../components/texts';
import { useOperationsTexts } from '../texts';
import type { Tenant } from '../types';

/** The platform's tenants, up to 200. */
export function useTenants() {
  return useQuery({
    queryKey: ['tenants', 'names'],
    queryFn: ({ signal }) => getJson<Page<Tenant>>('/api/identity/tenants?limit=200', signal),
  });
}

/** One of the platform's tenants, or with `all` none in particular. */
export function TenantChoice({
  value,
  error,
  all,
  onChange,
}: {
  value: string;
  error?: string;
  all?: string;
  onChange: (tenant: string) => void;
}) {
  const say = useOperationsTexts();
  const common = useCommonTexts();
  const tenants = useTenants();
  return (
    <Select
      label={say('tenant')}
      value={value}
      error={error}
      options={[
        ['', all ?? common('chooseOne')],
        ...(tenants.data?.items ?? []).map(({ id, displayName }): [string, string] => [id, displayName]),
      ]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
