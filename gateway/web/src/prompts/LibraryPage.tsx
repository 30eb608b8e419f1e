import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Page, TemplateEntry } from '../api/types';
import { Button } from '../components/Button';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { language, number, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { functions, useNames } from './names';
import { useRights } from './rights';
import { usePromptTexts } from './texts';
import type { Submission } from './types';
import { useCategories } from './useCategories';

/** The title and description in the reader's language, where they are there. */
const titleOf = (template: TemplateEntry) => (language() === 'en' && template.titleEn) || template.title;
const descriptionOf = (template: TemplateEntry) => (language() === 'en' && template.descriptionEn) || template.description;

const FILTERS = ['search', 'scope', 'function', 'category', 'tag', 'favourites'];

export default function LibraryPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const rights = useRights();
  const { scopeName, functionName } = useNames();
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
  const filter = (name: string) => ({
    value: query.get(name) ?? '',
    onChange: (event: { target: { value: string } }) => narrow(name, event.target.value),
  });
  const isNarrowed = FILTERS.some((name) => query.has(name));
  const categories = useCategories(query.get('category'));

  return (
    <Main title={say('library')} lead={say('libraryLead')} wide>
      <p className="row">
        <Link className="kern-btn kern-btn--primary" to="/library/new">
          <span className="kern-icon kern-icon--add" aria-hidden="true" />
          <span className="kern-label">{sayHere('newPrompt')}</span>
        </Link>
        <ReviewsLink />
        {rights.mayExport && (
          <Link className="kern-link" to="/library/packages">
            {sayHere('packages')}
          </Link>
        )}
      </p>
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
      </form>
      <div className="row row--bottom">
        <Select
          label={sayHere('scope')}
          options={[['', say('all')], ...['private', 'department', 'tenant', 'land', 'all'].map(named(scopeName))]}
          {...filter('scope')}
        />
        <Select label={sayHere('function')} options={[['', say('all')], ...functions.map(named(functionName))]} {...filter('function')} />
        <Select label={say('category')} options={[['', say('all')], ...categories.map(named((name) => name))]} {...filter('category')} />
        <Select
          label={sayHere('sort')}
          options={[
            ['', sayHere(query.has('search') ? 'sortRelevance' : 'sortTitle')],
            ...(query.has('search') ? [['title', sayHere('sortTitle')] as [string, string]] : []),
            ['popular', sayHere('sortPopular')],
            ['recent', sayHere('sortRecent')],
          ]}
          {...filter('sort')}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={query.get('favourites') === 'true'}
            onChange={(event) => narrow('favourites', event.target.checked ? 'true' : '')}
          />{' '}
          {say('onlyFavourites')}
        </label>
        {isNarrowed && (
          <Button
            label={sayHere('resetFilters')}
            kind="tertiary"
            onClick={() => {
              setSearch('');
              setQuery({});
            }}
          />
        )}
      </div>
      {!isNarrowed && <Recent />}
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.isPending && <p className="kern-body">{say('loading')}</p>}
      {items.length === 0 && list.isSuccess && <p className="kern-body">{say('noPrompts')}</p>}
      <ul className="cards">
        {items.map((template) => (
          <Card key={template.id} template={template} onTag={(tag) => narrow('tag', tag)} />
        ))}
      </ul>
      {list.hasNextPage && <Button label={say('more')} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} />}
    </Main>
  );
}

const named = (name: (value: string) => string) => (value: string): [string, string] => [value, name(value)]; // prettier-ignore

/** To the submissions; who decides sees how many wait. */
function ReviewsLink() {
  const sayHere = usePromptTexts();
  const rights = useRights();
  const waiting = useQuery({
    queryKey: ['submissions', 'pending'],
    queryFn: () => getJson<Page<Submission>>('/api/prompts/submissions?state=pending&limit=200'),
    enabled: rights.mayReview,
  });
  const count = waiting.data?.items.filter(rights.mayDecide).length ?? 0;
  return (
    <Link className="kern-link" to="/library/reviews">
      {count > 0 ? sayHere('reviewsWaiting', number(count)) : sayHere('reviews')}
    </Link>
  );
}

/** The last used, on one line. */
function Recent() {
  const sayHere = usePromptTexts();
  const recent = useQuery({
    queryKey: ['templates', 'recent'],
    queryFn: () => getJson<{ items: TemplateEntry[] }>('/api/prompts/templates/recent'),
  });
  const items = recent.data?.items.slice(0, 5) ?? [];
  if (items.length === 0) return null;
  return (
    <nav aria-label={sayHere('recent')}>
      <h2 className="kern-title kern-title--small">{sayHere('recent')}</h2>
      <ul className="row list">
        {items.map((template) => (
          <li key={template.id}>
            <Link className="kern-link" to={`/library/${template.id}`}>
              {titleOf(template)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Card({ template, onTag }: { template: TemplateEntry; onTag: (tag: string) => void }) {
  const say = useTexts();
  const queries = useQueryClient();
  const { scopeName } = useNames();
  const title = titleOf(template);
  const toggle = useMutation({
    mutationFn: () => sendJson(template.favourite ? 'DELETE' : 'PUT', `/api/prompts/templates/${template.id}/favourite`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
  return (
    <li className="card">
      <h2 className="kern-title">
        <Link className="kern-link" to={`/library/${template.id}`}>
          {title}
        </Link>
      </h2>
      <p className="kern-body kern-body--small">{descriptionOf(template)}</p>
      <p className="row">
        {template.tags.map((tag) => (
          <button key={tag} type="button" className="kern-badge kern-badge--info" onClick={() => onTag(tag)}>
            <span className="kern-label kern-label--small">{tag}</span>
          </button>
        ))}
      </p>
      <p className="row kern-body--small">
        <span>{[scopeName(template.scope), template.category].filter(Boolean).join(' · ')}</span>
        {template.uses > 0 && <span>{say('usedTimes', number(template.uses))}</span>}
        {template.stars && <span>{say('rating', number(template.stars))}</span>}
        <button
          type="button"
          className="star"
          aria-pressed={template.favourite}
          aria-label={say(template.favourite ? 'removeFavourite' : 'addFavourite', title)}
          title={say(template.favourite ? 'removeFavourite' : 'addFavourite', title)}
          disabled={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          {template.favourite ? '★' : '☆'}
        </button>
      </p>
      <Problem error={toggle.error} />
    </li>
  );
}
