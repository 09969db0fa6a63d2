import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** `LAMPLIGHT_SERVER` is the address of a running server for `vite dev`. */
const server = process.env.LAMPLIGHT_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/',
  plugins: [react()],
  /** Workspace packages are taken from their sources, so that the page needs no build of them. */
  resolve: { conditions: ['lamplight-source', ...defaultClientConditions] },
  /** MapLibre's worker is an ES module. */
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
