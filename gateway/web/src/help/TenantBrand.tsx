import { pictureUrl, useTenantName, useTenantSettings } from './useTenant';

/** Whose platform it is: the tenant's logo, where it has one, and its name. */
export function TenantBrand() {
  const name = useTenantName();
  const logo = useTenantSettings().data?.letterhead?.logo;
  if (!name) return null;
  return (
    <span className="tenant">
      {logo && <img src={pictureUrl(logo)} alt="" className="tenant__logo" />}
      <span className="tenant__name">{name}</span>
    </span>
  );
}
