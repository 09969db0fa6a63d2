// npm run bench -- NAME [--json] [options of the bench]: measures against a peer or a naive baseline in the same run.
//
// A row is {name, unit, ours} and, where there is such a thing: `p95` beside the median in `ours`; `peer` with `peerName`
// and `peerP95`; `reach`, the figure that ours is to reach, and `reachRatio`, how many times better it is to be. A second
// peer is a second row of the same name.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

const benches = {
  recommendation: () => import('./recommendation.mjs'),
  roads: () => import('./roads.mjs'),
  append: () => import('./append.mjs'),
  'ring-to-device': () => import('./ring-to-device.mjs'),
  console: () => import('./console.mjs'),
};

const [name, ...args] = process.argv.slice(2);
const load = benches[name];
if (!load) {
  console.error(`Name one of: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const { measure, conditions, options: ownOptions = {} } = await load();
const { json, ...options } = readOptions({ json: { type: 'boolean', default: false }, ...ownOptions });
const say = json ? console.error : console.log;
say(`${name}: ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`);
for (const line of conditions) say(`  ${line}`);

const rows = (await measure(options, (line) => say(`  ${line}`))).map((row) => ({
  ...row,
  ...(row.peer !== undefined && { ratio: ratioOf(row) }),
}));
if (json) console.log(JSON.stringify(rows, null, 2));
else console.table(rows.map(columnsOf));
process.exit(0);

function readOptions(options) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    console.error(error.message);
    return process.exit(2);
  }
}

function columnsOf(row) {
  const sign = isRate(row) ? '≥' : '≤';
  return {
    what: row.name,
    unit: row.unit,
    ours: digits(row.ours, 4),
    ...(row.p95 !== undefined && { 'ours p95': digits(row.p95, 4) }),
    ...(row.reach !== undefined && { 'to reach': `${sign} ${row.reach}`, reached: isReached(row) }),
    ...(row.peer !== undefined && {
      peer: digits(row.peer, 4),
      ...(row.peerP95 !== undefined && { 'peer p95': digits(row.peerP95, 4) }),
      peerName: row.peerName,
      'times better': digits(row.ratio, 3),
      ...(row.reachRatio !== undefined && { 'to be': `≥ ${row.reachRatio}` }),
    }),
  };
}

/** How many times better ours is: for times the peer's over ours, for rates ours over the peer's. */
function ratioOf(row) {
  return isRate(row) ? row.ours / row.peer : row.peer / row.ours;
}

function isReached(row) {
  const isFast = isRate(row) ? row.ours >= row.reach : row.ours <= row.reach;
  return isFast && (row.reachRatio === undefined || row.ratio >= row.reachRatio) ? 'yes' : 'no';
}

function isRate({ unit }) {
  return unit.endsWith('/s');
}

function digits(value, count) {
  return Number(value.toPrecision(count));
}
