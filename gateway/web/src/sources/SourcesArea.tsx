import { Route, Routes } from 'react-router';
import ConnectionsPage from './ConnectionsPage';
import DocumentPage from './DocumentPage';
import './sources.css';
import SourcesPage from './SourcesPage';

/** Documents and the collections that they lie in, how they are read, and where they are mirrored from. */
export default function SourcesArea() {
  return (
    <Routes>
      <Route index element={<SourcesPage />} />
      <Route path="documents/:id" element={<DocumentPage />} />
      <Route path="connections" element={<ConnectionsPage />} />
    </Routes>
  );
}
