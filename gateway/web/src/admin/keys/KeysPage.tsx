import { usePages } from '../../api/usePages';
import { Main } from '../../layout/Main';
import { useAdminTexts } from '../texts';
import type { ApiKey } from '../types';
import { KeyList } from './KeyList';

/** Everybody's keys, for the tenant's administration. */
export default function KeysPage() {
  const say = useAdminTexts();
  const { list, items } = usePages<ApiKey>('api-keys', '/api/identity/api-keys');
  return (
    <Main title={say('keys')} lead={say('keysLead')} wide>
      <KeyList pages={list} keys={items} showsOwner />
    </Main>
  );
}
