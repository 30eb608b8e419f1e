// Performance and accessibility of a running platform by Lighthouse, as it judges them: on a slowed-down phone ("mobile") and on a
// desktop. Exits with 1 where performance is below 95 or accessibility below 100.
//   node measure.mjs [http://localhost:8080] [user]
import { existsSync } from 'node:fs';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const platform = process.argv[2] ?? 'http://localhost:8080';
const user = process.argv[3] ?? 'anna@hamburg.example';
const chromePath = [process.env.LLMOIN_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

const unescape = (html) => html.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCharCode(parseInt(code, 16))).replaceAll('&amp;', '&');

/** The cookies of a browser that has gone the way through the provider's form. */
async function signIn() {
  const jar = new Map();
  const go = async (url, options = {}) => {
    const response = await fetch(new URL(url, platform), {
      redirect: 'manual',
      ...options,
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), ...options.headers },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      jar.set(name, value);
    }
    return response;
  };
  const follow = async (response) => {
    while (response.headers.get('location')) response = await go(response.headers.get('location'));
    return response;
  };
  const form = await (await follow(await go('/auth/login?returnUrl=/chat'))).text();
  const hidden = Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]),
  );
  const body = new URLSearchParams({ ...hidden, userName: user, password: 'llmoin-demo' });
  await follow(await go('/account/login', { method: 'POST', body, headers: { origin: platform } }));
  return [...jar].map((pair) => pair.join('=')).join('; ');
}

const cookie = await signIn();
const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox'] });
let failed = false;
for (const [name, path, headers] of [
  ['sign-in', '/', {}],
  ['chat', '/chat', { cookie }],
])
  for (const [form, config] of [
    ['mobile', undefined],
    ['desktop', desktopConfig],
  ]) {
    const { lhr } = await lighthouse(
      new URL(path, platform).href,
      { port: chrome.port, extraHeaders: headers, onlyCategories: ['performance', 'accessibility'], disableStorageReset: true, logLevel: 'error' },
      config,
    );
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    const metric = (audit) => lhr.audits[audit].displayValue?.replace(/\s/g, ' ');
    console.log(
      `${name}, ${form}: performance ${score('performance')}, accessibility ${score('accessibility')}; first paint ${metric('first-contentful-paint')}, ` +
        `largest ${metric('largest-contentful-paint')}, blocked ${metric('total-blocking-time')}, shift ${metric('cumulative-layout-shift')}`,
    );
    for (const { id } of lhr.categories.accessibility.auditRefs)
      if (lhr.audits[id].score === 0) console.log(`  ${id}: ${lhr.audits[id].details?.items?.map((item) => item.node?.snippet).join(' ')}`);
    failed ||= score('performance') < 95 || score('accessibility') < 100;
  }
await chrome.kill();
process.exit(failed ? 1 : 0);
