/** What the services answer, as far as the page reads it. Their OpenAPI document says more. */

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface Me {
  userId: string;
  name: string;
  tenant: string;
  roles: string[];
  dashboardUrl?: string | null;
}

export interface Model {
  id: string;
  name?: string;
}

export interface Conversation {
  id: string;
  title: string;
  folderId?: string | null;
  pinned: boolean;
  archived: boolean;
  leafId?: string | null;
  runningAnswerId?: string | null;
  documentIds: string[];
  updatedAt: string;
}

export interface Folder {
  id: string;
  name: string;
  conversations: number;
}

export interface Citation {
  number: number;
  documentId: string;
  title: string;
  headingPath?: string | null;
  page?: number | null;
  start: number;
  end: number;
}

export interface Doubt {
  start: number;
  end: number;
  kind: 'no-such-source' | 'not-in-source' | 'without-source';
  missing: string[];
}

export interface Message {
  id: string;
  parentId?: string | null;
  role: 'user' | 'assistant';
  content: string;
  answerId?: string | null;
  model?: string | null;
  status?: string | null;
  citations: Citation[];
  doubts: Doubt[];
  rating?: 'up' | 'down' | null;
  createdAt: string;
}

export interface SearchHit {
  conversationId: string;
  title: string;
  snippet: { text: string; matches: { start: number; length: number }[] };
}

export interface Collection {
  id: string;
  name: string;
  mayUpload: boolean;
  mayManage: boolean;
  documents: number;
}

export interface SourceDocument {
  id: string;
  title: string;
  fileName: string;
  status: 'processing' | 'ready' | 'failed';
  reasonText?: string | null;
  reasonTextDe?: string | null;
  pages?: number | null;
  characters: number;
  unreadParts: number;
  visibility: string;
  collectionId?: string | null;
  createdAt: string;
  stage?: string | null;
  ingestion?: { stage: string; page?: number | null; pages?: number | null } | null;
  pageStarts?: number[];
}

export interface TemplateEntry {
  id: string;
  name: string;
  scope: string;
  version: number;
  title: string;
  titleEn: string;
  description: string;
  descriptionEn: string;
  category: string;
  tags: string[];
  function: string;
  language: string;
  uses: number;
  stars?: number | null;
  favourite: boolean;
}

export interface TemplateVariable {
  name: string;
  type: 'text' | 'long-text' | 'number' | 'date' | 'boolean' | 'choice' | 'list' | 'document' | 'collection';
  label: string;
  labelEn?: string;
  required: boolean;
  default?: unknown;
  choices?: string[];
}

export interface Template extends TemplateEntry {
  body: string;
  variables: TemplateVariable[];
}

export interface RunView {
  id: string;
  function: string;
  title: string;
  status: 'waiting' | 'running' | 'completed' | 'stopped' | 'failed';
  phase?: string | null;
  part?: number | null;
  parts?: number | null;
  text: string;
  result?: RunResult | null;
  error?: { code: string; text: string; textDe: string } | null;
  confirmedAt?: string | null;
  createdAt: string;
  version: number;
}

export interface RunResult {
  citations?: Citation[];
  coverage?: { documentId?: string; title?: string; read?: number[][]; missing?: unknown[] }[];
  doubts?: Doubt[];
  review?: unknown[];
  [fact: string]: unknown;
}
