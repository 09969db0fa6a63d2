import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCityRoads } from '../src/demo/city-roads.js';
import { createTerminal } from '../src/terminal.js';
import { makeFolder } from './run-cli.js';

const city = generateCity({ seed: 'demo', size: 1200 });
const stop = new AbortController();
const terminal = createTerminal(
  {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    environment: {},
    interrupted: stop.signal,
  },
  { language: 'en', json: false },
);
let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

const ENDINGS = ['roads', 'places', 'pmtiles', 'hierarchy'];
const read = (): Promise<Buffer[]> =>
  Promise.all(ENDINGS.map((ending) => readFile(folder.file(`city.${ending}`))));

async function open(): Promise<'built' | 'found'> {
  let built = false;
  const network = await openCityRoads(terminal, city, folder.file('city.roads'), () => {
    built = true;
  });
  expect(network.nodeCount).toBeGreaterThan(500);
  return built ? 'built' : 'found';
}

describe('the roads of the demo', () => {
  it('are built once, with all that lies beside them, and found again', async () => {
    expect(await open()).toBe('built');
    const before = await read();
    const { mtimeMs } = await stat(folder.file('city.roads'));
    expect(await open()).toBe('found');
    expect((await stat(folder.file('city.roads'))).mtimeMs).toBe(mtimeMs);
    expect(await read()).toEqual(before);
  });

  it.each(ENDINGS)(
    'are built anew when city.%s is missing, damaged or of another version',
    async (ending) => {
      const file = folder.file(`city.${ending}`);
      const before = await read();
      await rm(file);
      expect(await open()).toBe('built');
      await writeFile(file, 'damaged');
      expect(await open()).toBe('built');
      const bytes = await readFile(file);
      // The network, the places and the prepared times have their version at byte 8, a PMTiles archive at byte 7.
      bytes.writeUInt8(99, ending === 'pmtiles' ? 7 : 8);
      await writeFile(file, bytes);
      expect(await open()).toBe('built');
      expect(await read()).toEqual(before);
    },
  );

  it('leave nothing behind when the work is stopped', async () => {
    const interrupted = new AbortController();
    interrupted.abort();
    const stopped = { ...terminal, streams: { ...terminal.streams, interrupted: interrupted.signal } };
    const file = folder.file('stopped.roads');
    await expect(openCityRoads(stopped, city, file, () => {})).rejects.toThrow();
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});
