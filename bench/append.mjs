import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '../packages/base/dist/index.js';
import { SHIPPED_RULES } from '../packages/domain/dist/index.js';
import {
  connectDatabase,
  migrate,
  openDatabase,
  openResponseLog,
  saveAgency,
} from '../packages/store/dist/index.js';
import { quantileOf } from './statistics.mjs';

const ROUNDS = 5;
const SINGLE = 300;
const CONCURRENT = 6400;
const CLIENTS = 64;
/** The embedded server takes fewer connections than there are clients; more would only wait for each other. */
const CONNECTIONS = 40;

export const conditions = [
  `embedded PostgreSQL, fsync on; median of ${ROUNDS} rounds in turn; ${SINGLE} commands one after another, ${CONCURRENT} by ${CLIENTS} clients`,
  'ours: a command decided under all rules, its event chained by SHA-256, receipt and entity document written, all on disk before the answer',
  `peer: one insert of a row of the same body, each its own transaction, on a pool of ${CONNECTIONS} connections`,
];

export async function measure() {
  const data = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
  const server = await openDatabase({ data, mode: 'own' });
  const database = await connectDatabase({
    connectionString: server.connectionString,
    maxConnections: CONNECTIONS,
  });
  try {
    await migrate(database);
    await saveAgency(database, {
      id: 'bench',
      name: { en: 'Bench', zh: '基准' },
      timeZone: 'UTC',
      settings: {},
    });
    const log = await openResponseLog(database, { agency: 'bench', rules: SHIPPED_RULES });
    await database.pool.query(
      'create table plain (id text primary key, at timestamptz not null, body jsonb not null)',
    );

    let next = 0;
    const submit = () => {
      const id = `call-${next++}`;
      return log.submit({
        command: {
          type: 'ReceiveCall',
          callId: id,
          channel: 'voice',
          externalId: id,
          line: '1',
          callerNumber: '555-0100',
          location: null,
          ringAt: null,
        },
        actor: 'account:bench',
        at: instant(Date.now()),
        key: `key-${id}`,
        fingerprint: id,
      });
    };
    const insert = () => {
      const id = `row-${next++}`;
      const body = {
        id,
        channel: 'voice',
        externalId: id,
        line: '1',
        callerNumber: '555-0100',
        location: null,
      };
      return database.pool.query('insert into plain values ($1, now(), $2)', [id, JSON.stringify(body)]);
    };

    const rates = { oneOurs: [], onePeer: [], manyOurs: [], manyPeer: [] };
    for (let round = -1; round < ROUNDS; round++) {
      const taken = {
        oneOurs: await rate(SINGLE, 1, submit),
        onePeer: await rate(SINGLE, 1, insert),
        manyOurs: await rate(CONCURRENT, CLIENTS, submit),
        manyPeer: await rate(CONCURRENT, CLIENTS, insert),
      };
      if (round >= 0) for (const [what, value] of Object.entries(taken)) rates[what].push(value);
    }
    await log.close();
    const row = (name, ours, peer) => ({
      name,
      unit: 'commands/s',
      ours: quantileOf(ours, 0.5),
      peer: quantileOf(peer, 0.5),
      peerName: 'plain inserts',
    });
    return [
      row('append, one client', rates.oneOurs, rates.onePeer),
      row(`append, ${CLIENTS} clients`, rates.manyOurs, rates.manyPeer),
    ];
  } finally {
    await database.close();
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** Runs `work` so many times by so many clients and returns how often a second. */
async function rate(times, clients, work) {
  let left = times;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return (times * 1000) / (performance.now() - start);
}
