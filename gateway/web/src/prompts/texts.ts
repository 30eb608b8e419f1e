import { areaTexts } from '../i18n';
import { german } from './texts.de';
import { english } from './texts.en';

export const usePromptTexts = areaTexts(german, english);

export type PromptText = keyof typeof german;
