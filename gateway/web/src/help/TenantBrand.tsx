import type { ReactNode } from 'react';
import { useMe } from '../session/session';
import { pictureUrl, useTenantName, useTenantSettings } from './useTenant';

/** Whose platform it is: the tenant's logo, where it has one, and its name below the platform's. */
export function TenantBrand({ children }: { children: ReactNode }) {
  const me = useMe();
  const name = useTenantName();
  const logo = useTenantSettings().data?.letterhead?.logo;
  return (
    <div className="tenant">
      {logo && <img src={pictureUrl(logo)} alt="" className="tenant__logo" />}
      <div>
        {children}
        <div className="tenant__name">{name ?? me.tenant}</div>
      </div>
    </div>
  );
}
