import { readFileSync } from 'node:fs';

/** The version of the package; the file lies beside `src` and `dist` alike. */
export const VERSION: string = readVersion(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
);

function readVersion(file: unknown): string {
  if (typeof file === 'object' && file !== null && 'version' in file) return String(file.version);
  throw new Error('package.json has no version');
}
