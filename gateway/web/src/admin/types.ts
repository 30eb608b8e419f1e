/** What identity and chat answer about people, keys, machines, settings and assistants. */

export interface User {
  id: string;
  userName: string;
  name: string;
  roles: string[];
  departments: string[];
  suspended: boolean;
}

export interface WhoAmI {
  userId: string;
  userName?: string | null;
  name: string;
  roles: string[];
  departments: string[];
  tenant: string;
  tenantName?: string | null;
}

/** `roles` is null for all that the owner has. */
export interface ApiKey {
  id: string;
  userId: string;
  userName: string;
  name: string;
  prefix: string;
  roles?: string[] | null;
  createdAt: string;
  expiresAt: string;
  revokedAt?: string | null;
  lastUsedAt?: string | null;
}

export interface MachineClient {
  id: string;
  clientId: string;
  name: string;
  roles: string[];
  createdAt: string;
}

/** `logo` is a PNG or JPEG in base64. */
export interface Letterhead {
  name: string;
  lines: string[];
  returnAddress: string;
  footerLines: string[];
  logo?: string | null;
}

export interface TenantSettings {
  policyText?: string | null;
  letterhead?: Letterhead | null;
  imprint?: string | null;
  privacy?: string | null;
  retentionDays?: number | null;
}

/** `audience` is `private`, `tenant` or `department:<id>`. */
export interface Assistant {
  id: string;
  audience: string;
  version: number;
  name: string;
  description: string;
  instruction: string;
  function: string;
  collectionIds: string[];
  model?: string | null;
  temperature?: number | null;
  maxTokens?: number | null;
  mayChange: boolean;
  updatedAt: string;
}
