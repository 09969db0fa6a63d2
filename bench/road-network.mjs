import { existsSync, readFileSync } from 'node:fs';
import { buildNetwork } from '../packages/roads/dist/index.js';
import { encodeOsmPbf, generateCity } from '../packages/simulation/dist/index.js';

const SAN_FRANCISCO = new URL('../../shared/data/sf/roads.osm.pbf', import.meta.url);

/** San Francisco where its extract is at hand, else a generated city of about the same size. */
export function loadNetwork() {
  const isReal = existsSync(SAN_FRANCISCO);
  const extract = isReal
    ? readFileSync(SAN_FRANCISCO)
    : encodeOsmPbf(generateCity({ seed: 1, size: 23_000 }));
  const built = buildNetwork(extract);
  if (!built.ok) throw new Error(built.error.message);
  return { network: built.value.network, name: isReal ? 'San Francisco' : 'generated city' };
}
