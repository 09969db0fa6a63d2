import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findErrorCode, StoreError } from '../errors.js';
import { isAlive, processStart } from './processes.js';

interface Owner {
  readonly pid: number;
  readonly start: string;
}

/** Ownership of a data folder, held until `release` or the end of the process. */
export interface DataLock {
  release(): void;
}

/**
 * Makes this process the owner of `data`: a file `lamplight.lock` names its id and start time. The file is put in
 * place by `link`, which is atomic and fails when one is there. A file left by a process that was killed is
 * recognised, because no process has its id any more or one that started at another time has.
 *
 * Throws `data-folder-in-use`, naming the owner. Two containers that share a folder but not their process ids do
 * not see each other: give each container its own folder.
 */
export function acquireDataLock(data: string): DataLock {
  const path = join(data, 'lamplight.lock');
  const own: Owner = { pid: process.pid, start: processStart(process.pid) };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(own)}\n`, { mode: 0o600 });
  try {
    for (;;) {
      if (tryLink(draft, path)) break;
      const owner = findOwner(path);
      if (owner && isOwnerAlive(owner)) throw inUse(data, owner);
      discardStale(path, owner);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      const owner = findOwner(path);
      if (owner?.pid === own.pid && owner.start === own.start) rmSync(path, { force: true });
    },
  };
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if (findErrorCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

function findOwner(path: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('start' in value))
      return undefined;
    return typeof value.pid === 'number' && typeof value.start === 'string'
      ? { pid: value.pid, start: value.start }
      : undefined;
  } catch {
    return undefined;
  }
}

function isOwnerAlive(owner: Owner): boolean {
  return isAlive(owner.pid) && processStart(owner.pid) === owner.start;
}

/** Moves a stale file away; when another starter was quicker and the file is now its own, puts that back. */
function discardStale(path: string, stale: Owner | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (thrown) {
    if (findErrorCode(thrown) === 'ENOENT') return;
    throw thrown;
  }
  const moved = findOwner(aside);
  if (moved && (moved.pid !== stale?.pid || moved.start !== stale.start)) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function inUse(data: string, owner: Owner): StoreError {
  return new StoreError(
    'data-folder-in-use',
    `The data folder ${data} is in use by the process ${owner.pid}. Stop that process, or choose another folder with --data.`,
  );
}
