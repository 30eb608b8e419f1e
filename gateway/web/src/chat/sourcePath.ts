import type { Citation } from '../api/types';

/** Where a cited passage is read: the document, opened at the passage. */
export function sourcePath({ documentId, start, end }: Pick<Citation, 'documentId' | 'start' | 'end'>): string {
  return `/sources/documents/${documentId}${end > 0 ? `?start=${start}&end=${end}` : ''}`;
}
