import { useMe } from '../session/session';
import { useTexts } from '../i18n';
import { usePromptTexts, type PromptText } from './texts';

const scopes: Record<string, PromptText> = {
  private: 'scopePrivate',
  department: 'scopeDepartment',
  tenant: 'scopeTenant',
  land: 'scopeLand',
  all: 'scopeAll',
};

export const variableTypes = {
  text: 'typeText',
  'long-text': 'typeLongText',
  number: 'typeNumber',
  date: 'typeDate',
  boolean: 'typeBoolean',
  choice: 'typeChoice',
  list: 'typeList',
  document: 'typeDocument',
  collection: 'typeCollection',
} as const satisfies Record<string, PromptText>;

export const functions = ['chat', 'summarise', 'research', 'draft', 'translate'] as const;

/** How the service's words are called here. */
export function useNames() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const me = useMe();
  return {
    scopeName: (scope: string) =>
      scope.startsWith('department:')
        ? sayHere('scopeDepartmentOf', scope.slice('department:'.length))
        : sayHere(scopes[scope] ?? 'scopePrivate'),
    functionName: (name: string) => say(functions.find((known) => known === name) ?? 'chat'),
    // The service knows people by their ids only.
    personName: (id: string) => sayHere(id === me.userId ? 'byYou' : 'bySomebody'),
  };
}
