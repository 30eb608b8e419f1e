import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the page alone and asks a running platform for everything else.
const platform = process.env.LLMOIN_URL ?? 'http://localhost:8080';

/** Leaves a compressed copy beside each text, which the gateway sends as it is. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html|svg)$/.test(name)))
        writeFileSync(`${dir}/${file}.br`, brotliCompressSync(readFileSync(`${dir}/${file}`)));
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // Everything comes from a file of its own: the page's content security policy knows no data: fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs comes in one file, not in one for each set of pages that share it.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack)\/|src\/(api|components|i18n|session|layout\/(Main|Area|theme))/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/v1', '/auth', '/openid', '/account'].map((path) => [path, { target: platform, changeOrigin: false }]),
    ),
  },
  // A minute, as a test waits for nothing but the machine, which may be busy.
  test: { environment: 'node', include: ['src/**/*.test.ts'], testTimeout: 60_000 },
});
