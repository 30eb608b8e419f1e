// What OpenAI-compatible front-ends expect of /v1, point by point, checked with the official client against a running platform.
// Environment: BASE_URL (…/v1), API_KEY; MODEL (default "extractive"), EMBEDDING_MODEL (default: first whose id has "embed"),
// SECOND_API_KEY (another user's key, for point 2), OPEN_ORIGIN (an origin allowed by Cors:Origins, for point 14).
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const baseURL = process.env.BASE_URL ?? 'http://localhost:8080/v1';
const apiKey = process.env.API_KEY;
const model = process.env.MODEL ?? 'extractive';
if (!apiKey) throw new Error('API_KEY is missing.');

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 60_000 });
const origin = new URL(baseURL).origin;
const ask = content => [{ role: 'user', content }];
const question = ask('Was kannst du?');

const raw = (path, body, headers = {}, method = body === undefined ? 'GET' : 'POST', signal = undefined) => fetch(baseURL + path, {
  method,
  signal,
  headers: { Authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
});

/** A stream read to its end: status, headers, and its events in order. */
async function stream(body, headers) {
  const response = await raw('/chat/completions', { model, messages: question, ...body, stream: true }, headers);
  const text = await response.text();
  const blocks = text.split('\n\n').filter(Boolean);
  const data = blocks.filter(block => block.startsWith('data: ')).map(block => block.slice(6));
  return { response, text, data, chunks: data.filter(item => item !== '[DONE]').map(item => JSON.parse(item)) };
}

/** Asserts that the promise fails as an API error of that status, and returns it. */
async function refused(promise, status) {
  const error = await promise.then(() => assert.fail('It was accepted.'), failure => failure);
  assert.ok(error instanceof OpenAI.APIError, String(error));
  assert.equal(error.status, status, error.message);
  return error;
}

const points = {
  'models, chat completions and embeddings answer under /v1 with bearer auth': async () => {
    const models = (await client.models.list()).data;
    assert.ok(models.some(item => item.id === model), `${model} is not listed`);
    const completion = await client.chat.completions.create({ model, messages: question });
    assert.equal(completion.object, 'chat.completion');
    assert.ok(completion.choices[0].message.content.length > 0);
    const embedding = process.env.EMBEDDING_MODEL ?? models.find(item => /embed/i.test(item.id))?.id;
    if (embedding) {
      const { data } = await client.embeddings.create({ model: embedding, input: ['eins', 'zwei'] });
      assert.equal(data.length, 2);
      assert.equal(data[1].index, 1);
      assert.ok(data[0].embedding.length > 1 && data[0].embedding.every(Number.isFinite));
    } else {
      // No embedding model is served: the route exists and says so in OpenAI's shape.
      const error = await refused(client.embeddings.create({ model: 'no-such-model', input: 'eins' }), 404);
      assert.equal(error.code, 'model_not_found');
    }
    await refused(new OpenAI({ baseURL, apiKey: 'llmoin_wrong', maxRetries: 0 }).models.list(), 401);
  },

  'the model list has its shape, is per user, is not cached and is quick': async () => {
    let [response, list, fastest] = [null, null, Infinity];
    // A busy machine makes one of them slow, not all three.
    for (let time = 0; time < 3; time++) {
      const begin = performance.now();
      response = await raw('/models?user=somebody');
      list = await response.json();
      fastest = Math.min(fastest, performance.now() - begin);
    }
    assert.ok(fastest < 5000, `${fastest} ms`);
    assert.equal(list.object, 'list');
    for (const item of list.data) {
      assert.equal(item.object, 'model');
      assert.equal(typeof item.id, 'string');
      assert.equal(typeof item.created, 'number');
      assert.equal(typeof item.owned_by, 'string');
    }
    assert.doesNotMatch(response.headers.get('cache-control') ?? '', /public|max-age=[1-9]/);
    if (process.env.SECOND_API_KEY) assert.equal((await raw('/models', undefined, { Authorization: `Bearer ${process.env.SECOND_API_KEY}` })).status, 200);
  },

  'front-end headers that name a user grant nothing and break nothing': async () => {
    const headers = {
      'X-OpenWebUI-User-Name': encodeURIComponent('Jörg Müller'), 'X-OpenWebUI-User-Id': '1', 'X-OpenWebUI-User-Email': 'admin@example.org',
      'X-OpenWebUI-User-Role': 'admin', 'X-OpenWebUI-Chat-Id': crypto.randomUUID(), 'X-OpenWebUI-User-Jwt': 'e30.e30.e30',
    };
    const me = async extra => (await fetch(`${origin}/api/identity/me`, { headers: { Authorization: `Bearer ${apiKey}`, ...extra } })).json();
    assert.deepEqual(await me(headers), await me({}));
    assert.equal((await raw('/chat/completions', { model, messages: question }, headers)).status, 200);
    for (const [name, value] of Object.entries(headers)) assert.equal((await fetch(`${baseURL}/models`, { headers: { [name]: value } })).status, 401);
  },

  'streams carry the headers that keep proxies from buffering': async () => {
    const { response } = await stream({});
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    assert.match(response.headers.get('cache-control'), /no-cache/);
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
  },

  'chunks have string content, one finish reason, the role first and [DONE] last': async () => {
    const { chunks, data } = await stream({});
    assert.equal(data.at(-1), '[DONE]');
    const choices = chunks.flatMap(chunk => chunk.choices);
    assert.equal(choices[0].delta.role, 'assistant');
    assert.ok(choices.every(choice => choice.delta.content === undefined || typeof choice.delta.content === 'string'));
    assert.equal(choices.filter(choice => choice.finish_reason).length, 1);
    assert.equal(new Set(chunks.map(chunk => chunk.id)).size, 1);
    let text = '';
    for await (const chunk of await client.chat.completions.create({ model, messages: question, stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
    assert.ok(text.length > 0);
  },

  'usage comes in a last chunk without choices, and only when asked for': async () => {
    const asked = (await stream({ stream_options: { include_usage: true } })).chunks;
    const last = asked.at(-1);
    assert.deepEqual(last.choices, []);
    assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens);
    assert.ok(last.usage.completion_tokens > 0);
    assert.ok((await stream({})).chunks.every(chunk => !chunk.usage && chunk.choices.length === 1));
  },

  'tool-call deltas carry an index, or tools that must be called are refused': async () => {
    const tools = [{ type: 'function', function: { name: 'clock', parameters: { type: 'object', properties: {} } } }];
    const { chunks } = await stream({ tools, tool_choice: 'auto' });
    for (const call of chunks.flatMap(chunk => chunk.choices).flatMap(choice => choice.delta.tool_calls ?? [])) assert.equal(typeof call.index, 'number');
    const response = await raw('/chat/completions', { model, messages: question, tools, tool_choice: 'required' });
    const body = await response.json();
    if (response.ok) assert.ok(body.choices[0].message.tool_calls.length > 0);
    else assert.deepEqual([response.status, body.error.param], [400, 'tool_choice']);
  },

  'errors have the error object and a request id, and are never sent as a stream': async () => {
    const unknown = await refused(client.chat.completions.create({ model: 'no-such-model', messages: question, stream: true }), 404);
    assert.equal(unknown.code, 'model_not_found');
    assert.equal(unknown.param, 'model');
    assert.ok(unknown.requestID);
    const cases = [
      ['/chat/completions', '{"model":', 400], ['/chat/completions', { model, messages: 'x' }, 400], ['/chat/completions', { model, messages: [] }, 400],
      ['/chat/completions', { messages: question }, 400], ['/no/such/route', undefined, 404], ['/chat/completions', { model, messages: ask('x'.repeat(2_000_000)) }, 413],
    ];
    for (const [path, body, status] of cases) {
      const response = await raw(path, body, { 'x-request-id': 'contract-0001' });
      assert.equal(response.status, status, `${path} ${JSON.stringify(body)?.slice(0, 60)}`);
      assert.match(response.headers.get('content-type'), /^application\/json/);
      assert.equal(response.headers.get('x-request-id'), 'contract-0001');
      const { error } = await response.json();
      for (const name of ['message', 'type', 'code']) assert.equal(typeof error[name], 'string', name);
      assert.ok('param' in error);
    }
    assert.equal((await raw('/chat/completions', undefined)).status, 405);
    const form = await raw('/chat/completions', 'model=x', { 'Content-Type': 'application/x-www-form-urlencoded' });
    assert.ok([400, 415].includes(form.status), String(form.status));
  },

  '429 says when to come back, in OpenAI\'s shape': async () => {
    // More at once than one user's slots; whoever is refused must be told when to try again.
    const leave = new AbortController();
    const answers = await Promise.all(Array.from({ length: 40 }, () => raw('/chat/completions', { model, messages: ask('Fasse zusammen: ' + 'Ein Satz. '.repeat(2000)), stream: true }, {}, 'POST', leave.signal)));
    const tooMany = answers.filter(answer => answer.status === 429);
    for (const answer of tooMany) {
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
      assert.equal((await answer.json()).error.type, 'rate_limit_error');
    }
    assert.ok(answers.every(answer => [200, 429].includes(answer.status)));
    leave.abort();
    if (tooMany.length === 0) return 'no limit was reached with 40 at once: lower Limits:UserConcurrentGenerations to see it';
  },

  'a reader who leaves frees the slot': async () => {
    for (let round = 0; round < 20; round++) {
      const answer = await client.chat.completions.create({ model, messages: question, stream: true });
      for await (const chunk of answer) if (chunk) break;
      answer.controller.abort();
    }
    // Were slots kept, the user's would be gone by now.
    const limit = performance.now() + 3000;
    while (true) {
      const response = await raw('/chat/completions', { model, messages: question });
      if (response.ok) break;
      assert.equal(response.status, 429);
      assert.ok(performance.now() < limit, 'slots were not freed');
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  },

  'all usual parameters are taken, unknown ones ignored, images refused where the model is blind': async () => {
    const completion = await client.chat.completions.create({
      model, user: 'u', stop: ['###'], seed: 1, temperature: 0.2, top_p: 0.9, n: 1, max_completion_tokens: 200, tool_choice: 'none', presence_penalty: 0,
      frequency_penalty: 0, logit_bias: {}, parallel_tool_calls: true, reasoning_effort: 'low', response_format: { type: 'text' }, no_such_parameter: { a: 1 },
      messages: [{ role: 'system', content: 'Antworte kurz.' }, { role: 'user', content: [{ type: 'text', text: 'Was kannst du?' }] }],
    });
    assert.equal(completion.choices.length, 1);
    await client.chat.completions.create({ model, messages: question, max_tokens: 50, stop: '###' });
    const image = [{ role: 'user', content: [{ type: 'text', text: 'Was ist das?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] }];
    const blind = await raw('/chat/completions', { model, messages: image });
    if (!blind.ok) assert.match((await blind.json()).error.param, /^messages\[0\]\.content/);
    for (const type of ['json_object', 'json_schema']) {
      const schema = type === 'json_schema' ? { json_schema: { name: 'x', schema: { type: 'object' } } } : {};
      const response = await raw('/chat/completions', { model, messages: question, response_format: { type, ...schema } });
      const body = await response.json();
      if (response.ok) JSON.parse(body.choices[0].message.content);
      else assert.deepEqual([response.status, body.error.param], [400, 'response_format']);
    }
    assert.equal((await refused(client.chat.completions.create({ model, messages: question, n: 2 }), 400)).param, 'n');
  },

  'marked side calls of front-ends are shown apart in the usage': async () => {
    const mark = 'title';
    const { id } = await client.chat.completions.create({ model, messages: question, metadata: { task: mark } });
    const limit = performance.now() + 60_000;
    while (true) {
      const response = await fetch(`${origin}/api/billing/usage?limit=200`, { headers: { Authorization: `Bearer ${apiKey}` } });
      assert.equal(response.status, 200);
      const entry = (await response.json()).items.find(item => `chatcmpl-${item.usageId.replaceAll('-', '')}` === id);
      if (entry) {
        assert.equal(entry.purpose, mark);
        break;
      }
      assert.ok(performance.now() < limit, 'the usage does not show it');
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  },

  'an idempotency key gives the same answer again and refuses another question': async () => {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const first = await client.chat.completions.create({ model, messages: question }, { headers });
    const second = await client.chat.completions.create({ model, messages: question }, { headers });
    assert.equal(second.id, first.id);
    assert.equal(second.choices[0].message.content, first.choices[0].message.content);
    const other = await raw('/chat/completions', { model, messages: ask('Etwas anderes?') }, headers);
    assert.equal(other.status, 409);
    assert.equal(other.headers.get('x-should-retry'), 'false');
  },

  'other origins are locked out unless configured': async () => {
    const preflight = from => raw('/chat/completions', undefined, { Origin: from, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' }, 'OPTIONS');
    const closed = await preflight('https://evil.example');
    assert.equal(closed.headers.get('access-control-allow-origin'), null);
    assert.equal(closed.headers.get('access-control-allow-credentials'), null);
    if (process.env.OPEN_ORIGIN) assert.equal((await preflight(process.env.OPEN_ORIGIN)).headers.get('access-control-allow-origin'), process.env.OPEN_ORIGIN);
  },
};

let failed = 0;
for (const [index, [description, check]] of Object.entries(points).entries()) {
  try {
    const remark = await check();
    console.log(`ok ${index + 1} ${description}${remark ? ` (${remark})` : ''}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${index + 1} ${description}\n  ${String(error.stack ?? error).split('\n').slice(0, 6).join('\n  ')}`);
  }
}
console.log(`${Object.keys(points).length - failed} of ${Object.keys(points).length} points hold`);
process.exitCode = failed === 0 ? 0 : 1;
