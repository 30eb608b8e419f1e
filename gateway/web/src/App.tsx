import { lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { ChatPage } from './chat/ChatPage';
import { useTexts } from './i18n';
import { Frame } from './layout/Frame';
import { Main } from './layout/Main';
import { homeFor } from './layout/places';
import { useMe } from './session/session';

// The chat comes with the page; what fewer people open first is fetched when they do.
const PromptsArea = lazy(() => import('./prompts/PromptsArea'));
const SourcesArea = lazy(() => import('./sources/SourcesArea'));
const FunctionsPage = lazy(() => import('./functions/FunctionsPage'));
const RunPage = lazy(() => import('./functions/RunPage'));
const UsageArea = lazy(() => import('./usage/UsageArea'));
const AdminArea = lazy(() => import('./admin/AdminArea'));
const ProfilePage = lazy(() => import('./admin/ProfilePage'));
const OperationsArea = lazy(() => import('./operations/OperationsArea'));
const HelpPage = lazy(() => import('./help/HelpPage'));
const AccessibilityPage = lazy(() => import('./help/AccessibilityPage'));
const LegalPage = lazy(() => import('./help/LegalPage'));

/** All that is there for who is signed in. */
export default function App() {
  const say = useTexts();
  return (
    <Frame>
      <Suspense fallback={<p className="page kern-body">{say('loading')}</p>}>
        <Routes>
          <Route index element={<Home />} />
          <Route path="/chat/:conversationId?" element={<ChatPage />} />
          <Route path="/functions" element={<FunctionsPage />} />
          <Route path="/functions/:id" element={<RunPage />} />
          <Route path="/library/*" element={<PromptsArea />} />
          <Route path="/sources/*" element={<SourcesArea />} />
          <Route path="/usage/*" element={<UsageArea />} />
          <Route path="/admin/*" element={<AdminArea />} />
          <Route path="/operations/*" element={<OperationsArea />} />
          <Route path="/profile" element={<ProfilePage />} />
          <Route path="/help" element={<HelpPage />} />
          <Route path="/accessibility" element={<AccessibilityPage />} />
          <Route path="/imprint" element={<LegalPage part="imprint" />} />
          <Route path="/privacy" element={<LegalPage part="privacy" />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Frame>
  );
}

function Home() {
  return <Navigate to={homeFor(useMe().roles)} replace />;
}

function NotFound() {
  const say = useTexts();
  return (
    <Main title={say('notFound')}>
      <Link className="kern-link" to="/">
        {say('toStart')}
      </Link>
    </Main>
  );
}
