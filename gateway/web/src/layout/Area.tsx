import { Suspense, type ReactNode } from 'react';
import { Navigate, NavLink, Route, Routes } from 'react-router';
import { useTexts } from '../i18n';
import { useMe } from '../session/session';
import { Forbidden } from './Forbidden';
import { Main } from './Main';
import { hasOneOf } from './places';

/** A page of an area. Those without a name are reached from others. */
export interface AreaPage {
  path: string;
  name?: string;
  roles: string[];
  element: ReactNode;
}

/** Several pages under one address with a navigation of their own, which names what the reader may open. */
export function Area({ base, name, pages }: { base: string; name: string; pages: AreaPage[] }) {
  const say = useTexts();
  const me = useMe();
  const named = pages.filter((page) => page.name && hasOneOf(me.roles, page.roles));
  return (
    <>
      {named.length > 1 && (
        <nav className="area" aria-label={name}>
          <ul>
            {named.map((page) => (
              <li key={page.path}>
                <NavLink className="kern-link kern-link--small" to={`${base}/${page.path}`}>
                  {page.name}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Suspense fallback={<Main title={name} lead={say('loading')} />}>
        <Routes>
          {pages.map((page) => (
            <Route key={page.path} path={page.path} element={hasOneOf(me.roles, page.roles) ? page.element : <Forbidden />} />
          ))}
          <Route index element={named[0] ? <Navigate to={`${base}/${named[0].path}`} replace /> : <Forbidden />} />
          <Route path="*" element={<Main title={say('notFound')} />} />
        </Routes>
      </Suspense>
    </>
  );
}
