import { areaTexts } from '../i18n';
import { german } from './texts.de';
import { english } from './texts.en';

export const useAdminTexts = areaTexts(german, english);

export type AdminText = keyof typeof german;
