// A city to look at: units on duty with a device each, and open incidents, many of them with a unit on the way.
import { randomUUID } from 'node:crypto';
import { createRandom, instant } from '../../packages/base/dist/index.js';
import { connectDatabase, migrate, openDatabase, registerDevice } from '../../packages/store/dist/index.js';

const TYPES = ['LARCENY', 'FIGHT', 'VANDAL', 'CITASST', 'DISORD'];
const CENTRE = [113.6, 24.8];
/** Half of the side of the square that the units are spread over, in degrees. */
const REACH = 0.12;
/** Requests under way at once: commits are grouped. */
const AT_ONCE = 48;

/** Those that are watched come first on the board, where they can be seen. */
const unitIdOf = (index, watched) => (index < watched ? `A${index + 1}` : `U${index + 1}`);

/** Registers a device for each unit, straight in the database and before the server looks. */
export async function registerDevices(data, { units, watched }) {
  const server = await openDatabase({ data, mode: 'own' });
  const database = await connectDatabase({
    connectionString: server.connectionString,
    maxConnections: AT_ONCE,
  });
  await migrate(database);
  await inParallel(units, (index) => {
    const unitId = unitIdOf(index, watched);
    return registerDevice(
      database,
      'agency',
      { id: `d-${unitId}`, unitId, label: 'bench' },
      instant(Date.now()),
    );
  });
  await database.close();
  await server.stop();
}

export async function buildCity(url, { units, incidents, watched }, say) {
  const random = createRandom(7);
  const somewhere = () => CENTRE.map((value) => value + (random.next() * 2 - 1) * REACH);
  const administrator = await signIn(url, 'administrator');
  const dispatcher = await signIn(url, 'dispatcher');

  const devices = await inParallel(units, async (index) => {
    const unitId = unitIdOf(index, watched);
    const home = somewhere();
    await administrator('/units', {
      unitId,
      callSign: unitId,
      unitType: index % 5 === 0 ? 'ambulance' : 'patrol',
      capabilities: index % 5 === 0 ? ['ambulance-bls'] : ['patrol', 'traffic'],
      home,
    });
    await dispatcher(`/units/${unitId}/duty/begin`, { crew: [`crew ${index}`, 'second'] });
    if (index % 1000 === 999) say(`${index + 1} units`);
    return { unitId, deviceId: `d-${unitId}`, position: home };
  });

  const assignments = await inParallel(incidents, async (index) => {
    const { incidentId } = await dispatcher('/incidents', {
      source: 'self-initiated',
      location: { position: somewhere(), words: `corner ${index}`, method: 'map' },
      classification: { typeCode: TYPES[index % TYPES.length], priority: 2 + (index % 4) },
    });
    if (index % 5 >= 3) return null;
    const { unitId } = devices[index < watched ? index : units - 1 - index];
    const { assignmentIds } = await dispatcher(`/incidents/${incidentId}/dispatch`, { unitIds: [unitId] });
    return { unitId, assignmentId: assignmentIds[0], incidentId };
  });
  const orders = assignments.filter((order) => order !== null);
  return { devices, orders: orders.filter(({ unitId }) => unitId.startsWith('A')), dispatcher };
}

async function inParallel(count, work) {
  const results = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Takes a role and returns what makes commands with it. */
export async function signIn(url, role) {
  const answer = await fetch(`${url}/api/v1/rehearsal/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
  });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  const command = async (path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    const content = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${content.detail}`);
    return content;
  };
  command.cookie = cookie;
  return command;
}
