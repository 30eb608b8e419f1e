import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Deletion } from '../../components/Deletion';
import { List } from '../../components/List';
import { useCommonTexts } from '../../components/texts';
import { date, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { useAdminTexts } from '../texts';
import type { Assistant } from '../types';
import { AssistantForm } from './AssistantForm';
import { audienceName } from './audience';

/** Assistants that the reader may use, and change where they are theirs to change. */
export default function AssistantsPage() {
  const say = useAdminTexts();
  const common = useCommonTexts();
  const words = useTexts();
  const { list, items } = usePages<Assistant>('assistants', '/api/chat/assistants');
  const [edited, setEdited] = useState<Assistant | 'new'>();
  const [deleted, setDeleted] = useState<Assistant>();
  const functionName = (name: string) =>
    name === 'summarise' || name === 'research' || name === 'draft' || name === 'translate' ? words(name) : words('chat');
  return (
    <Main title={say('assistants')} lead={say('assistantsLead')} wide>
      <Button label={say('newAssistant')} icon="add" kind="primary" onClick={() => setEdited('new')} />
      <List
        pages={list}
        items={items}
        label={say('assistants')}
        empty={say('noAssistants')}
        heads={[say('assistantName'), say('function'), say('audience'), say('model'), say('changed'), say('actions')]}
      >
        {(assistant) => (
          <tr key={assistant.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {assistant.name}
              {assistant.description && <p className="kern-body kern-body--small">{assistant.description}</p>}
            </th>
            <td className="kern-table__cell">{functionName(assistant.function)}</td>
            <td className="kern-table__cell">{audienceName(say, assistant.audience)}</td>
            <td className="kern-table__cell">{assistant.model ?? say('anyModel')}</td>
            <td className="kern-table__cell">{date(assistant.updatedAt)}</td>
            <td className="kern-table__cell kern-table__cell--action">
              {assistant.mayChange && (
                <>
                  <Button
                    label={common('editOf', assistant.name)}
                    kind="tertiary"
                    icon="edit"
                    iconOnly
                    onClick={() => setEdited(assistant)}
                  />
                  <Button
                    label={common('deleteOf', assistant.name)}
                    kind="tertiary"
                    icon="delete"
                    iconOnly
                    onClick={() => setDeleted(assistant)}
                  />
                </>
              )}
            </td>
          </tr>
        )}
      </List>
      {edited && <AssistantForm assistant={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {deleted && (
        <Deletion
          title={say('deleteAssistant', deleted.name)}
          text={say('deleteAssistantText')}
          path={`/api/chat/assistants/${deleted.id}`}
          changes={['assistants']}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </Main>
  );
}
