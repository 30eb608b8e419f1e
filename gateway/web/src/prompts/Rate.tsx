import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../api/client';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { number } from '../i18n';
import { usePromptTexts } from './texts';
import type { Rating } from './types';

/** What others think of a prompt, and one's own stars; nobody learns who gave which. */
export function Rate({ id }: { id: string }) {
  const sayHere = usePromptTexts();
  const queries = useQueryClient();
  const path = `/api/prompts/templates/${id}/rating`;
  const rating = useQuery({ queryKey: ['rating', id], queryFn: () => getJson<Rating>(path) });
  const rate = useMutation({
    mutationFn: (stars: number) => sendJson<Rating>('PUT', path, { stars }),
    onSuccess: (now) => {
      queries.setQueryData(['rating', id], now);
      return queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  if (!rating.data) return <Problem error={rating.error} />;
  const { count, stars, own } = rating.data;
  return (
    <div className="row row--bottom">
      <Select
        label={sayHere('yourRating')}
        value={String(own ?? 0)}
        options={[['0', sayHere('noRating')], ...[1, 2, 3, 4, 5].map((n): [string, string] => [`${n}`, sayHere('star', n)])]}
        onChange={(event) => rate.mutate(Number(event.target.value))}
      />
      <p className="kern-body kern-body--small">{stars ? sayHere('stars', number(stars), count) : sayHere('noStars')}</p>
      <Problem error={rate.error} />
    </div>
  );
}
