import '@kern-ux/native/dist/kern.min.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiError } from './api/client';
import { App } from './App';
import { startLanguage } from './i18n';
import { showTheme } from './layout/theme';
import './styles.css';

const queries = new QueryClient({
  defaultOptions: {
    // What the platform refused it refuses again; only a broken network is tried twice.
    queries: { staleTime: 15_000, retry: (count, error) => !(error instanceof ApiError) && count < 2 },
  },
});

showTheme();
await startLanguage();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
