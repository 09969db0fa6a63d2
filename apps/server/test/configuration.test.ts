import { randomUUID } from 'node:crypto';
import { createCatalogue } from '@lamplight/domain';
import { readConfiguration } from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCatalogues } from '../src/desk/catalogue-effect.js';
import { type Client, clientAs, problemOf } from './fixtures/client.js';
import {
  AGENCY,
  endAll,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
  townFile,
} from './fixtures/server.js';
import { place } from './fixtures/town.js';
import { watch } from './fixtures/watcher.js';

let one: TestServer;
let other: TestServer;
let administrator: Client;
let elsewhere: Client;
let dispatcher: Client;
beforeAll(async () => {
  const network = townFile();
  one = await startTestServer({ network });
  other = await startOn(one.database, { network });
  await registerUnits(one.url, 3);
  administrator = await clientAs(one.url, 'administrator');
  elsewhere = await clientAs(other.url, 'administrator');
  dispatcher = await clientAs(other.url, 'dispatcher');
});
afterAll(endAll);

const name = { en: 'Ours', zh: '自有' };
const patrolCard = (id: string, count: number) => ({
  id,
  name,
  levels: [{ level: 1, requires: [{ capability: 'patrol', count }] }],
});

async function save(client: Client, section: string, content: unknown, reason = 'a test') {
  const { version } = (await client.get(`/configuration/${section}`)).json;
  return client.send('PUT', `/api/v1/configuration/${section}`, { body: { version, reason, content } });
}

const larcenyAt = async (client: Client): Promise<string> =>
  (
    await client.done('/incidents', {
      source: 'self-initiated',
      classification: { typeCode: 'LARCENY' },
      location: { words: 'corner', position: place(400, 400), method: 'map' },
    })
  ).incidentId;

const cardOfLarceny = createCatalogue().findIncidentType('LARCENY')?.runCard ?? '';

describe('the configuration', () => {
  it('begins with what is shipped and nothing of the agency’s own', async () => {
    const { json } = await administrator.get('/configuration/dispositions');
    expect(json).toMatchObject({ section: 'dispositions', version: 0, actor: null });
    expect(json.content).toEqual({ own: [], hidden: [] });
    expect(json.shipped).toHaveLength(45);
    expect((await administrator.get('/configuration/dispositions/history')).json).toEqual({
      versions: [],
      next: null,
    });
    expect((await administrator.get('/configuration/weather')).status).toBe(400);
  });

  it('keeps every version with who, when and why, and leaves a line in the audit', async () => {
    const first = { own: [{ code: 'WASH', name, meaning: 'refuelling' }], hidden: [] };
    const second = { own: first.own, hidden: ['TR'] };
    expect((await save(administrator, 'unit-statuses', first, 'cars are washed')).json.version).toBe(1);
    expect((await save(elsewhere, 'unit-statuses', second, 'nobody trains')).json.version).toBe(2);
    const { json } = await administrator.get('/configuration/unit-statuses/history');
    expect(json.versions).toMatchObject([
      { version: 2, actor: 'account:rehearsal-administrator', reason: 'nobody trains', content: second },
      { version: 1, reason: 'cars are washed', content: first },
    ]);
    const paged = (await administrator.get('/configuration/unit-statuses/history?limit=1')).json;
    expect(paged).toMatchObject({ versions: [{ version: 2 }], next: 2 });
    expect(
      (await administrator.get('/configuration/unit-statuses/history?limit=1&before=2')).json,
    ).toMatchObject({ versions: [{ version: 1 }], next: null });
    const { rows } = await one.database.database.pool.query(
      "select detail from audit where subject = 'configuration:unit-statuses' order by sequence",
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      { before: 0, after: 1, reason: 'cars are washed' },
      { before: 1, after: 2, reason: 'nobody trains' },
    ]);
    // Hidden is not offered, and what has it keeps its meaning.
    const { unitStatuses } = (await dispatcher.get('/catalogue')).json;
    expect(unitStatuses).toContainEqual(expect.objectContaining({ code: 'TR', hidden: true }));
    await dispatcher.done('/units/u3/status', { code: 'WASH' });
    await dispatcher.done('/units/u3/status', { code: 'TR' });
    await dispatcher.done('/units/u3/status', { code: 'AV' });
  });

  it('is changed by one of two who change the same version, and the other is told whose holds', async () => {
    const { version } = (await administrator.get('/configuration/dispositions')).json;
    const body = (code: string) => ({
      body: {
        version,
        reason: `adds ${code}`,
        content: { own: [{ code, name, service: 'any' }], hidden: [] },
      },
    });
    const path = '/api/v1/configuration/dispositions';
    const answers = await Promise.all([
      administrator.send('PUT', path, body('OURS')),
      elsewhere.send('PUT', path, body('THEIRS')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost && problemOf(lost)).toMatchObject({
      code: 'configuration-changed',
      subject: 'dispositions',
      detail: expect.stringContaining('adds '),
    });
  });

  it('is refused when it does not fit, naming each field, and then changes nothing', async () => {
    const before = await readConfiguration(one.database.database, AGENCY.id);
    const shape = await save(administrator, 'run-cards', {
      own: [{ id: 'x', name, levels: [{ level: 0 }] }],
    });
    expect(problemOf(shape)).toMatchObject({ status: 400, code: 'request-invalid' });
    expect(problemOf(shape).errors?.map(({ field }) => field)).toEqual([
      'content.own.0.levels.0.level',
      'content.own.0.levels.0.requires',
      'content.hidden',
    ]);
    const sense = await save(administrator, 'run-cards', {
      own: [patrolCard('x', 1)],
      hidden: [cardOfLarceny],
    });
    expect(problemOf(sense)).toMatchObject({
      status: 422,
      code: 'configuration-invalid',
      subject: 'run-cards',
    });
    expect(problemOf(sense).errors).toContainEqual({
      field: 'LARCENY.runCard',
      reason: `run-card-hidden (${cardOfLarceny})`,
    });
    const gone = await save(administrator, 'unit-statuses', { own: [], hidden: [] });
    expect(problemOf(gone).errors).toEqual([{ field: 'WASH', reason: 'entry-removed (WASH)' }]);
    for (const reason of ['', '  ']) {
      expect((await save(administrator, 'run-cards', { own: [], hidden: [] }, reason)).status).toBe(400);
    }
    expect(await readConfiguration(one.database.database, AGENCY.id)).toEqual(before);
  });

  it('is shown to supervisors, who may not change it, and to nobody else', async () => {
    const supervisor = await clientAs(one.url, 'supervisor');
    expect((await supervisor.get('/configuration/targets')).status).toBe(200);
    expect((await save(supervisor, 'targets', { own: [], hidden: [] })).status).toBe(403);
    for (const role of ['dispatcher', 'call-taker', 'patrol'] as const) {
      expect((await (await clientAs(one.url, role)).get('/configuration/targets')).status).toBe(403);
    }
  });

  it('LIVE-29: takes effect at once in all servers, and live clients are told', async () => {
    const watcher = await watch(dispatcher);
    const incidentId = await larcenyAt(dispatcher);
    const asked = async (client: Client) =>
      (await client.get(`/incidents/${incidentId}/recommendation`)).json.requirements;
    expect(await asked(dispatcher)).toMatchObject([{ capability: 'patrol', required: 1 }]);
    const recorded = () =>
      dispatcher
        .get(`/incidents/${incidentId}`)
        .then(({ json }) => json.incident.recommendation?.requirements);
    await soon(async () => expect(await recorded()).toMatchObject([{ required: 1 }]));

    const content = { own: [patrolCard(cardOfLarceny, 2)], hidden: [] };
    expect((await save(administrator, 'run-cards', content)).status).toBe(200);
    const here = await clientAs(one.url, 'dispatcher');
    expect(await asked(here)).toMatchObject([{ capability: 'patrol', required: 2 }]);
    await soon(async () => expect(await asked(dispatcher)).toMatchObject([{ required: 2 }]));
    // What was recommended and is still waiting is recommended anew, and on record.
    await soon(async () => expect(await recorded()).toMatchObject([{ required: 2, suggested: 2 }]));

    const { revision, runCards } = (await here.get('/catalogue')).json;
    expect(runCards.find(({ id }: { id: string }) => id === cardOfLarceny).levels).toHaveLength(1);
    await soon(() => expect(watcher.ofType('tick').at(-1)?.catalogue).toBe(revision));
    // The card has one level now, so there is no second to raise to.
    expect(await here.refused(`/incidents/${incidentId}/raise-alarm`, { level: 2 })).toMatchObject({
      code: 'alarm-level-unknown',
    });
    await save(administrator, 'run-cards', { own: [], hidden: [] });
  });

  it('holds after a restart', async () => {
    const { revision } = (await administrator.get('/catalogue')).json;
    const again = await other.restart();
    const { json } = await (await clientAs(again.url, 'dispatcher')).get('/catalogue');
    expect(json.revision).toBe(revision);
    expect(json.unitStatuses).toContainEqual(expect.objectContaining({ code: 'WASH' }));
  });
});

describe('a preview', () => {
  it('says what the incidents of a period would have asked for, without changing anything', async () => {
    const client = await clientAs(one.url, 'dispatcher');
    for (let count = 0; count < 3; count++) await larcenyAt(client);
    const now = Date.now();
    const period = {
      from: new Date(now - 3_600_000).toISOString(),
      to: new Date(now + 60_000).toISOString(),
    };
    const { incidents } = (await client.get('/incidents?limit=100')).json;
    const content = { own: [patrolCard(cardOfLarceny, 4)], hidden: [] };
    const path = '/api/v1/configuration/run-cards/preview';
    const { json } = await administrator.send('POST', path, { body: { content, period } });
    expect(json.problems).toEqual([]);
    const larcenies = incidents.length;
    expect(json.effect).toMatchObject({
      incidents: incidents.length,
      unclassified: 0,
      changed: larcenies,
      types: [
        {
          typeCode: 'LARCENY',
          count: larcenies,
          differs: true,
          before: { demand: [{ capability: 'patrol', count: larcenies }], unmet: 0 },
          // Three units are registered, and four are asked for.
          after: { demand: [{ capability: 'patrol', count: 4 * larcenies }], unmet: larcenies },
        },
      ],
    });
    expect((await administrator.get('/configuration/run-cards')).json.content.own).toEqual([]);

    const yesterday = await administrator.send('POST', path, { body: { content } });
    expect(yesterday.json.effect).toMatchObject({ incidents: 0, changed: 0, types: [] });
    const backwards = { from: period.to, to: period.from };
    expect((await administrator.send('POST', path, { body: { content, period: backwards } })).status).toBe(
      400,
    );
    const unsound = { own: [patrolCard('y', 0.5)], hidden: [] };
    expect((await administrator.send('POST', path, { body: { content: unsound } })).status).toBe(400);
    const circle = { own: [{ id: 'a', name, implies: ['a'] }], hidden: [] };
    const wrong = await administrator.send('POST', '/api/v1/configuration/capabilities/preview', {
      body: { content: circle },
    });
    expect(wrong.json).toMatchObject({ problems: [{ key: 'a', fault: 'implies-circle' }], effect: null });
  });

  it('adds up to what each incident by itself would have asked for', () => {
    const before = createCatalogue();
    const after = createCatalogue({
      'run-cards': { own: [patrolCard(cardOfLarceny, 3)], hidden: [] },
      'incident-types': {
        own: [{ code: 'ROBBERY', name, family: 'violence', priority: 4, runCard: 'admin-none' }],
        hidden: [],
      },
    });
    const counts = [
      { typeCode: null, alarmLevel: 1, count: 2 },
      { typeCode: 'ROBBERY', alarmLevel: 1, count: 5 },
      { typeCode: 'ROBBERY', alarmLevel: 2, count: 1 },
      { typeCode: 'LARCENY', alarmLevel: 3, count: 2 },
      { typeCode: 'UNHEARD', alarmLevel: 1, count: 1 },
    ];
    const sum = (catalogue: typeof before): Record<string, number> => {
      const total: Record<string, number> = {};
      for (const { typeCode, alarmLevel, count } of counts) {
        const type = typeCode === null ? undefined : catalogue.findIncidentType(typeCode);
        if (!type) continue;
        const { levels } = catalogue.runCardOf(type);
        for (const { capability, count: each } of levels[Math.min(alarmLevel, levels.length) - 1]?.requires ??
          [])
          total[capability] = (total[capability] ?? 0) + each * count;
      }
      return total;
    };
    const effect = compareCatalogues(counts, [], { before, after });
    expect(effect).toMatchObject({ incidents: 11, unclassified: 3, changed: 8 });
    const listed = (demand: typeof effect.before) =>
      Object.fromEntries(demand.map(({ capability, count }) => [capability, count]));
    expect(listed(effect.before)).toEqual(sum(before));
    expect(listed(effect.after)).toEqual(sum(after));
    const robbery = effect.types.find(({ typeCode }) => typeCode === 'ROBBERY');
    expect(robbery?.after).toEqual({ priority: 4, runCard: 'admin-none', demand: [], unmet: 0 });
    expect(robbery?.before.unmet).toBe(6);
  });
});

it('the incident types that stood in the settings of an agency become a version', async () => {
  const { pool } = one.database.database;
  const agency = `old-${randomUUID()}`;
  const types = [{ code: 'DRONE', name, family: 'hazard', priority: 2, runCard: 'patrol-1' }];
  await pool.query('insert into agency (id, name, time_zone, settings) values ($1, $2, $3, $4)', [
    agency,
    name,
    'UTC',
    JSON.stringify({ epoch: 'e', incidentTypes: types }),
  ]);
  const { configuration } = await import('../../../packages/store/src/migrations/0004-configuration.js');
  await pool.query(configuration.sql.slice(configuration.sql.indexOf('insert into')));
  const { sections } = await readConfiguration(one.database.database, agency);
  expect(sections.get('incident-types')).toMatchObject({ version: 1, content: { own: types, hidden: [] } });
  const { rows } = await pool.query('select settings from agency where id = $1', [agency]);
  expect(rows).toEqual([{ settings: { epoch: 'e' } }]);
});
