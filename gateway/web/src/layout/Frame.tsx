import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { sendJson } from '../api/client';
import { Announcer } from '../components/Announcer';
import { Button } from '../components/Button';
import { TenantBrand } from '../help/TenantBrand';
import { Tour } from '../help/Tour';
import { useTour } from '../help/tourState';
import { language, setLanguage, useTexts } from '../i18n';
import { useMe } from '../session/session';
import { Forbidden } from './Forbidden';
import { homeFor, mayOpen, placesFor } from './places';
import { currentTheme, setTheme } from './theme';

/** Head, navigation and foot around every page. */
export function Frame({ children }: { children: ReactNode }) {
  const say = useTexts();
  const me = useMe();
  const isOnline = useOnline();
  const { pathname } = useLocation();
  const isTourWanted = useTour();
  useFocusOnNewPage();
  return (
    <>
      <a className="skip-link kern-link" href="#content">
        {say('skipToContent')}
      </a>
      <header className="head">
        <TenantBrand>
          <Link to={homeFor(me.roles)} className="brand">
            <img src="/icon.svg" alt="" width="28" height="28" /> {say('appName')}
          </Link>
        </TenantBrand>
        <nav aria-label={say('mainNavigation')}>
          <ul>
            {placesFor(me.roles).map(({ path, text }) => (
              <li key={path}>
                <NavLink to={path} className="kern-link">
                  {say(text)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="head__tools">
          <Link to="/profile" className="kern-link who">
            {say('signedInAs', me.name)}
          </Link>
          <Button
            label={say('languageSwitch')}
            kind="tertiary"
            icon="language"
            onClick={() => void setLanguage(language() === 'de' ? 'en' : 'de')}
          />
          <ThemeSwitch />
          <Button label={say('signOut')} kind="tertiary" icon="logout" iconOnly onClick={() => void signOut()} />
        </div>
      </header>
      {!isOnline && (
        <div className="banner" role="status">
          {say('offline')}
        </div>
      )}
      {isTourWanted && <Tour />}
      {mayOpen(pathname, me.roles) ? children : <Forbidden />}
      <footer className="foot">
        <Link to="/help" className="kern-link kern-link--small">
          {say('help')}
        </Link>
        <Link to="/accessibility" className="kern-link kern-link--small">
          {say('accessibility')}
        </Link>
        <Link to="/imprint" className="kern-link kern-link--small">
          {say('imprint')}
        </Link>
        <Link to="/privacy" className="kern-link kern-link--small">
          {say('privacy')}
        </Link>
        <span className="kern-body kern-body--small">{say('answerCheck')}</span>
      </footer>
      <Announcer />
    </>
  );
}

function ThemeSwitch() {
  const say = useTexts();
  const [theme, set] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button
      label={say(other === 'dark' ? 'darkMode' : 'lightMode')}
      kind="tertiary"
      icon={other === 'dark' ? 'dark-mode' : 'light-mode'}
      iconOnly
      onClick={() => {
        setTheme(other);
        set(other);
      }}
    />
  );
}

async function signOut() {
  const { location } = await sendJson<{ location: string }>('POST', '/auth/logout');
  window.location.assign(location);
}

function useOnline() {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

/** A screen reader starts to read where a new page starts, as after a full load. */
function useFocusOnNewPage() {
  const { pathname } = useLocation();
  const place = pathname.split('/')[1];
  useEffect(() => {
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [place]);
}
