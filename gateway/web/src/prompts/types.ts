import type { TemplateVariable } from '../api/types';

/** What the prompts service answers; services/Prompts says more. */
export interface Prompt {
  id: string;
  scope: string;
  tenant: string;
  owner: string;
  name: string;

  /** The newest for its owner and editors, the published one for others. */
  version: number;
  publishedVersion?: number | null;
  title: string;
  titleEn: string;
  description: string;
  descriptionEn: string;
  language: string;
  category: string;
  tags: string[];
  function: string;
  modelHints?: object | null;
  body: string;
  variables: TemplateVariable[];
  examples: object[];
  author: string;
  savedAt: string;
  deprecatedAt?: string | null;
  origin?: { publisher: string; importedAt: string } | null;
}

export interface Version {
  version: number;
  title: string;
  author: string;
  savedAt: string;
  published: boolean;
}

export interface Diff {
  from: number;
  to: number;
  fields: { name: string; before: string; after: string }[];
  body: DiffLine[];
}

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  line: number;
  text: string;
}

export interface Submission {
  id: string;
  templateId: string;
  version: number;
  tenant: string;
  scope: string;
  submitter: string;
  note: string;
  state: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  decider?: string | null;
  reason: string;
  submittedAt: string;
  decidedAt?: string | null;
}

export interface Rating {
  count: number;
  stars?: number | null;
  own?: number | null;
}

export interface Rendering {
  text: string;
  function: string;
  documents: string[];
  collections: string[];
}

/** Who one is to the identity service: the session does not know the departments. */
export interface Person {
  userId: string;
  departments: string[];
}
