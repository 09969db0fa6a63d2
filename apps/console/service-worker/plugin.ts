import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const SOURCE = fileURLToPath(new URL('worker.js', import.meta.url));

/** Writes `sw.js` beside the page, with the names of all files of this build. */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async generateBundle(_, bundle) {
    const files = Object.keys(bundle)
      .filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
      .map((name) => `/${name}`)
      .sort();
    const worker = await readFile(SOURCE, 'utf8');
    const version = createHash('sha256')
      .update(worker + files.join())
      .digest('hex')
      .slice(0, 16);
    this.emitFile({
      type: 'asset',
      fileName: 'sw.js',
      source: worker.replace('__VERSION__', version).replace('__FILES__', JSON.stringify(files, null, 2)),
    });
  },
};
