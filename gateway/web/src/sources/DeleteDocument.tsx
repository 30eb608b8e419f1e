import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../api/client';
import type { SourceDocument } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { useSourceTexts } from './texts';

/** Asks first; the service says who may. */
export function DeleteDocument({ document, isWide, onGone }: { document: SourceDocument; isWide?: boolean; onGone?: () => void }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', `/api/retrieval/documents/${document.id}`),
    onSuccess: async () => {
      announce(sayHere('deleted'));
      setAsking(false);
      onGone?.();
      await queries.invalidateQueries({ queryKey: ['documents'] });
      await queries.invalidateQueries({ queryKey: ['collections'] });
    },
  });
  return (
    <>
      <Button
        label={isWide ? say('delete') : `${say('delete')}: ${document.title}`}
        kind="tertiary"
        icon="delete"
        iconOnly={!isWide}
        onClick={() => setAsking(true)}
      />
      {isAsking && (
        <Dialog
          title={say('deleteDocument', document.title)}
          action={say('delete')}
          isBusy={remove.isPending}
          onClose={() => {
            setAsking(false);
            remove.reset();
          }}
          onAction={() => remove.mutate()}
        >
          <p className="kern-body">{say('deleteDocumentText')}</p>
          <Problem error={remove.error} />
        </Dialog>
      )}
    </>
  );
}
