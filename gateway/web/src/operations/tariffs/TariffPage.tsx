import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { getJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Problem } from '../../components/Problem';
import { useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { dayName } from '../../usage/format';
import { useOperationsTexts } from '../texts';
import type { Tariff } from '../types';
import { Prices } from './Prices';
import { TariffForm } from './TariffForm';

/** A tariff with all its versions, newest first. */
export default function TariffPage() {
  const say = useOperationsTexts();
  const words = useTexts();
  const { id = '' } = useParams();
  const tariff = useQuery({ queryKey: ['tariffs', id], queryFn: ({ signal }) => getJson<Tariff>(`/api/billing/tariffs/${id}`, signal) });
  const [isMaking, setMaking] = useState(false);
  if (!tariff.data)
    return (
      <Main title={say('tariff')} lead={tariff.isPending ? words('loading') : undefined}>
        <Problem error={tariff.error} retry={() => void tariff.refetch()} />
      </Main>
    );
  return (
    <Main title={tariff.data.name} lead={say('tariffsLead')}>
      <Button label={say('newVersion')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      {tariff.data.versions.map(({ version, validFrom, prices }) => (
        <section key={version} className="section">
          <h2 className="kern-heading-medium">{say('version', version, dayName(validFrom))}</h2>
          <Prices prices={prices} />
        </section>
      ))}
      {isMaking && <TariffForm tariff={tariff.data} onClose={() => setMaking(false)} />}
    </Main>
  );
}
