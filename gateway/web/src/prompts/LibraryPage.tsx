import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Page, TemplateEntry } from '../api/types';
import { Button } from '../components/Button';
import { TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { language, number, useTexts } from '../i18n';
import { Main } from '../layout/Main';

/** The title and description in the reader's language, where they are there. */
export const titleOf = (template: TemplateEntry) => (language() === 'en' && template.titleEn) || template.title;
export const descriptionOf = (template: TemplateEntry) => (language() === 'en' && template.descriptionEn) || template.description;

export default function LibraryPage() {
  const say = useTexts();
  const [query, setQuery] = useSearchParams();
  const [search, setSearch] = useState(query.get('search') ?? '');
  const asked = new URLSearchParams(query);
  asked.set('limit', '30');
  const list = useInfiniteQuery({
    queryKey: ['templates', query.toString()],
    queryFn: ({ pageParam }) =>
      getJson<Page<TemplateEntry>>(`/api/prompts/templates?${asked}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const narrow = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next);
  };

  return (
    <Main title={say('library')} lead={say('libraryLead')} wide>
      <form
        className="row row--bottom"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          narrow('search', search.trim());
        }}
      >
        <TextField
          label={say('searchLibrary')}
          type="search"
          value={search}
          maxLength={200}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button label={say('search')} type="submit" icon="search" />
        <label className="check">
          <input
            type="checkbox"
            checked={query.get('favourites') === 'true'}
            onChange={(event) => narrow('favourites', event.target.checked ? 'true' : '')}
          />{' '}
          {say('onlyFavourites')}
        </label>
      </form>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {items.length === 0 && !list.isPending && <p className="kern-body">{say('noPrompts')}</p>}
      <ul className="cards">
        {items.map((template) => (
          <Card key={template.id} template={template} onCategory={(category) => narrow('category', category)} />
        ))}
      </ul>
      {list.hasNextPage && <Button label={say('more')} onClick={() => void list.fetchNextPage()} />}
    </Main>
  );
}

function Card({ template, onCategory }: { template: TemplateEntry; onCategory: (category: string) => void }) {
  const say = useTexts();
  const queries = useQueryClient();
  const title = titleOf(template);
  const toggle = async () => {
    await sendJson(template.favourite ? 'DELETE' : 'PUT', `/api/prompts/templates/${template.id}/favourite`);
    await queries.invalidateQueries({ queryKey: ['templates'] });
  };
  return (
    <li className="card">
      <h2 className="kern-title">
        <Link className="kern-link" to={`/library/${template.id}`}>
          {title}
        </Link>
      </h2>
      <p className="kern-body kern-body--small">{descriptionOf(template)}</p>
      <p className="row">
        <button type="button" className="kern-badge kern-badge--info" onClick={() => onCategory(template.category)}>
          <span className="kern-label kern-label--small">{template.category}</span>
        </button>
        <span className="kern-body kern-body--small">{say('usedTimes', number(template.uses))}</span>
        {template.stars && <span className="kern-body kern-body--small">{say('rating', number(template.stars))}</span>}
        <Button
          label={say(template.favourite ? 'removeFavourite' : 'addFavourite', title)}
          kind="tertiary"
          icon={template.favourite ? 'check' : 'add'}
          iconOnly
          aria-pressed={template.favourite}
          onClick={() => void toggle()}
        />
      </p>
    </li>
  );
}
