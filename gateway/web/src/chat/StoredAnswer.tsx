import { useState } from 'react';
import { sendJson } from '../api/client';
import type { Message } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { useTexts } from '../i18n';
import type { AnswerState, LiveAnswer } from './answer';
import { AnswerView } from './AnswerView';
import { Versions } from './Versions';

interface Props {
  message: Message;
  siblings: Message[];
  messages: Message[];
  isBusy: boolean;
  onRegenerate: () => void;
}

const states: Record<string, AnswerState> = { stopped: 'stopped', interrupted: 'interrupted', failed: 'interrupted' };

/** An answer of before, with what one does with it. */
export function StoredAnswer({ message, siblings, messages, isBusy, onRegenerate }: Props) {
  const say = useTexts();
  const [rating, setRating] = useState(message.rating ?? null);
  const answer: LiveAnswer = {
    state: states[message.status ?? ''] ?? 'done',
    text: message.content,
    reasoning: '',
    citations: message.citations,
    doubts: message.doubts,
  };
  const rate = async (verdict: 'up' | 'down') => {
    const next = rating === verdict ? null : verdict;
    setRating(next);
    const path = `/api/chat/answers/${message.answerId}/rating`;
    await (next ? sendJson('PUT', path, { verdict: next }) : sendJson('DELETE', path)).catch(() => setRating(rating));
  };
  return (
    <AnswerView
      answer={answer}
      tools={
        <>
          <Button
            label={say('copy')}
            kind="tertiary"
            icon="content-copy"
            iconOnly
            onClick={() => void navigator.clipboard.writeText(message.content).then(() => announce(say('copied')))}
          />
          <Button label={say('regenerate')} kind="tertiary" icon="autorenew" iconOnly disabled={isBusy} onClick={onRegenerate} />
          {message.answerId && (
            <>
              <Button
                label={say('good')}
                kind="tertiary"
                icon="check"
                iconOnly
                aria-pressed={rating === 'up'}
                onClick={() => void rate('up')}
              />
              <Button
                label={say('bad')}
                kind="tertiary"
                icon="close"
                iconOnly
                aria-pressed={rating === 'down'}
                onClick={() => void rate('down')}
              />
            </>
          )}
          <Versions message={message} siblings={siblings} messages={messages} />
        </>
      }
    />
  );
}
