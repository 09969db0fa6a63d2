import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { findErrorCode, StoreError } from '../errors.js';

/** How to reach the embedded server; kept in `postgres.json`, readable by the owner of the data folder alone. */
export interface ConnectionFacts {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const filePath = (data: string): string => join(data, 'postgres.json');

/** A URL that `pg` and other clients take. The server listens on the loopback address only. */
export function connectionString(facts: ConnectionFacts, database: string = facts.database): string {
  return `postgres://${facts.user}:${facts.password}@127.0.0.1:${facts.port}/${database}`;
}

/** The facts of the data folder, or `undefined` before the first start. Throws when they are not readable. */
export function findConnectionFacts(data: string): ConnectionFacts | undefined {
  let text: string;
  try {
    text = readFileSync(filePath(data), 'utf8');
  } catch (thrown) {
    if (findErrorCode(thrown) === 'ENOENT') return undefined;
    throw new StoreError('data-folder-unusable', `${filePath(data)} cannot be read by this user.`, {
      cause: thrown,
    });
  }
  const value: unknown = JSON.parse(text);
  if (!isConnectionFacts(value)) {
    throw new StoreError('data-folder-unusable', `${filePath(data)} is damaged: restore it from a backup.`);
  }
  return value;
}

function isConnectionFacts(value: unknown): value is ConnectionFacts {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<keyof ConnectionFacts, unknown>> = value;
  return (
    typeof fields.port === 'number' &&
    typeof fields.user === 'string' &&
    typeof fields.password === 'string' &&
    typeof fields.database === 'string'
  );
}

/** Replaces the file as a whole: a crash leaves the old facts or the new ones. */
export function writeConnectionFacts(data: string, facts: ConnectionFacts): void {
  const draft = `${filePath(data)}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${JSON.stringify(facts)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, filePath(data));
}
