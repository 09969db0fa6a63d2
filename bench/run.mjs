// npm run bench -- NAME [--json]: measures against a peer or a naive baseline in the same run.
import { cpus } from 'node:os';

const benches = {
  recommendation: () => import('./recommendation.mjs'),
  append: () => import('./append.mjs'),
  'ring-to-device': () => import('./ring-to-device.mjs'),
};

const [name, ...options] = process.argv.slice(2);
const load = benches[name];
if (!load) {
  console.error(`Name one of: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const { measure, conditions } = await load();
const rows = (await measure()).map((row) => ({ ...row, ratio: ratioOf(row) }));

if (options.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else {
  console.log(`${name}: ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`);
  for (const line of conditions) console.log(`  ${line}`);
  console.table(
    rows.map(({ name: what, unit, ours, peer, peerName, ratio }) => ({
      what,
      unit,
      ours: Number(ours.toPrecision(4)),
      peer: Number(peer.toPrecision(4)),
      peerName,
      'times better': Number(ratio.toPrecision(3)),
    })),
  );
}
process.exit(0);

/** How many times better ours is: for times the peer's over ours, for rates ours over the peer's. */
function ratioOf({ unit, ours, peer }) {
  return unit.endsWith('/s') ? ours / peer : peer / ours;
}
