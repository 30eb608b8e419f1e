import { Link } from 'react-router';
import { useTexts } from '../i18n';
import { useMe } from '../session/session';
import { Main } from './Main';
import { homeFor } from './places';

/** Somebody followed an address that is for other roles. */
export function Forbidden() {
  const say = useTexts();
  const me = useMe();
  return (
    <Main title={say('forbidden')} lead={say('forbiddenText')}>
      <Link className="kern-link" to={homeFor(me.roles)}>
        {say('toStart')}
      </Link>
    </Main>
  );
}
