import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson } from '../api/client';
import type { Collection, Model, Page } from '../api/types';
import type { Choice } from './useConversation';

const STORED = 'llmoin.choice';

export function useModels() {
  return useQuery({
    queryKey: ['models'],
    queryFn: async () => (await getJson<{ data: Model[] }>('/v1/models')).data.filter((model) => !/embed|rerank/i.test(model.id)),
  });
}

export function useCollections() {
  return useQuery({
    queryKey: ['collections'],
    queryFn: async () => (await getJson<Page<Collection>>('/api/retrieval/collections?limit=200')).items,
  });
}

/** Model and sources as chosen last, where they are still there. */
export function useChoice() {
  const models = useModels().data;
  const collections = useCollections().data;
  const [stored, setStored] = useState<Choice>(
    () => JSON.parse(localStorage.getItem(STORED) ?? '{"model":"","sources":"everywhere"}') as Choice,
  );
  const choice: Choice = {
    model: (models?.find(({ id }) => id === stored.model) ?? models?.[0])?.id ?? stored.model,
    sources: stored.sources === 'off' || collections?.some(({ id }) => id === stored.sources) ? stored.sources : 'everywhere',
  };
  return {
    choice,
    setChoice: (next: Choice) => {
      localStorage.setItem(STORED, JSON.stringify(next));
      setStored(next);
    },
  };
}
