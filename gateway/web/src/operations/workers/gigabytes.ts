import { language } from '../../i18n';

/** Bytes as gigabytes of 10⁹, to one decimal. */
export const gigabytes = (bytes: number) => `${(bytes / 1e9).toLocaleString(language(), { maximumFractionDigits: 1 })} GB`;
