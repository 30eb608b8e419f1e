import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Page, SourceDocument } from '../api/types';
import { Select } from '../components/Field';

/** One of the documents that one may read, the newest 200. */
export function DocumentChoice({
  label,
  value,
  isRequired,
  onChange,
}: {
  label: string;
  value: string;
  isRequired?: boolean;
  onChange: (id: string, title: string) => void;
}) {
  const documents = useQuery({
    queryKey: ['documents', 'ready'],
    queryFn: () => getJson<Page<SourceDocument>>('/api/retrieval/documents?limit=200&status=ready'),
  });
  return (
    <Select
      label={label}
      isOptional={!isRequired}
      required={isRequired}
      value={value}
      options={[['', ''], ...(documents.data?.items ?? []).map(({ id, title }): [string, string] => [id, title])]}
      onChange={({ target }) => onChange(target.value, documents.data?.items.find(({ id }) => id === target.value)?.title ?? '')}
    />
  );
}
