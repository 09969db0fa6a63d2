import { after, createRandom, type Instant, instant, seconds } from '@lamplight/base';
import { type Entity, ResponseBoard, type ResponseCommand, SHIPPED_RULES } from '@lamplight/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Commit,
  type EntityDoc,
  findEntity,
  hashEvent,
  listEntities,
  type Outcome,
  openLog,
  openResponseLog,
  ResponseFold,
  type ResponseLog,
  type ResponseLogOptions,
  readEntity,
  readEvents,
  rebuildProjections,
} from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';

let test: TestDatabase;
const open: ResponseLog[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  for (const log of open) await log.close();
  await test.drop();
});

const MORNING = instant(Date.parse('2026-03-01T08:00:00Z'));
const DAY = seconds(24 * 3600);

async function start(agency: string, more: Partial<ResponseLogOptions> = {}): Promise<ResponseLog> {
  const log = await openResponseLog(test.database, { agency, rules: SHIPPED_RULES, ...more });
  open.push(log);
  return log;
}

let keys = 0;
const give = (log: ResponseLog, command: ResponseCommand, at: Instant = MORNING): Promise<Outcome> => {
  const key = `key-${++keys}`;
  return log.submit({ command, actor: 'account:wang', at, key, fingerprint: key });
};

const unit = (unitId: string): ResponseCommand => ({
  type: 'RegisterUnit',
  unitId,
  callSign: unitId,
  unitType: 'car',
  capabilities: ['patrol'],
  stationId: null,
  home: null,
  minimumCrew: 1,
});
const incident = (incidentId: string, callId: string | null = null): ResponseCommand => ({
  type: 'OpenIncident',
  incidentId,
  source: 'call',
  day: '20260301',
  externalId: null,
  callId,
  location: null,
  classification: { typeCode: 'LARCENY', priority: null },
  note: 'a note',
});
const call = (callId: string): ResponseCommand => ({
  type: 'ReceiveCall',
  callId,
  channel: 'voice',
  externalId: null,
  line: null,
  callerNumber: '1',
  location: null,
  ringAt: null,
});

const closure = (
  conditionId: string,
  to: Instant | null = null,
  street = `Street of ${conditionId}`,
): ResponseCommand => ({
  type: 'DeclareRoadCondition',
  conditionId,
  effect: { kind: 'closed' },
  place: { kind: 'street', name: street, within: null },
  matched: 3,
  from: null,
  to,
  source: 'police',
  reason: 'flood',
});

/** Whatever a seeded hand thinks of, sensible or not; a refusal is fine. */
async function live(log: ResponseLog, seed: string, commands: number): Promise<void> {
  const random = createRandom(seed);
  const pick = (kind: string, count: number): string => `${kind}${random.integer(count)}`;
  for (let number = 0; number < 4; number++) {
    await give(log, unit(`u${number}`));
    await give(log, { type: 'BeginDuty', unitId: `u${number}`, crew: ['Li'] });
  }
  for (let number = 0; number < commands; number++) {
    const at = after(MORNING, seconds(number));
    const incidentId = pick('i', 12);
    const assignmentId = pick('a', 40);
    const made: readonly ResponseCommand[] = [
      call(`c${number}`),
      { type: 'AnswerCall', callId: pick('c', number + 1) },
      { type: 'EndCall', callId: pick('c', number + 1), outcome: 'completed' },
      incident(`i${number % 12}`),
      incident(`i${number % 12}`, pick('c', number + 1)),
      { type: 'AddNote', incidentId, text: `note ${number}` },
      { type: 'LinkIncidents', incidentId, otherId: pick('i', 12), relation: 'parent' },
      {
        type: 'DispatchUnits',
        incidentId,
        orders: [{ assignmentId: `a${number % 40}`, unitId: pick('u', 4), etaSeconds: seconds(60) }],
        whenCommitted: random.integer(2) === 0 ? 'stack' : 'preempt',
      },
      { type: 'DispatchProposed', assignmentId },
      {
        type: 'ReportProgress',
        assignmentId,
        stage: 'onScene',
        happenedAt: after(at, seconds(-random.integer(90))),
      },
      { type: 'ReportProgress', assignmentId, stage: 'cleared', happenedAt: null },
      { type: 'CorrectStamp', assignmentId, stage: 'onScene', to: at, reason: 'by radio' },
      { type: 'MergeIncident', incidentId, into: pick('i', 12) },
      { type: 'CloseIncident', incidentId, disposition: '01' },
      { type: 'CancelIncident', incidentId, reason: 'mistake' },
      { type: 'ReopenIncident', incidentId, reason: 'more to do' },
      { type: 'ReviseEta', assignmentId, etaSeconds: seconds(number) },
      closure(`r${number % 20}`, after(at, seconds(60))),
      {
        type: 'AmendRoadCondition',
        conditionId: pick('r', 20),
        changes: { effect: { kind: 'slowed', factor: 0.25 }, to: null },
      },
      { type: 'LiftRoadCondition', conditionId: pick('r', 20), reason: 'free again' },
      { type: 'ExpireRoadCondition', conditionId: pick('r', 20) },
    ];
    const command = made[random.integer(made.length)];
    if (command) await give(log, command, at);
  }
}

const sorted = (entities: readonly Entity[]): Entity[] =>
  [...entities].sort((a, b) => `${a.kind}${a.entity.id}`.localeCompare(`${b.kind}${b.entity.id}`));

/** The board that somebody has who was told of every commit. */
function follow(log: ResponseLog): { readonly entities: Entity[]; readonly commits: Commit[] } {
  const board = new ResponseBoard();
  const commits: Commit[] = [];
  for (const entity of log.loaded) board.put(entity);
  log.onCommitted((commit) => {
    commits.push(commit);
    for (const entity of commit.entities) board.put(entity);
  });
  return {
    commits,
    get entities() {
      return sorted([
        ...[...board.units.values()].map((entity): Entity => ({ kind: 'unit', entity })),
        ...[...board.incidents.values()].map((entity): Entity => ({ kind: 'incident', entity })),
        ...[...board.calls.values()].map((entity): Entity => ({ kind: 'call', entity })),
        ...[...board.assignments.values()].map((entity): Entity => ({ kind: 'assignment', entity })),
        ...[...board.conditions.values()].map((entity): Entity => ({ kind: 'condition', entity })),
      ]);
    },
  };
}

async function projected(agency: string): Promise<EntityDoc[]> {
  const docs: EntityDoc[] = [];
  for (const kind of ['unit', 'incident', 'call', 'assignment', 'condition']) {
    docs.push(...(await listEntities(test.database, agency, { kind, limit: 10_000 })).docs);
  }
  return docs;
}

describe('the log of the response context', () => {
  it('tells listeners exactly what the projection holds, and a restart loads the same', async () => {
    const log = await start('same');
    const followed = follow(log);
    await live(log, 'same', 250);
    const docs = await projected('same');
    expect(followed.entities.length).toBeGreaterThan(25);
    expect(sorted(docs.map(readEntity))).toEqual(followed.entities);
    expect(followed.entities.filter(({ kind }) => kind === 'condition').length).toBeGreaterThan(5);
    await log.close();
    const again = await start('same', { recentSince: MORNING });
    expect(again.openedAt).toBe(log.position);
    expect(sorted([...again.loaded])).toEqual(followed.entities);
  });

  it('has commits without a gap, whose events fold to their entities', async () => {
    const log = await start('gapless');
    const followed = follow(log);
    await live(log, 'gapless', 150);
    const events = followed.commits.flatMap((commit) => commit.events);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
    const board = new ResponseBoard();
    for (const commit of followed.commits) {
      const folded = new Map(commit.events.map(({ event }) => [event.id, board.apply(event)]));
      expect(sorted([...folded.values()])).toEqual(sorted([...commit.entities]));
    }
  });

  it('is rebuilt from its events to the same projection', async () => {
    const log = await start('rebuilt');
    await live(log, 'rebuilt', 250);
    await log.close();
    const before = await projected('rebuilt');
    await test.database.pool.query(`update entity set doc = '{}' where agency = 'rebuilt'`);
    const { events, documents } = await rebuildProjections(
      test.database,
      'rebuilt',
      () => new ResponseFold(),
    );
    expect(events).toBe(log.position);
    expect(documents).toBe(before.length);
    expect(await projected('rebuilt')).toEqual(before);
  });

  it('shows two processes the same board', async () => {
    const [one, other] = [await start('two'), await start('two')];
    const [here, there] = [follow(one), follow(other)];
    await Promise.all([live(one, 'one', 80), live(other, 'other', 80)]);
    const last = Math.max(one.position, other.position);
    await expect.poll(() => Math.min(one.position, other.position), { timeout: 20_000 }).toBe(last);
    expect(here.entities).toEqual(there.entities);
    expect(sorted((await projected('two')).map(readEntity))).toEqual(here.entities);
  });
});

describe('the answer to a command', () => {
  it('is given again to the same key, with what was made the first time', async () => {
    const log = await start('again');
    const order = {
      command: call('c1'),
      actor: 'account:wang',
      at: MORNING,
      key: 'again-1',
      fingerprint: 'f',
    };
    const first = await log.submit({ ...order, made: { callId: 'c1' } });
    const second = await log.submit({ ...order, command: call('c2'), made: { callId: 'c2' } });
    expect(first).toMatchObject({ ok: true, made: { callId: 'c1' } });
    expect(second).toEqual(first);
    await expect(log.submit({ ...order, fingerprint: 'other' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await expect(log.submit({ ...order, actor: 'account:li' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect(await findEntity(test.database, 'again', 'call', 'c2')).toBeUndefined();
  });

  it('is a refusal that names its reason, and leaves nothing but its receipt', async () => {
    const log = await start('refused');
    expect(await give(log, { type: 'AnswerCall', callId: 'nothing' })).toEqual({
      ok: false,
      refusal: { code: 'call-unknown', subject: 'nothing' },
    });
    expect(log.position).toBe(0);
  });

  it('is "incident-changed" to whoever saw an older version, and only then', async () => {
    const log = await start('seen');
    await give(log, incident('i1'));
    const note: ResponseCommand = { type: 'AddNote', incidentId: 'i1', text: 'x' };
    const order = { command: note, actor: 'a', at: MORNING, fingerprint: 'f' };
    const version = Number((await findEntity(test.database, 'seen', 'incident', 'i1'))?.version);
    const seen = { incidentId: 'i1', version };
    expect(await log.submit({ ...order, key: 'seen-1', seen })).toMatchObject({ ok: true });
    expect(await log.submit({ ...order, key: 'seen-2', seen })).toEqual({
      ok: false,
      refusal: { code: 'incident-changed', subject: 'i1' },
    });
    const other = await start('seen');
    expect(
      await other.submit({ ...order, key: 'seen-3', seen: { incidentId: 'i1', version: version + 1 } }),
    ).toMatchObject({ ok: true });
  });
});

describe('what was over long ago', () => {
  it('leaves memory, and is there again when a command is about it', async () => {
    const log = await start('old', { keepEnded: DAY });
    await give(log, call('c1'));
    await give(log, incident('i1', 'c1'));
    await give(log, unit('u1'));
    await give(log, { type: 'BeginDuty', unitId: 'u1', crew: ['Li'] });
    const order = { assignmentId: 'a1', unitId: 'u1', etaSeconds: null };
    await give(log, { type: 'DispatchUnits', incidentId: 'i1', orders: [order], whenCommitted: 'refuse' });
    await give(log, { type: 'ReportProgress', assignmentId: 'a1', stage: 'cleared', happenedAt: null });
    await give(log, { type: 'EndCall', callId: 'c1', outcome: 'completed' });
    await give(log, { type: 'CloseIncident', incidentId: 'i1', disposition: '01' });
    const later = after(MORNING, seconds(3 * DAY));
    await give(log, call('c2'), later);
    await give(log, call('c3'), after(later, seconds(DAY)));
    const { commits } = follow(log);
    const when = after(later, seconds(DAY + 60));
    const report: ResponseCommand = {
      type: 'ReportProgress',
      assignmentId: 'a1',
      stage: 'onScene',
      happenedAt: MORNING,
    };
    expect(await give(log, report, when)).toMatchObject({ ok: true });
    expect(
      await give(log, { type: 'SettleIncident', incidentId: 'i1', citizenTold: true }, when),
    ).toMatchObject({ ok: true });
    expect(
      await give(log, { type: 'ReopenIncident', incidentId: 'i1', reason: 'again' }, when),
    ).toMatchObject({ ok: true });
    expect(
      await give(log, { type: 'DescribeCaller', callId: 'c1', callerName: 'Wu', callerNumber: null }, when),
    ).toMatchObject({ ok: true });
    // The number of the day goes on where it was, though the incident that had it was forgotten.
    expect(await give(log, incident('i2'), when)).toMatchObject({ ok: true });
    const numbers = (await projected('old'))
      .map(readEntity)
      .flatMap((found) => (found.kind === 'incident' ? [found.entity.number] : []));
    expect(numbers.sort()).toEqual(['20260301-0001', '20260301-0002']);
    expect(commits.flatMap(({ events }) => events).map(({ event }) => event.type)).toContain(
      'IncidentReopened',
    );
    const before = await projected('old');
    await log.close();
    await rebuildProjections(test.database, 'old', () => new ResponseFold());
    expect(await projected('old')).toEqual(before);
  });

  it('takes road conditions along, which can still be asked for and do not come back', async () => {
    const log = await start('roads', { keepEnded: DAY });
    await give(log, closure('r1', after(MORNING, seconds(60))));
    await give(log, closure('r2'));
    await give(log, { type: 'ExpireRoadCondition', conditionId: 'r1' }, after(MORNING, seconds(61)));
    const later = after(MORNING, seconds(3 * DAY));
    await give(log, call('c1'), later);
    await give(log, call('c2'), later);
    await log.close();
    const again = await start('roads', { recentSince: later });
    expect(again.loaded.map(({ entity }) => entity.id).sort()).toEqual(['c1', 'c2', 'r2']);
    expect(await give(again, { type: 'LiftRoadCondition', conditionId: 'r1', reason: 'x' }, later)).toEqual({
      ok: false,
      refusal: { code: 'condition-ended', subject: 'r1' },
    });
    // The same street may be closed again; the one that is closed still may not.
    expect(await give(again, closure('r3', null, 'Street of r1'), later)).toMatchObject({ ok: true });
    expect(await give(again, closure('r4', null, 'Street of r2'), later)).toEqual({
      ok: false,
      refusal: { code: 'condition-duplicate', subject: 'r2' },
    });
  });

  it('is forgotten by the fold once it is over for so long, and not before', async () => {
    const fold = new ResponseFold(DAY);
    const log = await openLog(test.database, { agency: 'fold', fold });
    const put = (id: string, type: string, at: Instant, body: Record<string, string | null>) =>
      log.submit({
        key: `${id}-${type}`,
        fingerprint: '',
        actor: 'a',
        at,
        touches: [id],
        decide: () => ({
          answer: null,
          events: [
            { kind: 'call', id, type, occurredAt: at, body: { at: new Date(at).toISOString(), ...body } },
          ],
        }),
      });
    const received = { channel: 'voice', externalId: null, line: null, callerNumber: null, location: null };
    const hour = (number: number): Instant => after(MORNING, seconds(3600 * number));
    for (const id of ['over', 'open']) await put(id, 'CallReceived', hour(0), received);
    await put('over', 'CallEnded', hour(1), { outcome: 'silent' });
    await put('next', 'CallReceived', hour(20), received);
    expect(fold.has('over')).toBe(true);
    await put('last', 'CallReceived', hour(30), received);
    expect(['over', 'open', 'next', 'last'].map((id) => fold.has(id))).toEqual([false, true, true, true]);
    await log.close();
  });
});

describe('an event that this version does not know', () => {
  /** Writes an event past the domain, as a newer version would. */
  async function writeStrange(agency: string): Promise<void> {
    const log = await openLog(test.database, {
      agency,
      fold: { apply: () => {}, drain: () => [], load: () => {}, has: () => true, reset: () => {} },
    });
    await log.submit({
      key: 'strange-1',
      fingerprint: 'f',
      actor: 'a',
      at: MORNING,
      touches: [],
      decide: () => ({
        answer: null,
        events: [{ kind: 'call', id: 'c1', type: 'CallerSang', occurredAt: MORNING, body: {} }],
      }),
    });
    await log.close();
  }

  it('stops a rebuild, which leaves everything as it was', async () => {
    const log = await start('strange');
    await give(log, call('c1'));
    await log.close();
    await writeStrange('strange');
    const before = await projected('strange');
    await expect(rebuildProjections(test.database, 'strange', () => new ResponseFold())).rejects.toThrow(
      /type/,
    );
    expect(await projected('strange')).toEqual(before);
    const [, strange] = await readEvents(test.database, 'strange', { limit: 10 });
    expect(strange && hashEvent(strange)).toBe(strange?.hash);
  });

  it('is told by a server that runs while it comes, and that goes on working', async () => {
    const errors: unknown[] = [];
    const log = await start('running', { onError: (error) => errors.push(error) });
    await give(log, call('c1'));
    await writeStrange('running');
    await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(String(errors[0])).toMatch(/CallerSang|type/);
    expect(await give(log, { type: 'AnswerCall', callId: 'c1' })).toMatchObject({ ok: true });
  });
});
