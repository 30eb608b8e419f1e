import { areLines, toLines } from '../lines';
import type { TenantSettings } from '../types';

export const MAX_POLICY = 4000;
export const MAX_LOGO_BYTES = 200_000;
const MAX_MARKDOWN_BYTES = 20 * 1024;
const MAX_RETENTION_DAYS = 3650;
const MOST_LINES = 8;
const MAX_LINE = 200;

/** The settings as fields hold them. */
export interface Draft {
  policyText: string;
  retentionDays: string;
  imprint: string;
  privacy: string;
  name: string;
  lines: string;
  returnAddress: string;
  footerLines: string;
  logo: string | null;
}

export const toDraft = ({ policyText, retentionDays, imprint, privacy, letterhead }: TenantSettings): Draft => ({
  policyText: policyText ?? '',
  retentionDays: retentionDays ? String(retentionDays) : '',
  imprint: imprint ?? '',
  privacy: privacy ?? '',
  name: letterhead?.name ?? '',
  lines: letterhead?.lines.join('\n') ?? '',
  returnAddress: letterhead?.returnAddress ?? '',
  footerLines: letterhead?.footerLines.join('\n') ?? '',
  logo: letterhead?.logo ?? null,
});

/** Without a name there is no letterhead. */
export const toSettings = (draft: Draft): TenantSettings => ({
  policyText: draft.policyText,
  retentionDays: draft.retentionDays.trim() === '' ? null : Number(draft.retentionDays),
  imprint: draft.imprint,
  privacy: draft.privacy,
  letterhead:
    draft.name.trim() === ''
      ? null
      : {
          name: draft.name.trim(),
          lines: toLines(draft.lines),
          returnAddress: draft.returnAddress.trim(),
          footerLines: toLines(draft.footerLines),
          logo: draft.logo,
        },
});

/** Whether each field can be sent. */
export function isRight(draft: Draft) {
  const days = draft.retentionDays.trim();
  const isMarkdown = (text: string) => new TextEncoder().encode(text).length <= MAX_MARKDOWN_BYTES;
  const areFew = (text: string) => areLines(text, MOST_LINES, MAX_LINE);
  const restIsEmpty = !draft.logo && [draft.lines, draft.returnAddress, draft.footerLines].every((text) => text.trim() === '');
  return {
    policyText: draft.policyText.length <= MAX_POLICY,
    retentionDays: days === '' || (/^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= MAX_RETENTION_DAYS),
    imprint: isMarkdown(draft.imprint),
    privacy: isMarkdown(draft.privacy),
    name: draft.name.trim() === '' ? restIsEmpty : draft.name.trim().length <= MAX_LINE,
    lines: areFew(draft.lines),
    returnAddress: draft.returnAddress.trim().length <= MAX_LINE,
    footerLines: areFew(draft.footerLines),
  };
}
