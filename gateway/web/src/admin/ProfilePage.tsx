import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson } from '../api/client';
import { usePages } from '../api/usePages';
import { Button } from '../components/Button';
import { Problem } from '../components/Problem';
import { Main } from '../layout/Main';
import { useMe } from '../session/session';
import { KeyForm } from './keys/KeyForm';
import { KeyList } from './keys/KeyList';
import { useRoleNames } from './roles';
import { Secret } from './Secret';
import { useAdminTexts } from './texts';
import type { ApiKey, WhoAmI } from './types';
import './admin.css';

/** Who the reader is to the platform, and the keys that act in their name. */
export default function ProfilePage() {
  const say = useAdminTexts();
  const me = useMe();
  const roleName = useRoleNames();
  const who = useQuery({ queryKey: ['who-am-i'], queryFn: ({ signal }) => getJson<WhoAmI>('/api/identity/me', signal) });
  return (
    <Main title={say('profile')} lead={say('profileLead', who.data?.userName ?? me.name)} wide>
      <Problem error={who.error} retry={() => void who.refetch()} />
      <dl className="kern-description-list">
        {[
          [say('name'), me.name],
          [say('tenant'), who.data?.tenantName ?? me.tenant],
          [say('roles'), me.roles.map(roleName).join(', ') || '–'],
          [say('departments'), who.data?.departments.join(', ') || '–'],
        ].map(([name, value]) => (
          <div key={name} className="kern-description-list-item">
            <dt className="kern-description-list-item__key">{name}</dt>
            <dd className="kern-description-list-item__value">{value}</dd>
          </div>
        ))}
      </dl>
      <Keys />
    </Main>
  );
}

function Keys() {
  const say = useAdminTexts();
  const me = useMe();
  const { list, items } = usePages<ApiKey>('api-keys', '/api/identity/api-keys');
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; key: string }>();
  return (
    <section>
      <h2 className="kern-heading-medium">{say('myKeys')}</h2>
      <p className="kern-body">{say('keysText')}</p>
      <Button label={say('newKey')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      {made && <Secret title={say('keyTitle', made.name)} text={say('keyText')} value={made.key} onDone={() => setMade(undefined)} />}
      {/* Administrators are sent everybody's. */}
      <KeyList pages={list} keys={items.filter((key) => key.userId === me.userId)} />
      {isMaking && <KeyForm onMade={setMade} onClose={() => setMaking(false)} />}
    </section>
  );
}
