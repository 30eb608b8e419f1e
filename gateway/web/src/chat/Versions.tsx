import { useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { sendJson } from '../api/client';
import type { Message } from '../api/types';
import { Button } from '../components/Button';
import { useTexts } from '../i18n';
import { endBelow } from './branches';

/** Turns to another version of a question or an answer. */
export function Versions({ message, siblings, messages }: { message: Message; siblings: Message[]; messages: Message[] }) {
  const say = useTexts();
  const queries = useQueryClient();
  const { conversationId } = useParams();
  if (siblings.length < 2) return null;
  const place = siblings.findIndex(({ id }) => id === message.id);
  const open = async (to: Message | undefined) => {
    if (!to) return;
    await sendJson('PATCH', `/api/chat/conversations/${conversationId}`, { leafId: endBelow(messages, to.id) });
    await queries.invalidateQueries({ queryKey: ['conversation', conversationId] });
  };
  return (
    <span className="versions">
      <Button
        label={say('previousVersion')}
        kind="tertiary"
        icon="chevron-left"
        iconOnly
        disabled={place === 0}
        onClick={() => void open(siblings[place - 1])}
      />
      <span>{say('otherVersion', place + 1, siblings.length)}</span>
      <Button
        label={say('nextVersion')}
        kind="tertiary"
        icon="chevron-right"
        iconOnly
        disabled={place === siblings.length - 1}
        onClick={() => void open(siblings[place + 1])}
      />
    </span>
  );
}
