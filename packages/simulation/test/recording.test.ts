import { existsSync, readFileSync } from 'node:fs';
import { formatInstant } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  parseProfile,
  type Recording,
  type RecordingProfile,
  readRecording,
  readStations,
  recordedIncidentIntervals,
  recordedResponseIntervals,
  recordedUnits,
} from '../src/index.js';

const profileJson = {
  name: 'Testville',
  timeZone: 'America/Los_Angeles',
  timeFormat: 'MM/DD/YYYY hh:mm:ss A',
  columns: {
    call: 'Call',
    unit: 'Unit',
    unitType: 'Kind',
    incidentType: 'Type',
    received: 'Received',
    entry: 'Entry',
    dispatch: 'Dispatch',
    enroute: 'Enroute',
    onScene: 'Arrived',
    available: 'Free',
  },
  position: { column: 'Where' },
  incidentTypes: { Fire: 'FSTRU' },
  otherIncidentType: 'TROUBLE',
  unitTypes: { ENGINE: ['fire-engine'] },
  homeStations: [{ unit: '^E0*(\\d+)$', station: '$1' }],
};

function profileOf(change: Record<string, unknown> = {}): RecordingProfile {
  const parsed = parseProfile({ ...profileJson, ...change });
  if (!parsed.ok) throw new Error(`${parsed.error.field} ${parsed.error.reason}`);
  return parsed.value;
}

const HEADER = 'Call,Unit,Kind,Type,Received,Entry,Dispatch,Enroute,Arrived,Free,Where';

function read(rows: readonly string[], profile = profileOf()): Recording {
  const result = readRecording([HEADER, ...rows].join('\n'), profile);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const row = (change: Partial<Record<string, string>> = {}): string => {
  const cells: Record<string, string> = {
    Call: '1',
    Unit: 'E07',
    Kind: 'ENGINE',
    Type: 'Fire',
    Received: '07/04/2016 01:00:00 PM',
    Entry: '07/04/2016 01:01:00 PM',
    Dispatch: '07/04/2016 01:02:00 PM',
    Enroute: '07/04/2016 01:03:00 PM',
    Arrived: '07/04/2016 01:05:00 PM',
    Free: '07/04/2016 01:35:00 PM',
    Where: '"(37.77, -122.42)"',
  };
  return HEADER.split(',')
    .map((column) => change[column] ?? cells[column])
    .join(',');
};

describe('reading recorded calls', () => {
  it('gathers rows of one call and keeps every stamp as a moment', () => {
    const { calls, rows, callsRead } = read([
      row({ Unit: 'T03', Dispatch: '07/04/2016 01:02:30 PM' }),
      row(),
      row({ Call: '2', Received: '07/04/2016 12:59:00 PM' }),
    ]);
    expect([rows.read, rows.usable, callsRead]).toEqual([3, 3, 2]);
    expect(calls.map(({ id }) => id)).toEqual(['2', '1']);
    const call = calls[1];
    expect(call?.responses.map(({ unitId }) => unitId)).toEqual(['E07', 'T03']);
    expect(call && formatInstant(call.receivedAt)).toBe('2016-07-04T20:00:00.000Z');
    expect(call && formatInstant(call.dispatchAt)).toBe('2016-07-04T20:02:00.000Z');
    expect(call).toMatchObject({ position: [-122.42, 37.77], typeCode: 'FSTRU', priority: 3 });
  });

  it('counts every unusable row by its reason and names where', () => {
    const recording = read([
      row(),
      row({ Call: '' }),
      row({ Call: '3', Unit: '' }),
      row({ Call: '4', Received: '' }),
      row({ Call: '5', Dispatch: '' }),
      row({ Call: '6', Received: '13/40/2016 01:00:00 PM' }),
      row({ Call: '7', Where: '' }),
      row({ Call: '8', Where: '"(0, 0)"' }),
      row({ Call: '9', Where: 'Main Street' }),
      row({ Call: '10', Dispatch: '07/04/2016 12:00:00 PM' }),
      row({ Call: '1', Where: '' }),
    ]);
    expect(recording.unusableRows).toEqual({
      'missing-call-id': { count: 1, examples: [3] },
      'missing-unit': { count: 1, examples: [4] },
      'missing-received': { count: 1, examples: [5] },
      'missing-dispatch': { count: 1, examples: [6] },
      'bad-time': { count: 1, examples: [7] },
      'no-position': { count: 2, examples: [8, 12] },
      'bad-position': { count: 2, examples: [9, 10] },
      'out-of-order': { count: 1, examples: [11] },
    });
    expect(recording.rows).toEqual({ read: 11, usable: 1 });
    expect(recording.callsRead).toBe(9);
    const unusable = Object.values(recording.unusableCalls).reduce((sum, tally) => sum + tally.count, 0);
    expect(recording.calls.length + unusable).toBe(recording.callsRead);
  });

  it('drops an impossible stamp, says so, and keeps the row', () => {
    const recording = read([
      row({ Arrived: '07/04/2016 01:02:30 PM' }),
      row({ Call: '2', Entry: '07/04/2016 12:01:00 PM' }),
      row({ Call: '3', Free: 'soon' }),
    ]);
    expect(recording.warnings).toEqual({
      'out-of-order-onScene': { count: 1, examples: [2] },
      'out-of-order-entry': { count: 1, examples: [3] },
      'unreadable-available': { count: 1, examples: [4] },
    });
    expect(recording.calls[0]?.responses[0]?.onSceneAt).toBeUndefined();
    expect(recording.calls[1]?.entryAt).toBeUndefined();
    expect(recording.rows.usable).toBe(3);
  });

  it('says which types the profile does not map', () => {
    const recording = read([row({ Type: 'Volcano', Kind: 'AIRSHIP' })]);
    expect(recording.calls[0]?.typeCode).toBe('TROUBLE');
    expect(Object.keys(recording.warnings)).toEqual(['unmapped-incident-type', 'unmapped-unit-type']);
  });

  it('decides an hour that occurred twice by the stamps beside it', () => {
    // On 6 November 2016 in Los Angeles 01:00–02:00 came twice: first at UTC-7, then at UTC-8.
    const night = (change: Partial<Record<string, string>>): string =>
      row({
        Received: '11/06/2016 12:58:00 AM',
        Entry: '11/06/2016 12:59:00 AM',
        Dispatch: '11/06/2016 01:50:00 AM',
        Enroute: '11/06/2016 01:10:00 AM',
        Arrived: '11/06/2016 01:20:00 AM',
        Free: '11/06/2016 02:30:00 AM',
        ...change,
      });
    const { calls, daylightSaving, warnings } = read([night({})]);
    const response = calls[0]?.responses[0];
    expect(response && formatInstant(response.dispatchAt)).toBe('2016-11-06T08:50:00.000Z');
    expect(response?.enrouteAt && formatInstant(response.enrouteAt)).toBe('2016-11-06T09:10:00.000Z');
    expect(response?.onSceneAt && formatInstant(response.onSceneAt)).toBe('2016-11-06T09:20:00.000Z');
    expect(daylightSaving).toEqual({ ambiguous: 3, resolved: 3, skipped: 0 });
    expect(warnings).toEqual({});

    const late = read([
      night({
        Received: '11/06/2016 01:50:00 AM',
        Entry: '11/06/2016 01:51:00 AM',
        Dispatch: '11/06/2016 01:52:00 AM',
        Enroute: '11/06/2016 02:01:00 AM',
        Arrived: '11/06/2016 02:05:00 AM',
      }),
    ]);
    expect(late.calls[0] && formatInstant(late.calls[0].receivedAt)).toBe('2016-11-06T09:50:00.000Z');
  });

  it('counts a reading that no clock showed', () => {
    const spring = ['Received', 'Entry', 'Dispatch', 'Enroute', 'Arrived', 'Free'].map((column, i) => [
      column,
      `03/13/2016 0${i < 5 ? 2 : 3}:30:00 AM`,
    ]);
    expect(read([row(Object.fromEntries(spring))]).daylightSaving.skipped).toBe(5);
  });

  it('reads ISO times, two position columns, a byte order mark and quoted commas', () => {
    const profile = profileOf({ timeFormat: 'iso', position: { lat: 'Lat', lon: 'Lon' } });
    const csv =
      '\uFEFFCall,Unit,Kind,Type,Received,Entry,Dispatch,Enroute,Arrived,Free,Lat,Lon\r\n' +
      '1,E1,ENGINE,Fire,2016-07-04T13:00:00,2016-07-04 13:00:10,2016-07-04T20:01:00Z,,,,37.5,-122.5\r\n';
    const result = readRecording(csv, profile);
    const call = result.ok ? result.value.calls[0] : undefined;
    expect(call && formatInstant(call.receivedAt)).toBe('2016-07-04T20:00:00.000Z');
    expect(call && formatInstant(call.dispatchAt)).toBe('2016-07-04T20:01:00.000Z');
    expect(call?.position).toEqual([-122.5, 37.5]);
  });

  it('refuses a file without a declared column, or that is no table', () => {
    expect(readRecording('Call,Unit\n1,2', profileOf())).toEqual({
      ok: false,
      error: { code: 'missing-column', column: 'Type', role: 'incidentType' },
    });
    expect(readRecording('', profileOf())).toEqual({ ok: false, error: { code: 'empty-table' } });
    expect(readRecording(`${HEADER}\n"1,2`, profileOf())).toMatchObject({
      ok: false,
      error: { code: 'bad-csv' },
    });
  });
});

describe('a recording profile', () => {
  it.each([
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeFormat', { timeFormat: 'YYYY-MM-DD' }],
    ['columns.received', { columns: { ...profileJson.columns, received: 7 } }],
    ['columns.colour', { columns: { ...profileJson.columns, colour: 'Colour' } }],
    ['position.lat', { position: {} }],
    ['incidentTypes.Fire', { incidentTypes: { Fire: '' } }],
    ['unitTypes.ENGINE', { unitTypes: { ENGINE: 'fire-engine' } }],
    ['priorities.A', { priorities: { A: 6 } }],
    ['homeStations.0.unit', { homeStations: [{ unit: '(', station: '$1' }] }],
  ])('names the field that is wrong: %s', (field, change) => {
    const result = parseProfile({ ...profileJson, ...change });
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-profile', field } });
  });

  it('refuses what is no object', () => {
    expect(parseProfile('sf')).toMatchObject({ ok: false, error: { field: 'profile' } });
  });
});

describe('reading stations', () => {
  it('reads them, and names the row and column of a wrong cell', () => {
    expect(readStations('station,address,lat,lon\n7,"1 Main St, Town",37.5,-122.4')).toEqual({
      ok: true,
      value: [{ id: '7', address: '1 Main St, Town', position: [-122.4, 37.5] }],
    });
    expect(readStations('station,address,lat,lon\n7,x,37.5,-122.4\n8,y,north,-122.4')).toMatchObject({
      error: { code: 'bad-cell', row: 3, column: 'lat' },
    });
    expect(readStations('station,address,lat,lon\n7,x,97.5,-122.4')).toMatchObject({
      error: { code: 'bad-cell', row: 2, column: 'lat' },
    });
    expect(readStations('station,address,lat,lon\n7,x,1,1\n7,x,1,1')).toMatchObject({
      error: { code: 'bad-cell', row: 3, column: 'station' },
    });
    expect(readStations('station,lat,lon\n7,1,1')).toMatchObject({ error: { column: 'address' } });
  });
});

const data = new URL('../../../../shared/data/sf/', import.meta.url);
const isThere = existsSync(new URL('dispatch.csv', data));

describe.skipIf(!isThere)('the San Francisco recording (skipped where ../shared/data/sf is absent)', () => {
  const profile = parseProfile(
    JSON.parse(readFileSync(new URL('../profiles/sf-fire-dispatch.json', import.meta.url), 'utf8')),
  );
  if (!profile.ok) throw new Error(profile.error.field);
  const csv = isThere ? readFileSync(new URL('dispatch.csv', data), 'utf8') : HEADER;
  const result = readRecording(csv, isThere ? profile.value : profileOf());
  if (!result.ok) throw new Error(result.error.code);
  const recording = result.value;

  it('holds 7,704 rows of 3,560 calls and 178 units, all usable', () => {
    expect(recording.rows).toEqual({ read: 7704, usable: 7704 });
    expect(recording.callsRead).toBe(3560);
    expect(recording.calls.length).toBe(3560);
    expect(recording.unusableRows).toEqual({});
    expect(recordedUnits(recording.calls, profile.value).length).toBe(178);
  });

  it('has the medians its description gives', () => {
    const report = recordedResponseIntervals(recording.calls);
    expect(report.alarmAnswering).toEqual({ n: 0, missing: 7704 });
    expect(report.entry.p50).toBe(72);
    expect(report.turnout.p50).toBe(49);
    expect(report.travel.p50).toBe(227);
    expect(report.response.p50).toBe(442);
    expect(Math.round(report.response.p90 ?? 0)).toBe(1107);
    expect(report.travel.n + report.travel.missing).toBe(7704);
  });

  it('measures an incident by its first unit sent and its first arrival', () => {
    const report = recordedIncidentIntervals(recording.calls);
    expect(report.response.n + report.response.missing).toBe(3560);
    expect(report.response.p50 ?? Infinity).toBeLessThan(442);
  });

  it('knows the home stations of engines and trucks, all of which exist', () => {
    const stations = readStations(readFileSync(new URL('stations.csv', data), 'utf8'));
    const ids = new Set(stations.ok ? stations.value.map(({ id }) => id) : []);
    expect(ids.size).toBe(45);
    const units = recordedUnits(recording.calls, profile.value);
    expect(units.find(({ id }) => id === 'E07')?.station).toBe('7');
    const homes = units.flatMap(({ station }) => (station === undefined ? [] : [station]));
    expect(homes.length).toBeGreaterThan(55);
    expect(homes.filter((station) => !ids.has(station))).toEqual([]);
  });

  it('maps every incident type and unit type of the file', () => {
    expect(Object.keys(recording.warnings).filter((warning) => warning.startsWith('unmapped'))).toEqual([]);
  });
});
