import { useState } from 'react';
import { Link } from 'react-router';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { List } from '../../components/List';
import { Main } from '../../layout/Main';
import { useOperationsTexts } from '../texts';
import type { Tariff } from '../types';
import { Assignments } from './Assignments';
import { TariffForm } from './TariffForm';

export default function TariffsPage() {
  const say = useOperationsTexts();
  const { list, items } = usePages<Pick<Tariff, 'id' | 'name'>>('tariffs', '/api/billing/tariffs');
  const [isMaking, setMaking] = useState(false);
  return (
    <Main title={say('tariffs')} lead={say('tariffsLead')} wide>
      <Button label={say('newTariff')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      <List pages={list} items={items} label={say('tariffs')} empty={say('noTariffs')} heads={[say('name')]}>
        {({ id, name }) => (
          <tr key={id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              <Link className="kern-link" to={`/operations/tariffs/${id}`}>
                {name}
              </Link>
            </th>
          </tr>
        )}
      </List>
      <Assignments tariffs={items} />
      {isMaking && <TariffForm onClose={() => setMaking(false)} />}
    </Main>
  );
}
