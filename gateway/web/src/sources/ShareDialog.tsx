import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../api/client';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { isPersonId, useReaders } from './readers';
import { useSourceTexts } from './texts';
import type { ManagedCollection } from './types';

/** Who reads a collection: everybody, departments, people. */
export function ShareDialog({ collection, onClose }: { collection: ManagedCollection; onClose: () => void }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const queries = useQueryClient();
  const { managesMany, people, departments, ownDepartments, nameOf } = useReaders();
  const [readers, setReaders] = useState(collection.readers ?? []);
  const [person, setPerson] = useState('');
  const [isWrong, setWrong] = useState(false);
  const share = useMutation({
    mutationFn: () => sendJson('PATCH', `/api/retrieval/collections/${collection.id}`, { readers }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['collections'] });
      onClose();
    },
  });
  const add = (reader: string) => setReaders((all) => (all.includes(reader) ? all : [...all, reader]));
  const many = [...(managesMany ? ['tenant'] : []), ...(managesMany ? departments : ownDepartments).map((one) => `department:${one}`)];
  const missing = many.filter((reader) => !readers.includes(reader));
  const addPerson = (id: string) => {
    setWrong(!isPersonId(id));
    if (!isPersonId(id)) return;
    add(`user:${id.trim().toLowerCase()}`);
    setPerson('');
  };

  return (
    <Dialog
      title={sayHere('shareTitle', collection.name)}
      action={say('save')}
      isBusy={share.isPending || readers.length === 0}
      onClose={onClose}
      onAction={() => share.mutate()}
    >
      <p className="kern-body">{sayHere('shareLead')}</p>
      <h3 className="kern-title">{sayHere('readers')}</h3>
      {readers.length === 0 && <p className="kern-body">{sayHere('noReaders')}</p>}
      <ul className="list">
        {readers.map((reader) => (
          <li key={reader} className="row">
            <span>{nameOf(reader)}</span>
            {reader !== collection.owner && (
              <Button
                label={sayHere('removeReader', nameOf(reader))}
                kind="tertiary"
                icon="close"
                iconOnly
                onClick={() => setReaders((all) => all.filter((other) => other !== reader))}
              />
            )}
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <p className="row">
          {missing.map((reader) => (
            <Button key={reader} label={nameOf(reader)} icon="add" onClick={() => add(reader)} />
          ))}
        </p>
      )}
      {people ? (
        <Select
          label={sayHere('person')}
          value=""
          options={[
            ['', sayHere('choosePerson')],
            ...people.filter(({ id }) => !readers.includes(`user:${id}`)).map(({ id, name }): [string, string] => [id, name]),
          ]}
          onChange={(event) => event.target.value && add(`user:${event.target.value}`)}
        />
      ) : (
        <div className="row row--bottom">
          <TextField
            label={sayHere('personById')}
            hint={sayHere('personHint')}
            isOptional
            value={person}
            spellCheck={false}
            error={isWrong ? sayHere('notAnId') : undefined}
            onChange={(event) => setPerson(event.target.value)}
          />
          <Button label={sayHere('addReader')} icon="add" onClick={() => addPerson(person)} />
        </div>
      )}
      <Problem error={share.error} />
    </Dialog>
  );
}
