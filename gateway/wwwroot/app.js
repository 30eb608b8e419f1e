import { isGerman, say, translatePage } from './texts.js';
import { events } from './events.js';

const $ = id => document.getElementById(id);
const show = (id, visible) => { $(id).hidden = !visible; };

/** Asks our own API; a failure throws with what the problem says, in the reader's language where it is there. */
async function call(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { 'X-LLMoin-CSRF': '1', ...options.headers } });
  if (response.ok) return response;
  if (response.status === 401) signedOut();
  const problem = await response.json().catch(() => ({}));
  const text = problem.error?.message ?? ((isGerman && (problem.detailDe ?? problem.titleDe)) || problem.detail || problem.title);
  throw new Error(text ?? `HTTP ${response.status}`);
}

function signedOut() {
  $('who').textContent = '';
  show('sign-in', true);
  show('sign-out', false);
  show('work', false);
}

async function start() {
  translatePage();
  if (new URLSearchParams(location.search).get('sign-in') === 'failed') $('notice').textContent = say('signInFailed');
  const response = await fetch('/auth/me');
  if (!response.ok) return signedOut();
  const me = await response.json();
  $('who').textContent = say('signedInAs', me.name, me.tenant);
  show('sign-out', true);
  show('work', true);
  const models = await (await call('/v1/models')).json();
  $('model').replaceChildren(...models.data.filter(model => !/embed/i.test(model.id)).map(model => new Option(model.name ?? model.id, model.id)));
}

async function upload(form) {
  $('uploaded').textContent = say('uploading');
  const response = await call('/api/retrieval/documents', { method: 'POST', body: new FormData(form), headers: { Prefer: 'wait=10' } });
  const document = await response.json();
  if (document.status === 'failed') throw new Error(document.reason ?? '');
  $('uploaded').textContent = say(document.status === 'ready' ? 'ready' : 'processing', document.title);
}

let running = null;

async function ask(form) {
  $('answer').textContent = '';
  $('sources').replaceChildren();
  show('sources-title', false);
  $('progress').textContent = say('waiting');
  running = new AbortController();
  show('stop', true);
  $('send').disabled = true;
  try {
    const { model, question } = Object.fromEntries(new FormData(form));
    const response = await call('/v1/chat/completions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: question }], stream: true, stream_options: { include_usage: true } }),
      signal: running.signal,
    });
    $('progress').textContent = say(await relay(response) ? 'done' : 'cutOff');
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    $('progress').textContent = say('stopped');
  } finally {
    show('stop', false);
    $('send').disabled = false;
  }
}

/** Shows a stream as it comes; true where it ended as a whole answer does. */
async function relay(response) {
  let finished = false;
  for await (const { data, comment } of events(response.body)) {
    const [, position] = comment.match(/^queue-position (\d+)/) ?? [];
    if (position) $('progress').textContent = say('queued', position);
    if (!data) continue;
    if (data === '[DONE]') return finished;
    const chunk = JSON.parse(data);
    if (chunk.error) throw new Error(chunk.error.message);
    const choice = chunk.choices?.[0];
    if (choice?.delta?.content) {
      $('progress').textContent = say('writing');
      $('answer').append(choice.delta.content);
    }
    if (choice?.finish_reason) finished = true;
    list(chunk.llmoin?.citations);
  }
  return false;
}

function list(sources) {
  if (!sources?.length) return;
  show('sources-title', true);
  $('sources').replaceChildren(...sources.map(source => {
    const item = document.createElement('li');
    if (source.number) item.value = source.number; // as [n] in the text
    const link = document.createElement('a');
    const query = source.end > 0 ? `?start=${source.start}&end=${source.end}` : '';
    link.href = `/api/retrieval/documents/${encodeURIComponent(source.document_id)}/content${query}`;
    link.textContent = [source.title, source.heading_path].filter(Boolean).join(', ');
    item.append(link);
    return item;
  }));
}

async function usage() {
  const report = await (await call('/api/billing/usage')).json();
  if (report.items.length === 0) { $('usage').textContent = say('noUsage'); return; }
  const table = document.createElement('table');
  const line = (values, kind) => {
    const row = table.insertRow();
    for (const value of values) row.append(Object.assign(document.createElement(kind), { textContent: value ?? '' }));
  };
  line(say('usageColumns').split('|'), 'th');
  for (const entry of report.items) {
    line([new Date(entry.occurredAt).toLocaleString(document.documentElement.lang), entry.purpose, entry.model, entry.promptTokens, entry.completionTokens], 'td');
  }
  $('usage').replaceChildren(table);
}

/** Runs an action and says where it failed, there where the reader looks. */
const guarded = (place, action) => async event => {
  event.preventDefault();
  try { await action(event.currentTarget); } catch (error) { $(place).textContent = say('failed', error.message); }
};

$('upload').addEventListener('submit', guarded('uploaded', upload));
$('ask').addEventListener('submit', guarded('progress', ask));
$('stop').addEventListener('click', () => running?.abort());
$('show-usage').addEventListener('click', guarded('usage', usage));
$('sign-out').addEventListener('click', guarded('notice', async () => {
  location.href = (await (await call('/auth/logout', { method: 'POST' })).json()).location;
}));
start().catch(error => { $('notice').textContent = say('failed', error.message); });
