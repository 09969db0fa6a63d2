import { createRandom, formatInstant, type Instant, instant, quantile } from '@lamplight/base';
import {
  type IncidentHit,
  type IncidentSearchQuery,
  incidentHitsSchema,
  incidentReplaySchema,
  responseReportSchema,
} from '@lamplight/contracts';
import type { Database } from '@lamplight/store';
import { PositionWriter } from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, problemOf } from './fixtures/client.js';
import { AGENCY, endAll, registerUnits, startTestServer, type TestServer } from './fixtures/server.js';
import { place } from './fixtures/town.js';

afterAll(endAll);

const START = instant(Date.parse('2026-03-01T00:00:00.000Z'));
const MINUTE = 60_000;
const COUNT = 10_000;

/** What the tests know of an incident that they wrote, to hold every answer against. */
interface Written {
  readonly id: string;
  readonly number: string;
  readonly openedAt: Instant;
  readonly status: string;
  readonly typeCode: string | null;
  readonly priority: number | null;
  readonly disposition: string | null;
  readonly unitId: string;
  readonly words: string;
  readonly note: string;
  readonly callerNumber: string;
  /** Seconds from the ring to the answer; null where nobody answered. */
  readonly answering: number | null;
  readonly position: readonly [number, number] | null;
}

const TYPES = ['LARCENY', 'FALL', 'FIRE-STRUCT', null] as const;
const STATUSES = ['closed', 'closed', 'closed', 'cancelled', 'merged', 'open'] as const;
const STREETS = ['Harbour Street', '港湾街１２号', 'Old Bridge', '和平路与解放路交叉口'] as const;
const NOTES = ['A dog bit a child', '两人打架，一人受伤', 'Water in the cellar', ''] as const;

function makeUp(count: number): Written[] {
  const random = createRandom('after');
  return Array.from({ length: count }, (_, index) => {
    const status = random.pick(STATUSES);
    return {
      // Many share a moment, so that the order within one matters.
      openedAt: instant(START + Math.floor(index / 3) * MINUTE),
      id: `i${String(random.integer(1e9)).padStart(9, '0')}-${index}`,
      number: `20260301-${String(index + 1).padStart(5, '0')}`,
      status,
      typeCode: random.pick(TYPES),
      priority: random.pick([1, 2, 3, 4, 5, null] as const),
      disposition: status === 'closed' ? random.pick(['01', '02']) : null,
      unitId: random.pick(['u1', 'u2', 'u3']),
      words: random.pick(STREETS),
      note: random.pick(NOTES),
      callerNumber: `+86 138 ${String(random.integer(1e8)).padStart(8, '0')}`,
      answering: random.next() < 0.1 ? null : random.integer(40),
      position: random.next() < 0.05 ? null : [113.5 + random.next() / 10, 24.8 + random.next() / 10],
    };
  });
}

async function write(database: Database, written: readonly Written[]): Promise<void> {
  const docs = written.flatMap((each, index) => {
    const at = formatInstant(each.openedAt);
    const later = (seconds: number): string => formatInstant(instant(each.openedAt + seconds * 1000));
    const stamps = { located: at, classified: at, queued: at, recommended: null, resolved: null };
    return [
      {
        kind: 'incident',
        id: each.id,
        active: each.status === 'open',
        doc: {
          ...{ id: each.id, version: 3, number: each.number, externalId: null, source: 'call' },
          ...{ status: each.status, typeCode: each.typeCode, priority: each.priority, alarmLevel: 1 },
          location: {
            ...{ position: each.position, accuracy: null, method: 'words' },
            ...{ words: each.words, label: null },
          },
          ...{ openedAt: at, openedBy: 'account:a' },
          stamps: {
            ...stamps,
            ...{ recovered: null, settled: null, closed: each.status === 'open' ? null : later(3600) },
          },
          notes: each.note === '' ? [] : [{ at, by: 'account:a', text: each.note }],
          ...{ links: [], mergedInto: null, splitFrom: null, disposition: each.disposition },
          ...{ cancelReason: null, reopenings: [], recommendation: null },
        },
      },
      {
        kind: 'call',
        id: `c${index}`,
        active: false,
        doc: {
          ...{ id: `c${index}`, version: 2, channel: 'voice', externalId: null, line: null },
          ...{ callerNumber: each.callerNumber, callerName: null, location: null, ringAt: at },
          answeredAt: each.answering === null ? null : later(each.answering),
          ...{ answeredBy: null, endedAt: later(120), outcome: 'completed', incidentId: each.id },
        },
      },
      {
        kind: 'assignment',
        id: `a${index}`,
        active: false,
        doc: {
          ...{ id: `a${index}`, version: 2, incidentId: each.id, unitId: each.unitId, stage: 'cleared' },
          stamps: { dispatched: later(60), enroute: later(90), onScene: later(300), cleared: later(900) },
          ...{ createdAt: later(60), createdBy: 'account:a', etaSeconds: null, revisedEta: null },
          ...{ endedAt: later(900), endReason: null, discrepancies: [], corrections: [] },
        },
      },
    ].map((entity) => ({ ...entity, root: each.id, at }));
  });
  await database.pool.query(
    `insert into entity (agency, kind, id, root, position, version, active, started_at, recorded_at, doc)
     select $1, kind, id, root, 0, 1, active, at, at, doc::jsonb
     from unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[], $7::text[])
       as written (kind, id, root, active, at, doc)`,
    [
      AGENCY.id,
      docs.map(({ kind }) => kind),
      docs.map(({ id }) => id),
      docs.map(({ root }) => root),
      docs.map(({ active }) => active),
      docs.map(({ at }) => at),
      docs.map(({ doc }) => JSON.stringify(doc)),
    ],
  );
}

describe('ten thousand incidents', () => {
  const written = makeUp(COUNT);
  let server: TestServer;
  let dispatcher: Client;
  beforeAll(async () => {
    server = await startTestServer();
    await write(server.database.database, written);
    dispatcher = await clientAs(server.url, 'dispatcher');
  });

  /** All pages of a search, one after the other. */
  async function searchAll(
    query: IncidentSearchQuery,
  ): Promise<{ hits: IncidentHit[]; total: number | null }> {
    const hits: IncidentHit[] = [];
    let total: number | null = null;
    let cursor: string | undefined;
    do {
      const answer = await dispatcher.send('POST', '/api/v1/incidents/search', {
        body: { ...query, cursor },
      });
      expect(answer.status, answer.text).toBe(200);
      const page = incidentHitsSchema.parse(answer.json);
      if (cursor === undefined) total = page.total;
      hits.push(...page.hits);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return { hits, total };
  }

  const newestFirst = (a: Written, b: Written): number =>
    b.openedAt - a.openedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
  const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

  it.each<[string, IncidentSearchQuery, (each: Written) => boolean]>([
    ['by words in any width', { text: '港湾街12' }, ({ words }) => folded(words).includes('港湾街12')],
    [
      'by two words that stand apart, one of them in a note',
      { text: 'CELLAR harbour' },
      ({ words, note }) => words === 'Harbour Street' && note.includes('cellar'),
    ],
    ['by two Chinese characters of a note', { text: '打架' }, ({ note }) => note.includes('打架')],
    ['by a part of its number', { text: '-0421' }, ({ number }) => number.includes('-0421')],
    [
      'by type, priority and status',
      { types: ['FALL', 'LARCENY'], priorities: [1, 2], statuses: ['closed'] },
      ({ typeCode, priority, status }) =>
        (typeCode === 'FALL' || typeCode === 'LARCENY') &&
        (priority === 1 || priority === 2) &&
        status === 'closed',
    ],
    [
      'by period, disposition and unit',
      {
        from: formatInstant(instant(START + 500 * MINUTE)),
        to: formatInstant(instant(START + 900 * MINUTE)),
        dispositions: ['02'],
        unitId: 'u2',
      },
      ({ openedAt, disposition, unitId }) =>
        openedAt >= START + 500 * MINUTE &&
        openedAt < START + 900 * MINUTE &&
        disposition === '02' &&
        unitId === 'u2',
    ],
  ])('are found %s, none missing and none twice', async (_, query, fits) => {
    const expected = written.filter(fits).sort(newestFirst);
    expect(expected.length).toBeGreaterThan(5);
    const { hits, total } = await searchAll({ ...query, limit: 200 });
    expect(hits.map(({ number }) => number)).toEqual(expected.map(({ number }) => number));
    expect(total).toBe(expected.length);
  });

  it('come in every order page by page', async () => {
    const query: IncidentSearchQuery = { statuses: ['cancelled', 'open'], limit: 200 };
    const fitting = written.filter(({ status }) => status === 'cancelled' || status === 'open');
    const oldest = await searchAll({ ...query, order: 'oldest' });
    expect(oldest.hits.map(({ id }) => id)).toEqual(
      fitting.toSorted((a, b) => -newestFirst(a, b)).map(({ id }) => id),
    );
    const urgent = await searchAll({ ...query, order: 'priority' });
    expect(urgent.hits.map(({ id }) => id)).toEqual(
      fitting
        .toSorted((a, b) => (a.priority ?? 9) - (b.priority ?? 9) || newestFirst(a, b))
        .map(({ id }) => id),
    );
  });

  it('are found by what a caller said of themselves, and who looked is written down', async () => {
    const [one] = written;
    if (!one) throw new Error('nothing was written');
    const digits = one.callerNumber.replaceAll(/\D/g, '').slice(-8);
    const { hits } = await searchAll({ text: digits });
    expect(hits.map(({ id }) => id)).toContain(one.id);
    expect(hits.find(({ id }) => id === one.id)?.callers).toEqual([{ name: null, number: one.callerNumber }]);
    const { rows } = await server.database.database.pool.query(
      `select detail from audit where action = 'look' and subject = 'incident-search' order by sequence desc limit 1`,
    );
    expect(rows[0].detail).toMatchObject({ text: digits });
  });

  it('are not for an administrator or a crew to search', async () => {
    for (const role of ['administrator', 'patrol'] as const) {
      const stranger = await clientAs(server.url, role);
      const answer = await stranger.send('POST', '/api/v1/incidents/search', { body: {} });
      expect(problemOf(answer)).toMatchObject({ code: 'not-allowed' });
    }
  });

  it('say what is wrong with a search', async () => {
    for (const body of [
      { cursor: 'nonsense' },
      { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      { text: 'x'.repeat(201) },
      { text: '\u0000' },
      { order: 'loudest' },
      { limit: 0 },
    ]) {
      const answer = await dispatcher.send('POST', '/api/v1/incidents/search', { body });
      expect(problemOf(answer), JSON.stringify(body)).toMatchObject({ status: 400, code: 'request-invalid' });
    }
  });

  it('take no word for a pattern', async () => {
    expect((await searchAll({ text: '%' })).hits).toEqual([]);
    expect((await searchAll({ text: "' or 1=1 --" })).hits).toEqual([]);
  });

  it('are listed by status in whole pages', async () => {
    const expected = written.filter(({ status }) => status === 'merged').sort(newestFirst);
    const listed: string[] = [];
    let cursor = '';
    for (;;) {
      const { json } = await dispatcher.get(`/incidents?status=merged&limit=500${cursor}`);
      listed.push(...json.incidents.map(({ id }: { id: string }) => id));
      if (json.next === null) break;
      expect(json.incidents).toHaveLength(500);
      cursor = `&cursor=${encodeURIComponent(json.next)}`;
    }
    expect(listed).toEqual(expected.map(({ id }) => id));
  });

  it('make a report by type, priority, zone and hour that agrees with a count by hand', async () => {
    const administrator = await clientAs(server.url, 'administrator');
    const stations = [
      { id: 'west', name: { en: 'West', zh: '西' }, kind: 'police', position: [113.52, 24.85] },
      { id: 'east', name: { en: 'East', zh: '东' }, kind: 'police', position: [113.58, 24.85] },
    ];
    expect((await administrator.send('PUT', '/api/v1/stations', { body: { stations } })).status).toBe(204);
    const to = instant(START + 24 * 60 * MINUTE);
    const answer = await dispatcher.get(
      `/reports/response?from=${formatInstant(START)}&to=${formatInstant(to)}`,
    );
    const report = responseReportSchema.parse(answer.json);
    const worked = written.filter(
      ({ status, openedAt }) => openedAt < to && status !== 'merged' && status !== 'cancelled',
    );
    expect(report.incidents).toBe(worked.length);

    const hold = (key: (each: Written) => string | null, groups: (typeof report.groups)['type']): void => {
      expect(groups.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(worked.length);
      for (const group of groups) {
        const members = worked.filter((each) => key(each) === group.key);
        expect(group.incidents, String(group.key)).toBe(members.length);
        const line = group.intervals.find(({ interval }) => interval === 'alarmAnswering');
        const known = members.flatMap(({ answering }) => (answering === null ? [] : [answering]));
        known.sort((a, b) => a - b);
        expect(line?.n).toBe(known.length);
        expect(line?.missing).toBe(members.length - known.length);
        expect(line?.p90).toBeCloseTo(quantile(known, 0.9) ?? -1, 6);
      }
    };
    hold(({ typeCode }) => typeCode, report.groups.type);
    hold(({ priority }) => (priority === null ? null : String(priority)), report.groups.priority);
    // Shanghai is eight hours ahead, all year.
    hold(
      ({ openedAt }) => String((Math.floor(openedAt / 3_600_000) + 8) % 24).padStart(2, '0'),
      report.groups.hour,
    );
    hold(({ position }) => position && (position[0] < 113.55 ? 'west' : 'east'), report.groups.zone);
  });

  it('make no report over more than a year', async () => {
    const answer = await dispatcher.get(
      '/reports/response?from=2025-01-01T00:00:00Z&to=2026-03-01T00:00:00Z',
    );
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'to' }] });
  });
});

describe('an incident that is over', () => {
  it('can be shown as it was, with the ways of its crews and what is not known of them', async () => {
    const server = await startTestServer();
    await registerUnits(server.url, 3);
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const before = Date.now();
    const { incidentId } = await dispatcher.done('/incidents', {
      location: { position: place(400, 0), method: 'map' },
      classification: { typeCode: 'LARCENY' },
    });
    const { assignmentIds } = await dispatcher.done(`/incidents/${incidentId}/dispatch`, {
      unitIds: ['u1'],
      whenCommitted: 'refuse',
    });
    await dispatcher.done(`/assignments/${assignmentIds[0]}/progress`, { stage: 'onScene' });
    const during = Date.now();
    await dispatcher.done(`/assignments/${assignmentIds[0]}/progress`, { stage: 'cleared' });
    await dispatcher.done(`/incidents/${incidentId}/close`, { disposition: '01' });

    const writer = new PositionWriter(server.database.database);
    const sighting = (unitId: string, after: number, east: number) => ({
      ...{ agency: AGENCY.id, unitId, deviceId: unitId, at: place(east, 0), source: 'test' },
      ...{ eventTime: instant(before + after), receiveTime: instant(before + after + 500) },
      ...{ accuracy: null, speed: null, bearing: 90, battery: null },
    });
    writer.append([
      sighting('u1', -30_000, 0),
      sighting('u1', 10_000, 200),
      sighting('u1', 10_100, 210),
      sighting('u2', -20_000, 300),
    ]);
    await writer.close();

    const answer = await dispatcher.get(`/incidents/${incidentId}/replay`);
    const replay = incidentReplaySchema.parse(answer.json);
    expect(replay.cut).toBe(false);
    expect(replay.step).toBe(1);
    expect(replay.events.map(({ event }) => event.type)).toContain('IncidentClosed');
    const [first, second, ...others] = replay.units;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ unitId: 'u1', callSign: 'Unit 1', assigned: true });
    // The two of one second are one.
    expect(first?.points).toHaveLength(2);
    expect(second).toMatchObject({ unitId: 'u2', assigned: false });

    const past = await dispatcher.get(`/replay/board?at=${new Date(during).toISOString()}`);
    expect(past.status, past.text).toBe(200);
    expect(past.json).toMatchObject({
      cut: false,
      incidents: [{ id: incidentId, status: 'open' }],
      assignments: [{ unitId: 'u1', stage: 'onScene' }],
      units: [
        { unitId: 'u1', positionAt: expect.any(String) },
        { unitId: 'u2', positionAt: expect.any(String) },
        { unitId: 'u3', position: null, positionAt: null },
      ],
    });
    const longAgo = await dispatcher.get(`/replay/board?at=${new Date(before - 3_600_000).toISOString()}`);
    expect(longAgo.json).toMatchObject({ incidents: [], assignments: [], units: [] });

    const record = await dispatcher.get(`/incidents/${incidentId}/record`);
    expect(record.json).toMatchObject({
      incident: { id: incidentId, status: 'closed' },
      callSigns: { u1: 'Unit 1' },
      assignments: [{ unitId: 'u1' }],
    });
  });

  it('of which nothing is known is said to be unknown', async () => {
    const server = await startTestServer();
    const dispatcher = await clientAs(server.url, 'dispatcher');
    for (const path of ['record', 'replay']) {
      expect(problemOf(await dispatcher.get(`/incidents/nothing/${path}`))).toMatchObject({
        code: 'incident-unknown',
      });
    }
  });

  it('is found again at the incident its call was moved to, and no more at the one it came from', async () => {
    const server = await startTestServer();
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const { callId } = await dispatcher.done('/calls', { callerNumber: '555 0142' });
    await dispatcher.done(`/calls/${callId}/answer`);
    const first = await dispatcher.done('/incidents', { callId });
    const second = await dispatcher.done('/incidents', {});
    await dispatcher.done(`/calls/${callId}/unlink`, { reason: 'another matter' });
    await dispatcher.done(`/calls/${callId}/link`, { incidentId: second.incidentId });
    const { json } = await dispatcher.send('POST', '/api/v1/incidents/search', { body: { text: '5550142' } });
    expect(json.hits.map(({ id }: { id: string }) => id)).toEqual([second.incidentId]);
    expect(first.incidentId).not.toBe(second.incidentId);
  });
});
