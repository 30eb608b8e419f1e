import { lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { ChatPage } from './chat/ChatPage';
import { useTexts } from './i18n';
import { Frame } from './layout/Frame';
import { Main } from './layout/Main';
import { homeFor } from './layout/places';
import { SessionGate } from './session/SessionGate';
import { useMe } from './session/session';

// The chat comes with the page; what fewer people open first is fetched when they do.
const LibraryPage = lazy(() => import('./prompts/LibraryPage'));
const PromptPage = lazy(() => import('./prompts/PromptPage'));
const SourcesPage = lazy(() => import('./sources/SourcesPage'));
const DocumentPage = lazy(() => import('./sources/DocumentPage'));
const FunctionsPage = lazy(() => import('./functions/FunctionsPage'));
const RunPage = lazy(() => import('./functions/RunPage'));
const UsageArea = lazy(() => import('./usage/UsageArea'));
const AdminArea = lazy(() => import('./admin/AdminArea'));
const ProfilePage = lazy(() => import('./admin/ProfilePage'));
const OperationsArea = lazy(() => import('./operations/OperationsArea'));

export function App() {
  const say = useTexts();
  return (
    <SessionGate>
      <Frame>
        <Suspense fallback={<p className="page kern-body">{say('loading')}</p>}>
          <Routes>
            <Route index element={<Home />} />
            <Route path="/chat/:conversationId?" element={<ChatPage />} />
            <Route path="/functions" element={<FunctionsPage />} />
            <Route path="/functions/:id" element={<RunPage />} />
            <Route path="/library" element={<LibraryPage />} />
            <Route path="/library/:id" element={<PromptPage />} />
            <Route path="/sources" element={<SourcesPage />} />
            <Route path="/sources/documents/:id" element={<DocumentPage />} />
            <Route path="/usage/*" element={<UsageArea />} />
            <Route path="/admin/*" element={<AdminArea />} />
            <Route path="/operations/*" element={<OperationsArea />} />
            <Route path="/profile" element={<ProfilePage />} />
            <Route path="/help" element={<Text title={say('help')} text={say('helpText')} />} />
            <Route path="/accessibility" element={<Text title={say('accessibility')} text={say('accessibilityText')} />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </Frame>
    </SessionGate>
  );
}

function Home() {
  return <Navigate to={homeFor(useMe().roles)} replace />;
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <Main title={title}>
      <p className="kern-body">{text}</p>
    </Main>
  );
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
