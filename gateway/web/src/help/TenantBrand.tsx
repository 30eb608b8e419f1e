import { useMe } from '../session/session';
import { pictureUrl, useTenantName, useTenantSettings } from './useTenant';

/** Whose platform it is: the tenant's logo, where it has one, and its name. */
export function TenantBrand() {
  const me = useMe();
  const name = useTenantName();
  const logo = useTenantSettings().data?.letterhead?.logo;
  return (
    <span className="tenant">
      {logo && <img src={pictureUrl(logo)} alt="" className="tenant__logo" />}
      <span>{name ?? me.tenant}</span>
    </span>
  );
}
