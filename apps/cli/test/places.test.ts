import { writeFile } from 'node:fs/promises';
import { distance } from '@lamplight/base';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, listAt, makeFolder, sure, valueAt } from './run-cli.js';

const city = generateCity({ seed: 'places', size: 1500 });
const station = sure(city.stations[0]);
let folder: Awaited<ReturnType<typeof makeFolder>>;
let network: string;

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(folder.file('city.osm.pbf'), encodeOsmPbf(city, { mainName: 'both' }));
  network = folder.file('city.roads');
  expect((await cli(['roads', 'build', folder.file('city.osm.pbf'), '--out', network])).exit).toBe(0);
});
afterAll(() => folder.remove());

describe('places find', () => {
  const ask = async (text: string, ...more: string[]) =>
    cli(['places', 'find', text, '--network', network, ...more]);

  it('finds a station by its English and its Chinese name, where it is', async () => {
    for (const [text, language] of [
      [station.name.en, 'en'],
      [station.name.zh, 'zh-CN'],
    ] as const) {
      const [best] = listAt((await ask(text, '--language', language, '--json')).json());
      const [lon, lat] = listAt(best, 'position').map(Number);
      expect(distance([sure(lon), sure(lat)], station.position)).toBeLessThan(5);
      expect(valueAt(best, 'asTyped')).toBe(text);
    }
  });

  it('prints one answer a line, with its position, in the language of the terminal', async () => {
    const english = await ask(station.name.en, '--limit', '1');
    expect(english.stdout).toMatch(/^.+ at the place +\d+\.\d{6},\d+\.\d{6}\n$/);
    const chinese = await ask(station.name.en, '--limit', '1', '--lang', 'zh-CN');
    expect(chinese.stdout).toContain('地点位置');
  });

  it('answers with nothing to what nothing is called, and says so', async () => {
    const run = await ask('xqzvwk', '--json');
    expect([run.exit, run.json()]).toEqual([0, []]);
    expect((await ask('xqzvwk')).stderr).toBe('Nothing is called "xqzvwk".\n');
  });

  it("knows the agency's location codes, and says which rows it left out", async () => {
    const [lon, lat] = station.position;
    const rows = [`LP-0042,${lon},${lat},corner`, 'LP-0043,east,9'];
    await writeFile(folder.file('city.codes.csv'), `${['code,lon,lat,name', ...rows].join('\n')}\n`);
    const run = await ask('LP-0042', '--json');
    expect(run.json()).toMatchObject([{ kind: 'post', position: station.position }]);
    expect(run.stderr).toBe(`1 rows of ${folder.file('city.codes.csv')} were left out.\n`);
  });

  it('says what to do when there are no places beside the network', async () => {
    const run = await cli(['places', 'find', 'x', '--network', folder.file('other.roads'), '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({ error: { code: 'no-places', file: folder.file('other.places') } });
    expect(run.stderr).toContain('lamplight roads build');
  });

  it('refuses places that are damaged', async () => {
    await writeFile(folder.file('damaged.places'), 'LAMPPLAC');
    const run = await cli(['places', 'find', 'x', '--network', folder.file('damaged.roads'), '--json']);
    expect([run.exit, valueAt(run.json(), 'error', 'code')]).toEqual([3, 'places-truncated']);
  });
});

describe('places at', () => {
  const ask = async (position: string, ...more: string[]) =>
    cli(['places', 'at', '--network', network, '--position', position, ...more]);

  it('names the nearest address, intersection and street', async () => {
    const address = sure(city.addresses[0]);
    const run = await ask(String(address.position), '--json');
    expect(run.json()).toMatchObject({
      label: { en: expect.any(String), 'zh-CN': expect.any(String) },
      address: { distance: expect.any(Number) },
      street: { distance: expect.any(Number) },
    });
    expect(Number(valueAt(run.json(), 'address', 'distance'))).toBeLessThan(5);
    const { stdout } = await ask(String(address.position));
    expect(stdout.split('\n')[0]).toBe(valueAt(run.json(), 'label', 'en'));
    expect(stdout).toMatch(/^ {2}address +.+ \d m +\d/m);
  });

  it('says that nothing is near', async () => {
    const run = await ask('0,0', '--json');
    expect([run.exit, run.json()]).toEqual([0, null]);
    expect((await ask('0,0', '--within', '100')).stderr).toContain('Nothing is within 100 m.\n');
  });
});
