import { areaTexts } from '../i18n';

export const useOperationsTexts = areaTexts(
  {
    area: 'Betrieb',
    tenant: 'Mandant',
  },
  {
    area: 'Operations',
    tenant: 'Tenant',
  },
);
