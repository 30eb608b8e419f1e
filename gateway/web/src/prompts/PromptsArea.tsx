import { Route, Routes } from 'react-router';
import './prompts.css';
import EditorPage from './EditorPage';
import LibraryPage from './LibraryPage';
import PackagesPage from './PackagesPage';
import PromptPage from './PromptPage';
import ReviewPage from './ReviewPage';
import ReviewsPage from './ReviewsPage';
import VersionsPage from './VersionsPage';

/** The prompt library: finding and using prompts, writing them, and the second pair of eyes. */
export default function PromptsArea() {
  return (
    <Routes>
      <Route index element={<LibraryPage />} />
      <Route path="new" element={<EditorPage />} />
      <Route path="reviews" element={<ReviewsPage />} />
      <Route path="reviews/:id" element={<ReviewPage />} />
      <Route path="packages" element={<PackagesPage />} />
      <Route path=":id" element={<PromptPage />} />
      <Route path=":id/edit" element={<EditorPage />} />
      <Route path=":id/versions" element={<VersionsPage />} />
    </Routes>
  );
}
