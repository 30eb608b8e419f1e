import '@kern-ux/native/dist/kern.min.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { mayPass } from './api/client';
import { startLanguage } from './i18n';
import { showTheme } from './layout/theme';
import { SessionGate } from './session/SessionGate';
import './styles.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, error) => mayPass(error) && count < 2 },
  },
});

// Fetched while the gateway is asked who is there, and not waited for by who signs in.
const app = import('./App');
const App = lazy(() => app);

showTheme();
await startLanguage();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <SessionGate>
          <Suspense>
            <App />
          </Suspense>
        </SessionGate>
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
