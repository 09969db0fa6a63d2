import { randomUUID } from 'node:crypto';
import { instant } from '@lamplight/base';
import { SHIPPED_RULES } from '@lamplight/domain';
import { openResponseLog, readEvents, verifyLog } from '@lamplight/store';
import { createTestDatabase } from '@lamplight/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, Client as Person, problemOf } from './fixtures/client.js';
import { StandingClock } from './fixtures/clock.js';
import {
  AGENCY,
  endAll,
  finally_,
  patrolOf,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
  townFile,
} from './fixtures/server.js';
import { place } from './fixtures/town.js';
import { watch } from './fixtures/watcher.js';

const HOUR = 3600;
const closure = (name: string) => ({
  effect: { kind: 'closed' },
  place: { kind: 'street', name },
  source: 'police',
  reason: 'a crane has fallen',
});

const clock = new StandingClock('2026-03-01T08:00:00Z');
let server: TestServer;
let dispatcher: Client;
beforeAll(async () => {
  server = await startTestServer({ clock });
  await registerUnits(server.url, 2);
  dispatcher = await clientAs(server.url, 'dispatcher');
});
afterAll(endAll);

const eventsOf = async (id: string, of = server) =>
  readEvents(of.database.database, AGENCY.id, { id, limit: 1000 });
const typesOf = async (id: string, of = server) => (await eventsOf(id, of)).map(({ type }) => type);
const declare = async (name: string, more: object = {}, by = dispatcher): Promise<string> =>
  (await by.done('/conditions', { ...closure(name), ...more })).conditionId;
const idsOf = (conditions: readonly { id: string }[]) => conditions.map(({ id }) => id);

describe('a road condition', () => {
  it('is declared, amended, listed and lifted, and all of it is in the log', async () => {
    const id = await declare('Ferry Street', { to: clock.in(2 * HOUR) });
    const listed = (await dispatcher.get('/conditions')).json;
    expect(listed.active.find((each: { id: string }) => each.id === id)).toMatchObject({
      ...closure('Ferry Street'),
      version: 1,
      place: { kind: 'street', name: 'Ferry Street', within: null },
      matched: null,
      from: clock.in(0),
      to: clock.in(2 * HOUR),
      declaredBy: expect.stringMatching(/^account:/),
      ended: null,
    });
    const slowed = { effect: { kind: 'slowed', factor: 0.3 }, to: null, reason: 'one lane is free' };
    expect((await dispatcher.amend(`/conditions/${id}`, slowed)).status).toBe(200);
    const amended = (await dispatcher.get('/conditions')).json.active;
    expect(amended.find((each: { id: string }) => each.id === id)).toMatchObject({ ...slowed, version: 2 });
    await dispatcher.done(`/conditions/${id}/lift`, { reason: 'cleared away' });
    const { active, recent } = (await dispatcher.get('/conditions')).json;
    expect(idsOf(active)).not.toContain(id);
    expect(recent.find((each: { id: string }) => each.id === id).ended).toMatchObject({
      at: clock.in(0),
      how: 'lifted',
      reason: 'cleared away',
    });
    expect(await typesOf(id)).toEqual([
      'RoadConditionDeclared',
      'RoadConditionAmended',
      'RoadConditionLifted',
    ]);
  });

  it('is made once by a key, and amended once', async () => {
    const key = randomUUID();
    const first = await dispatcher.command('/conditions', closure('Key Street'), key);
    const again = await dispatcher.command('/conditions', closure('Key Street'), key);
    expect(again.json).toEqual(first.json);
    const path = `/conditions/${first.json.conditionId}`;
    const change = { reason: 'two cranes' };
    const amended = await dispatcher.amend(path, change, 'amended-once');
    expect((await dispatcher.amend(path, change, 'amended-once')).json).toEqual(amended.json);
    expect(problemOf(await dispatcher.amend(path, { reason: 'three' }, 'amended-once')).code).toBe(
      'idempotency-key-reused',
    );
    expect(await typesOf(first.json.conditionId)).toEqual(['RoadConditionDeclared', 'RoadConditionAmended']);
  });

  it('is refused with the field that does not fit', async () => {
    const [a, b, c, d] = [place(0, 0), place(100, 0), place(100, 100), place(0, 100)];
    const id = await declare('Twice Street');
    const refusals: [body: object, status: number, code: string, subject: string][] = [
      [{ to: clock.in(-1) }, 422, 'condition-period-empty', 'to'],
      [{ from: clock.in(400 * 24 * HOUR) }, 422, 'condition-period-too-long', 'from'],
      [{ effect: { kind: 'slowed', factor: 0 } }, 422, 'condition-factor-invalid', 'effect.factor'],
      [{ place: { kind: 'polygon', rings: [[a, c, b, d]] } }, 422, 'place-crosses-itself', 'place.rings.0'],
      [{ place: { kind: 'polygon', rings: [[a, b]] } }, 422, 'place-points-missing', 'place.rings.0'],
      [{ place: { kind: 'line', points: [a], width: 20 } }, 422, 'place-points-missing', 'place.points'],
      [
        { place: { kind: 'line', points: Array.from({ length: 501 }, (_, n) => place(n, 0)), width: 20 } },
        422,
        'place-too-large',
        'place.points',
      ],
      [{ place: { kind: 'street', name: 'TWICE street' } }, 409, 'condition-duplicate', id],
      [{ conditionId: id }, 409, 'condition-already-known', id],
    ];
    for (const [body, status, code, subject] of refusals) {
      const refusal = await dispatcher.refused('/conditions', { ...closure('Other Street'), ...body });
      expect(refusal).toMatchObject({ status, code, subject });
    }
    expect(await dispatcher.refused('/conditions/nothing/lift', { reason: 'x' })).toMatchObject({
      status: 404,
      code: 'condition-unknown',
    });
  });

  it('is no condition when it has a field too many or too few, which is named', async () => {
    const fieldOf = async (body: object) => (await dispatcher.refused('/conditions', body)).errors?.[0];
    const { source: _, ...unsourced } = closure('x');
    expect(await fieldOf(unsourced)).toMatchObject({ field: 'source' });
    expect(await fieldOf({ ...closure('x'), place: { kind: 'everywhere' } })).toMatchObject({
      field: 'place.kind',
    });
    expect(
      await fieldOf({ ...closure('x'), place: { kind: 'polygon', rings: [[[24.8, 113.5]]] } }),
    ).toMatchObject({ field: 'place.rings.0.0', reason: expect.stringContaining('longitude first') });
    expect((await fieldOf({ ...closure('x'), speed: 3 }))?.reason).toContain('speed');
    const id = await declare('Amend Street');
    expect(problemOf(await dispatcher.amend(`/conditions/${id}`, { place: {} })).detail).toContain('place');
  });

  it('is declared by dispatchers and supervisors, and seen by everyone', async () => {
    await declare('Supervised Street', {}, await clientAs(server.url, 'supervisor'));
    for (const role of ['call-taker', 'administrator'] as const) {
      const other = await clientAs(server.url, role);
      expect((await other.get('/conditions')).status).toBe(200);
      expect(await other.refused('/conditions', closure('x'))).toMatchObject({ status: 403 });
    }
    const patrol = await patrolOf(server.url, 'u1', Person);
    expect((await patrol.get('/conditions')).json.active.length).toBeGreaterThan(0);
    expect((await patrol.get('/conditions/shapes')).status).toBe(200);
    expect(await patrol.refused('/conditions', closure('x'))).toMatchObject({ status: 403 });
  });
});

describe('live', () => {
  it('LIVE-23: tells of road conditions, to patrols too, and of their expiry after the time', async () => {
    const patrol = await patrolOf(server.url, 'u2', Person);
    const watchers = [await watch(dispatcher), await watch(patrol)];
    const id = await declare('Live Street', { from: clock.in(60), to: clock.in(120) });
    for (const { board } of watchers) {
      await soon(() => expect(board.conditions.get(id)).toMatchObject({ version: 1, ended: null }));
    }
    // Its beginning is not told: everyone can tell it by the clock.
    clock.pass(60);
    expect(idsOf((await dispatcher.get('/conditions')).json.active)).toContain(id);
    const end = clock.in(60);
    clock.pass(90);
    expect(idsOf((await dispatcher.get('/conditions')).json.active)).not.toContain(id);
    for (const { board } of watchers) {
      await soon(() =>
        expect(board.conditions.get(id)).toMatchObject({
          version: 2,
          ended: { at: instant(Date.parse(end)), how: 'expired', reason: null },
        }),
      );
    }
    // Whoever comes later has the same, and one that comes back is told of it.
    expect((await watch(patrol)).board.content).toEqual(watchers[1]?.board.content);
  });
});

describe('the end of a road condition', () => {
  it('is recorded once, though two servers see it, with the time at which it came', async () => {
    const other = await startOn(server.database, { clock });
    const id = await declare('Twin Street', { to: clock.in(60) });
    const to = clock.in(60);
    clock.pass(90);
    await soon(async () => expect(await typesOf(id)).toContain('RoadConditionExpired'));
    // Both have looked again by now.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const events = await eventsOf(id);
    expect(events.map(({ type }) => type)).toEqual(['RoadConditionDeclared', 'RoadConditionExpired']);
    expect(events[1]).toMatchObject({
      occurredAt: Date.parse(to),
      recordedAt: clock.now(),
      actor: 'process:reactions',
    });
    await other.stop();
  });

  it('is not lost when nobody was there: the next start records it, and goes on with the others', async () => {
    const night = new StandingClock('2026-03-01T22:00:00Z');
    const database = await createTestDatabase();
    finally_(() => database.drop());
    // What a process leaves that was killed right after it had recorded the command.
    const log = await openResponseLog(database.database, { agency: AGENCY.id, rules: SHIPPED_RULES });
    const put = (conditionId: string, to: string | null) =>
      log.submit({
        command: {
          type: 'DeclareRoadCondition',
          conditionId,
          effect: { kind: 'closed' },
          place: { kind: 'street', name: conditionId, within: null },
          matched: null,
          from: null,
          to: to === null ? null : instant(Date.parse(to)),
          source: 'police',
          reason: 'x',
        },
        actor: 'account:wang',
        at: night.now(),
        key: `put-${conditionId}`,
        fingerprint: 'f',
      });
    await put('short', night.in(HOUR));
    await put('long', null);
    await log.close();
    night.pass(8 * HOUR);
    const morning = await startOn(database, { clock: night });
    const there = await clientAs(morning.url, 'dispatcher');
    await soon(async () => expect(await typesOf('short', morning)).toContain('RoadConditionExpired'));
    const { active, recent } = (await there.get('/conditions')).json;
    expect([idsOf(active), idsOf(recent)]).toEqual([['long'], ['short']]);
    const again = await morning.restart();
    expect(idsOf((await (await clientAs(again.url, 'dispatcher')).get('/conditions')).json.active)).toEqual([
      'long',
    ]);
    expect(await typesOf('short', again)).toEqual(['RoadConditionDeclared', 'RoadConditionExpired']);
    expect(await verifyLog(database.database, AGENCY.id)).toMatchObject({ ok: true });
  });
});

describe('on a road network', () => {
  let town: TestServer;
  let there: Client;
  beforeAll(async () => {
    town = await startTestServer({ network: townFile(), clock });
    await registerUnits(town.url, 2);
    there = await clientAs(town.url, 'dispatcher');
  });

  it('a place stands for the pieces of street that it means', async () => {
    const matchedBy = async (where: object): Promise<number> => {
      const id = await declare('', { place: where }, there);
      const { active } = (await there.get('/conditions')).json;
      // The town is to stay open for what follows.
      await there.done(`/conditions/${id}/lift`, { reason: 'counted' });
      return active.find((each: { id: string }) => each.id === id).matched;
    };
    // A street of the town has six crossings.
    expect(await matchedBy({ kind: 'street', name: '3 STREET ' })).toBe(5);
    const [west, south] = place(-10, 390);
    const [east, north] = place(390, 410);
    expect(await matchedBy({ kind: 'street', name: '2 street', within: [west, south, east, north] })).toBe(2);
    const square = [place(-50, -50), place(50, -50), place(50, 50), place(-50, 50)];
    expect(await matchedBy({ kind: 'polygon', rings: [square] })).toBe(2);
    expect(await matchedBy({ kind: 'line', points: [place(0, 803), place(600, 797)], width: 20 })).toBe(3);
    expect(await matchedBy({ kind: 'edges', edges: [{ way: 101, position: place(300, 205) }] })).toBe(1);
  });

  it('a street that is not there is refused by its name, a place without streets as such', async () => {
    expect(await there.refused('/conditions', closure('Nowhere Lane'))).toMatchObject({
      status: 422,
      code: 'street-unknown',
      subject: 'Nowhere Lane',
    });
    const away = [place(5000, 0), place(5100, 0), place(5100, 100)];
    expect(
      await there.refused('/conditions', { ...closure(''), place: { kind: 'polygon', rings: [away] } }),
    ).toMatchObject({ status: 422, code: 'place-matches-nothing', subject: 'place' });
  });

  it('what holds and what is to come is drawn, until it is over', async () => {
    const ring = [place(150, 950), place(250, 950), place(250, 1050)];
    const id = await declare(
      '',
      { place: { kind: 'polygon', rings: [ring] }, from: clock.in(HOUR), to: clock.in(2 * HOUR) },
      there,
    );
    const shapes = async () =>
      (await there.get('/conditions/shapes')).json.features.filter(
        (feature: { properties: { conditionId: string } }) => feature.properties.conditionId === id,
      );
    const [streets, drawn, ...others] = await shapes();
    expect(others).toEqual([]);
    expect(streets.properties).toEqual({
      conditionId: id,
      shape: 'streets',
      effect: 'closed',
      phase: 'scheduled',
    });
    expect(streets.geometry.coordinates.length).toBeGreaterThan(0);
    expect(drawn.geometry).toEqual({ type: 'MultiLineString', coordinates: [[...ring, ring[0]]] });
    clock.pass(HOUR);
    expect((await shapes())[0].properties.phase).toBe('active');
    clock.pass(HOUR);
    expect(await shapes()).toEqual([]);
  });

  it('a change of the roads has arrivals worked out again, from where the units are now', async () => {
    const { incidentId } = await there.done('/incidents', {
      location: { position: place(1000, 0), method: 'map' },
      classification: { typeCode: 'LARCENY' },
    });
    const { assignmentIds } = await there.done(`/incidents/${incidentId}/dispatch`, { unitIds: ['u1'] });
    const { board } = await watch(there);
    const eta = () => board.assignments.get(assignmentIds[0]);
    await soon(() => expect(eta()).toMatchObject({ revisedEta: null, etaSeconds: expect.any(Number) }));
    // A minute has passed, and it still stands at its station: it will be there a minute later than it was to be.
    clock.pass(60);
    await declare('5 Avenue', { effect: { kind: 'slowed', factor: 0.5 } }, there);
    await soon(() =>
      expect(eta()).toMatchObject({
        etaSeconds: expect.any(Number),
        revisedEta: { at: clock.now(), seconds: expect.any(Number) },
      }),
    );
    expect((await eventsOf(assignmentIds[0], town)).at(-1)).toMatchObject({
      type: 'EtaRevised',
      actor: 'process:reactions',
    });
  });

  it('a change of the roads has units recommended anew for those who wait', async () => {
    const { incidentId } = await there.done('/incidents', {
      location: { position: place(0, 1000), method: 'map' },
      classification: { typeCode: 'LARCENY' },
    });
    const recommended = async () =>
      (await typesOf(incidentId, town)).filter((type) => type === 'UnitsRecommended').length;
    await soon(async () => expect(await recommended()).toBe(1));
    clock.pass(5);
    await declare('4 Avenue', {}, there);
    await soon(async () => expect(await recommended()).toBe(2));
    expect((await there.get(`/incidents/${incidentId}`)).json.incident).toMatchObject({
      recommendation: { at: clock.in(0) },
      stamps: { recommended: clock.in(-5) },
    });
  });
});
