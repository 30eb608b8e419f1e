import { date, language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { Markdown } from '../markdown/Markdown';
import { useMe } from '../session/session';
import { CHECKED, statement } from './accessibility';
import { useHelpTexts } from './texts';
import { useTenantName, useTenantSettings } from './useTenant';

/** The statement that German law asks for, with the tenant's own address. */
export default function AccessibilityPage() {
  const say = useTexts();
  const sayHere = useHelpTexts();
  const me = useMe();
  const name = useTenantName() ?? me.tenant;
  const head = useTenantSettings().data?.letterhead;
  const contact = head ? [head.name, ...head.lines].map(plain).join('  \n') : sayHere('noContact');
  return (
    <Main title={say('accessibility')}>
      <Markdown text={statement(language(), plain(name), contact, date(CHECKED))} />
    </Main>
  );
}

/** What a tenant set as lines stays lines: nothing of it is Markdown. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>#$|~]/g, '\\$&');
