import type { Collection, SourceDocument } from '../api/types';

/** What the retrieval service answers; services/Retrieval says more. */
export interface ManagedCollection extends Collection {
  owner: string;

  /** Told to who manages it. */
  readers?: string[] | null;
}

export interface UnreadPart {
  page?: number | null;
  lastPage?: number | null;
  name?: string | null;
  reason: string;
  reasonText?: string | null;
  reasonTextDe?: string | null;
}

export interface DocumentDetails extends SourceDocument {
  mediaType: string;
  owner: string;
  chunks: number;
  unread: UnreadPart[];
  ingestion?: {
    fileName: string;
    stage: 'waiting' | 'reading' | 'indexing' | 'failed';
    part?: string | null;
    page?: number | null;
    pages?: number | null;
    reasonText?: string | null;
    reasonTextDe?: string | null;
  } | null;
}

export interface Connection {
  id: string;
  name: string;
  kind: 'folder' | 'sharepoint';
  place: string;
  collectionId: string;
  state: 'waiting' | 'syncing' | 'synced' | 'failed';
  reasonText?: string | null;
  reasonTextDe?: string | null;
  syncedAt?: string | null;
}

export interface ConnectionDetails {
  source: Connection;
  counts: { items: number; ready: number; processing: number; failed: number };
  failures: {
    itemId: string;
    name?: string | null;
    webAddress?: string | null;
    reasonText?: string | null;
    reasonTextDe?: string | null;
    retryAt?: string | null;
  }[];
}
