import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../src/program.js';

export interface CliRun {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON value on standard output; throws when there is anything else. */
  json(): unknown;
}

/** Runs one command line inside this process, with streams of its own. */
export async function cli(
  args: readonly string[],
  options: {
    readonly stdin?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<CliRun> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const told = Promise.all([collect(stdout), collect(stderr)]);
  const exit = await runCli(args, {
    stdin: Readable.from([options.stdin ?? '']),
    stdout,
    stderr,
    environment: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...options.environment },
    interrupted: options.signal ?? new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await told;
  return { exit, stdout: out, stderr: err, json: () => JSON.parse(out) };
}

async function collect(stream: PassThrough): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** A folder that is gone after the work. */
export async function makeFolder(): Promise<{
  path: string;
  file(name: string): string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'lamplight-cli-test-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A value that must be there; a test that lacks it fails here. */
export function sure<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Error('the value is missing');
  return value;
}

/** What lies at a path inside a JSON value; `undefined` where there is nothing. */
export function valueAt(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(String(key))
        : undefined,
    json,
  );
}

/** A list at a path inside a JSON value; none where there is no list. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = valueAt(json, ...path);
  return Array.isArray(value) ? value : [];
}
