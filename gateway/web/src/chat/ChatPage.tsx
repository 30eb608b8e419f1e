import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { Button } from '../components/Button';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { isGoing } from './answer';
import { AnswerView } from './AnswerView';
import { Composer } from './Composer';
import { ConversationList } from './ConversationList';
import { ExportMenu } from './ExportMenu';
import { QuestionView } from './QuestionView';
import { StoredAnswer } from './StoredAnswer';
import { useChoice } from './useChoice';
import { useConversation } from './useConversation';

export function ChatPage() {
  const { conversationId } = useParams();
  const [isListOpen, setListOpen] = useState(false);
  return (
    <div className="chat">
      <ConversationList isOpen={isListOpen} onClose={() => setListOpen(false)} />
      <Chat key={conversationId ?? 'new'} conversationId={conversationId} onShowList={() => setListOpen(true)} />
    </div>
  );
}

/** One conversation. What is being written when another is opened goes on and is there when one comes back. */
function Chat({ conversationId, onShowList }: { conversationId: string | undefined; onShowList: () => void }) {
  const say = useTexts();
  const { conversation, shown, live, error, isLoading, messages, send, stop } = useConversation(conversationId);
  const { choice, setChoice } = useChoice();
  const title = conversation?.title || say(conversationId ? 'untitled' : 'newChat');
  useEffect(() => {
    document.title = `${title} – ${say('appName')}`;
  }, [title, say]);

  const end = shown.at(-1)?.message;
  const isBusy = !!live && isGoing(live.answer.state);
  const until = live ? shown.findIndex(({ message }) => message.id === live.after) + 1 : shown.length;
  const isEmpty = shown.length === 0 && !live && !isLoading;

  return (
    <main id="content" tabIndex={-1} className="chat__main">
      <div className="chat__head">
        <Button className="chat__show-list" label={say('showList')} kind="tertiary" icon="dehaze" iconOnly onClick={onShowList} />
        <h1 className="kern-title">{isEmpty ? say('askTitle') : title}</h1>
        {conversation && shown.length > 0 && <ExportMenu conversation={conversation} />}
      </div>
      <div className="chat__messages">
        {isEmpty && !error && <p className="kern-body">{say('askLead')}</p>}
        {isLoading && <p className="kern-body">{say('loading')}</p>}
        {shown.slice(0, until).map(({ message, siblings }, index) =>
          message.role === 'user' ? (
            <QuestionView
              key={message.id}
              message={message}
              siblings={siblings}
              messages={messages}
              isBusy={isBusy}
              onEdit={(question) => void send({ question, after: message.parentId ?? null, choice }).catch(() => undefined)}
            />
          ) : (
            <StoredAnswer
              key={message.id}
              message={message}
              siblings={siblings}
              messages={messages}
              isBusy={isBusy}
              onRegenerate={() => {
                const asked = shown[index - 1]?.message;
                if (asked) void send({ question: asked.content, after: asked.id, isRegeneration: true, choice }).catch(() => undefined);
              }}
            />
          ),
        )}
        {live && (
          <>
            {live.after !== shown.at(until - 1)?.message.id || shown.at(until - 1)?.message.role !== 'user' ? (
              <QuestionView text={live.question} />
            ) : null}
            <AnswerView answer={live.answer} />
          </>
        )}
        <Problem error={error} />
      </div>
      <Composer
        conversationId={conversationId}
        choice={choice}
        onChoice={setChoice}
        isBusy={isBusy}
        onStop={stop}
        onSend={(question) => send({ question, after: end?.id ?? null, choice })}
      />
    </main>
  );
}
