import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '@lamplight/base';
import type { Accepted } from '@lamplight/contracts';
import { buildNetwork, serializeNetwork } from '@lamplight/roads';
import { encodeOsmPbf, generateCity, parseProfile, readRecording, readStations } from '@lamplight/simulation';
import { connectDatabase, type Database, type LoggedEvent, openDatabase, readEvents } from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRehearsal } from '../src/rehearsal/run.js';
import { SERVER_PROGRAM, type ServerProcess } from '../src/world/server-process.js';
import { cli, makeFolder } from './run-cli.js';
import { recordCalls, stationsCsv, TINY_PROFILE } from './tiny-recording.js';

const isBuilt = existsSync(SERVER_PROGRAM.rehearsal);
const LONG = 240_000;

const city = generateCity({ seed: 'rehearsal', size: 1500 });
let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

function given<Value>(result: { ok: true; value: Value } | { ok: false; error: unknown }): Value {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

const network = given(buildNetwork(encodeOsmPbf(city))).network;
const stations = stationsCsv(city.stations.slice(0, 4).map(({ position }) => position));

/** Everything in the log of a rehearsal that is over. */
const listEvents = (data: string): Promise<readonly LoggedEvent[]> =>
  withDatabase(data, (database) => readEvents(database, 'rehearsal', { limit: 100_000 }));

interface ReceiptRow {
  readonly key: string;
  readonly position: number;
  readonly answer: unknown;
}

const listReceipts = (data: string): Promise<readonly ReceiptRow[]> =>
  withDatabase(data, async ({ pool }) => {
    const { rows } = await pool.query<ReceiptRow>('select key, position, answer from receipt');
    return rows;
  });

async function withDatabase<Value>(
  data: string,
  work: (database: Database) => Promise<Value>,
): Promise<Value> {
  const server = await openDatabase({ data, mode: 'own' });
  const database = await connectDatabase({ connectionString: server.connectionString });
  try {
    return await work(database);
  } finally {
    await database.close();
    await server.stop();
  }
}

function countTypes(events: readonly LoggedEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

const idsOf = (events: readonly LoggedEvent[], ...types: readonly string[]): string[] =>
  events.filter(({ type }) => types.includes(type)).map(({ id }) => id);

// Without a build of the server there is nothing to rehearse on: 'npm run build' makes apps/server/dist.
describe.skipIf(!isBuilt)('a rehearsal on the live system', () => {
  it(
    'plays every usable call once, as recorded, and says so',
    async () => {
      const recorded = recordCalls(city, 8);
      const unusable = 'call-x,M01,MEDIC,Sick,2026-03-01T02:00:00Z,,,,,,30.2,112.5\n';
      const airport = 'call-y,M01,MEDIC,Sick,2026-03-01T02:00:30Z,,2026-03-01T02:01:00Z,,,,30.2,120\n';
      await writeFile(folder.file('calls.csv'), recorded.csv + unusable + airport);
      await writeFile(folder.file('stations.csv'), stations);
      await writeFile(folder.file('profile.json'), JSON.stringify(TINY_PROFILE));
      await writeFile(folder.file('city.osm.pbf'), encodeOsmPbf(city));
      const run = await cli([
        ...['rehearse', '--roads', folder.file('city.osm.pbf'), '--calls', folder.file('calls.csv')],
        ...['--stations', folder.file('stations.csv'), '--profile', folder.file('profile.json')],
        ...['--speed', '60', '--data', folder.file('plain'), '--json'],
      ]);
      expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining('8 calls')]);
      expect(run.json()).toMatchObject({
        calls: { read: 10, unusable: { 'missing-dispatch': 1, 'off-network': 1 }, outsideSelection: 0 },
        incidents: 8,
        lost: 0,
        doubled: 0,
        unfinished: 0,
        dispatches: { unsent: 0 },
        units: { withoutStation: 0 },
        intervals: expect.arrayContaining([
          {
            name: 'turnout',
            ours: expect.objectContaining({ n: expect.any(Number) }),
            recorded: expect.objectContaining({ n: 8 }),
            targets: [],
          },
          expect.objectContaining({
            name: 'alarmAnswering',
            recorded: expect.objectContaining({ n: 0, missing: 8, p50: null }),
          }),
        ]),
      });
      // From an extract, all that a server looks for beside the network is built.
      for (const ending of ['roads', 'places', 'pmtiles', 'hierarchy'])
        expect(existsSync(folder.file(`plain/rehearsal.${ending}`))).toBe(true);
      expect(countTypes(await listEvents(folder.file('plain')))).toMatchObject({
        CallReceived: 8,
        IncidentOpened: 8,
        IncidentClosed: 8,
        IncidentSettled: 8,
        UnitDispatched: recorded.responses,
      });
    },
    LONG,
  );

  it(
    'loses and doubles nothing when the server is killed again and again, and the chain verifies',
    async () => {
      const recorded = recordCalls(city, 10);
      const data = folder.file('crashes');
      const profile = given(parseProfile(TINY_PROFILE));
      const random = createRandom('crashes');
      let kills = 0;
      const acknowledged = new Map<string, Accepted>();
      const stop = new AbortController();
      const killAgainAndAgain = async (server: ServerProcess): Promise<void> => {
        while (kills < 3) {
          await server.ready(stop.signal);
          await delay(1_500 + random.integer(3_000), undefined, { signal: stop.signal });
          if (server.pid === undefined) continue;
          kills++;
          process.kill(server.pid, 'SIGKILL');
          await delay(200);
        }
      };
      const networkFile = folder.file('crashes.roads');
      await writeFile(networkFile, serializeNetwork(network));
      const result = await runRehearsal({
        network,
        networkFile,
        recording: given(readRecording(recorded.csv, profile)),
        profile,
        stations: given(readStations(stations)),
        selection: {},
        speed: 40,
        data,
        environment: process.env,
        signal: new AbortController().signal,
        onAccepted: (key, accepted) => acknowledged.set(key, accepted),
        onServer: (server) => {
          killAgainAndAgain(server).catch(() => {});
        },
      });
      stop.abort();
      expect(kills).toBeGreaterThan(0);
      expect(result.server.restarts).toBe(kills);
      expect(result).toMatchObject({ incidents: 10, lost: 0, doubled: 0, unfinished: 0 });

      const verified = await cli(['verify', '--data', data, '--json']);
      expect(verified.json()).toMatchObject({ ok: true });
      // What was acknowledged is there, and only once, however often it was sent.
      expect(acknowledged.size).toBeGreaterThan(50);
      const receipts = await listReceipts(data);
      for (const [key, { position, ...made }] of acknowledged) {
        const kept = receipts.filter((receipt) => receipt.key === `http:${key}`);
        expect(kept).toEqual([{ key: `http:${key}`, position, answer: { ok: true, made } }]);
      }
      const events = await listEvents(data);
      expect(countTypes(events)).toMatchObject({
        CallReceived: 10,
        CallAnswered: 10,
        CallEnded: 10,
        IncidentOpened: 10,
        IncidentClosed: 10,
        IncidentSettled: 10,
      });
      const { recommended, stacked, preempted, 'outside-run-card': outside } = result.dispatches;
      const ordered = new Set(idsOf(events, 'AssignmentProposed', 'UnitDispatched'));
      expect(ordered.size).toBe(recommended + stacked + preempted + outside);
      const dispatched = idsOf(events, 'UnitDispatched');
      expect(new Set(dispatched).size).toBe(dispatched.length);
    },
    LONG,
  );
});
