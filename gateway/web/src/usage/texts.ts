import { areaTexts } from '../i18n';
import { german } from './texts.de';
import { english } from './texts.en';

export const useUsageTexts = areaTexts(german, english);

export type UsageText = keyof typeof german;
