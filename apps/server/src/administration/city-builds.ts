import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { instant } from '@lamplight/base';
import { CITY_PARTS, type CityBuild, type CityMap } from '@lamplight/contracts';
import type { Localized } from '@lamplight/domain';
import type { BaseLogger } from 'pino';
import { newId } from '../desk/ids.js';
import { Failure } from '../http/failure.js';
import type { CityBuildMessage, CityBuildTask } from './city-build-worker.js';
import { fileOfPart, partialOfPart } from './city-files.js';

/** The largest extract: what fits into one buffer. A province takes a tenth of it. */
export const LARGEST_EXTRACT = 2_000_000_000;
/** The parts of a city take less room than three times its extract; this much must be left besides, in bytes. */
const ROOM_FOR_PARTS = 3;
const ROOM_TO_SPARE = 64 * 1024 * 1024;

export interface CityBuilds {
  /**
   * Takes an extract and starts building when it is here whole; resolves then. Throws a {@link Failure} when one is
   * being built, when it is too large or the disk too full, or when the upload breaks off.
   */
  begin(upload: {
    readonly fileName: string;
    readonly bytes: number;
    readonly content: Readable;
    readonly by: string;
  }): Promise<CityBuild>;
  /** Stops the one under way; what there was before stays. False when there is none. */
  cancel(): Promise<boolean>;
  describe(): Promise<CityMap>;
  /** Resolves when nothing is being built. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface CityBuildOptions {
  /** Where the parts go: beside the network that the server was started with, or that it looks for at its next start. */
  readonly networkFile: string;
  /** A folder for the extract while it is being read. */
  readonly folder: string;
  readonly logger: Pick<BaseLogger, 'info' | 'error'>;
  /** Called when a build has ended, however. */
  readonly onEnd: (build: CityBuild) => void;
}

/** Makes a city's map from an uploaded extract, one at a time, on a thread of its own. */
export function createCityBuilds({ networkFile, folder, logger, onEnd }: CityBuildOptions): CityBuilds {
  const extract = join(folder, 'extract.upload');
  let build: CityBuild | null = null;
  /** Ends the step under way; set while there is one. */
  let stop: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();
  let restartNeeded = false;

  const change = (news: Partial<CityBuild>): CityBuild => {
    if (!build) throw new Error('there is no build');
    build = { ...build, ...news };
    return build;
  };
  const isCancelled = (): boolean => build?.state === 'cancelled';
  const fail = (code: string, message: Localized): CityBuild =>
    change({ state: 'failed', endedAt: instant(Date.now()), problem: { code, message } });
  const removeRests = async (): Promise<void> => {
    await rm(extract, { force: true });
    for (const part of CITY_PARTS) await rm(partialOfPart(networkFile, part), { force: true });
  };
  const end = async (): Promise<void> => {
    stop = null;
    await removeRests().catch((error: unknown) =>
      logger.error({ err: error }, 'rests of a map build remain'),
    );
    if (!build) return;
    const { state, fileName, bytes, problem } = build;
    logger.info({ state, fileName, bytes, problem: problem?.code }, 'a map build has ended');
    onEnd(build);
  };

  /** Receives the extract; false when it was cancelled on the way. */
  async function receive(content: Readable, bytes: number): Promise<boolean> {
    const aborting = new AbortController();
    stop = () => aborting.abort();
    let received = 0;
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        received += chunk.length;
        change({ received, fraction: bytes === 0 ? 1 : received / bytes });
        done(received > bytes ? new Error('more came than was announced') : null, chunk);
      },
    });
    try {
      await pipeline(content, count, createWriteStream(extract), { signal: aborting.signal });
    } catch (error) {
      if (isCancelled()) return false;
      const message = error instanceof Error ? error.message : String(error);
      fail('upload-broken', { en: `The upload broke off: ${message}`, zh: `上传中断：${message}` });
      throw new Failure('request-invalid', `The upload broke off: ${message}`);
    }
    if (received === bytes) return !isCancelled();
    const { en, zh } = shortOf(received, bytes);
    fail('upload-truncated', { en, zh });
    throw new Failure('request-invalid', en);
  }

  /** Builds on a thread; never rejects. */
  async function work(): Promise<void> {
    const task: CityBuildTask = { extract, networkFile };
    // Without the options of this process: under tests they would have the thread read sources.
    const worker = new Worker(bodyOfThread(), { workerData: task, execArgv: [] });
    stop = () => void worker.terminate();
    let outcome: Exclude<CityBuildMessage, { type: 'progress' }> | undefined;
    let cause: Error | undefined;
    worker.on('message', (message: CityBuildMessage) => {
      if (message.type !== 'progress') outcome = message;
      else if (!isCancelled()) change({ phase: message.phase, fraction: Math.min(1, message.fraction) });
    });
    worker.on('error', (error: Error) => {
      cause = error;
    });
    await new Promise((resolve) => worker.on('exit', resolve));
    if (isCancelled()) return;
    if (outcome?.type === 'built') {
      const { made, without } = outcome;
      // From here on it takes milliseconds, and half of it would be no city.
      stop = null;
      await putInPlace(networkFile, new Set(made.map(({ part }) => part)));
      restartNeeded = true;
      change({ state: 'done', endedAt: instant(Date.now()), made: [...made], without: [...without] });
    } else if (outcome) fail(outcome.code, outcome.message);
    else {
      logger.error({ err: cause }, 'a map build failed');
      const outOfMemory = cause && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (outOfMemory) fail('out-of-memory', OUT_OF_MEMORY);
      else fail('internal', { en: `The build failed: ${cause?.message}`, zh: `构建失败：${cause?.message}` });
    }
  }

  return {
    async begin({ fileName, bytes, content, by }) {
      if (build && (build.state === 'uploading' || build.state === 'building')) {
        throw new Failure('city-build-running', 'A map is being built already.', { subject: build.id });
      }
      if (bytes > LARGEST_EXTRACT) {
        throw new Failure('payload-too-large', `The extract has ${bytes} bytes; at most ${LARGEST_EXTRACT}.`);
      }
      const now = instant(Date.now());
      const former = build;
      // Before anything is waited for: of two that come together the second finds this one.
      build = {
        id: newId(now),
        state: 'uploading',
        fileName,
        bytes,
        received: 0,
        startedAt: now,
        startedBy: by,
        endedAt: null,
        phase: 'upload',
        fraction: 0,
        problem: null,
        made: [],
        without: [],
      };
      try {
        await mkdir(folder, { recursive: true });
        await mkdir(dirname(networkFile), { recursive: true });
        await removeRests();
        const room = await freeBytes(folder);
        const needed = bytes * (1 + ROOM_FOR_PARTS) + ROOM_TO_SPARE;
        if (room < needed) {
          throw new Failure(
            'disk-full',
            `${megabytes(room)} are free, about ${megabytes(needed)} are needed.`,
          );
        }
      } catch (error) {
        build = former;
        throw error;
      }
      try {
        if (!(await receive(content, bytes))) {
          await end();
          return change({});
        }
      } catch (error) {
        await end();
        throw error;
      }
      const started = change({ state: 'building', phase: 'ways', fraction: 0 });
      running = work()
        .catch((error: unknown) => {
          logger.error({ err: error }, 'a map build failed');
          const message = error instanceof Error ? error.message : String(error);
          fail('internal', { en: `The build failed: ${message}`, zh: `构建失败：${message}` });
        })
        .then(end);
      return started;
    },
    async cancel() {
      if (!stop) return false;
      change({ state: 'cancelled', endedAt: instant(Date.now()) });
      stop();
      await running;
      return true;
    },
    async describe() {
      const files: CityMap['files'] = [];
      for (const part of CITY_PARTS) {
        const found = await stat(fileOfPart(networkFile, part)).catch(() => null);
        if (found) files.push({ part, bytes: found.size, modifiedAt: instant(Math.round(found.mtimeMs)) });
      }
      return { files, restartNeeded, largest: LARGEST_EXTRACT, free: await freeBytes(folder), build };
    },
    idle: () => running,
    async close() {
      stop?.();
      await running;
    },
  };
}

/** Renames all parts, the network last: until then the former city is whole but for what goes with the new one. */
async function putInPlace(networkFile: string, made: ReadonlySet<string>): Promise<void> {
  for (const part of [...CITY_PARTS].reverse()) {
    const file = fileOfPart(networkFile, part);
    if (made.has(part)) await rename(partialOfPart(networkFile, part), file);
    else await rm(file, { force: true });
  }
}

/** Room on the disk of a folder that may not be there yet. */
async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(existsSync(folder) ? folder : dirname(folder)).catch(() => ({
    bavail: 0,
    bsize: 0,
  }));
  return bavail * bsize;
}

/** The compiled module, also when this one runs from its source, as in tests: a thread reads no TypeScript. */
function bodyOfThread(): URL {
  const beside = new URL('./city-build-worker.js', import.meta.url);
  return existsSync(beside)
    ? beside
    : new URL('../../dist/administration/city-build-worker.js', import.meta.url);
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

const shortOf = (received: number, bytes: number): Localized => ({
  en: `Only ${received} of ${bytes} bytes arrived.`,
  zh: `只收到 ${received} 字节，应为 ${bytes} 字节。`,
});

const OUT_OF_MEMORY: Localized = {
  en: 'The extract is too large for the memory of the server.',
  zh: '提取数据过大，服务器内存不足。',
};
