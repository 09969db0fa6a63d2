import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { serviceWorker } from './service-worker/plugin.js';

/** `LAMPLIGHT_SERVER` is the address of a running server for `vite dev`. */
const server = process.env.LAMPLIGHT_SERVER ?? 'http://127.0.0.1:8080';

/**
 * React Aria carries its few texts for screen readers in some thirty languages; this page speaks two. A language that is
 * left out falls back to English there.
 */
const ownLanguagesOnly: Plugin = {
  name: 'own-languages-only',
  enforce: 'pre',
  load: (id) =>
    /\/react-(aria|aria-components|stately)\/.*\/intl\/.*\/[a-z]{2}-[A-Z]{2}\.m?js$/.test(id) &&
    !/(en-US|zh-CN)\.m?js$/.test(id)
      ? 'export default {};'
      : null,
};

/** The page reads by schemas and describes none: what makes JSON Schema of them stays out. */
const noJsonSchema: Plugin = {
  name: 'no-json-schema',
  enforce: 'pre',
  load: (id) => {
    const none = "() => { throw new Error('there is no JSON Schema in the page'); }";
    if (/\/zod\/v4\/core\/json-schema-processors\.js$/.test(id)) {
      return `export const allProcessors = {}; export const toJSONSchema = ${none};`;
    }
    if (!/\/zod\/v4\/core\/to-json-schema\.js$/.test(id)) return null;
    return `
      export const createToJSONSchemaMethod = () => ${none};
      export const createStandardJSONSchemaMethod = () => ${none};
      export const initializeContext = ${none};
      export const processSchema = ${none};
      export { processSchema as process };
      export const extractDefs = ${none};
      export const finalize = ${none};
    `;
  },
};

export default defineConfig({
  base: '/',
  plugins: [ownLanguagesOnly, noJsonSchema, react(), serviceWorker],
  /** Workspace packages are taken from their sources, so that the page needs no build of them. */
  resolve: { conditions: ['lamplight-source', ...defaultClientConditions] },
  /** MapLibre's worker is an ES module. */
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
