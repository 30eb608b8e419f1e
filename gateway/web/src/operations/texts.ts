import { areaTexts } from '../i18n';
import { german } from './texts.de';
import { english } from './texts.en';

export const useOperationsTexts = areaTexts(german, english);

export type OperationsText = keyof typeof german;
