import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNetwork } from '../packages/roads/dist/index.js';
import { encodeOsmPbf, generateCity } from '../packages/simulation/dist/index.js';

const SAN_FRANCISCO = new URL('../../shared/data/sf/roads.osm.pbf', import.meta.url);
const GENERATOR = new URL('../packages/simulation/dist/city/', import.meta.url);

/** San Francisco where its extract is at hand, else a generated city of about the same size. */
export function loadNetwork() {
  const { network, name } = existsSync(SAN_FRANCISCO) ? loadSanFrancisco() : loadGeneratedCity(1, 23_000);
  return { network, name };
}

/** `{name, extract, network}` of San Francisco; throws where its extract is absent. */
export function loadSanFrancisco() {
  return build('San Francisco', new Uint8Array(readFileSync(SAN_FRANCISCO)));
}

/** `{name, extract, network}` of a generated city of about `size` nodes. */
export function loadGeneratedCity(seed, size) {
  return build(`generated city, seed ${seed}`, generateExtract(seed, size));
}

function build(name, extract) {
  const built = buildNetwork(extract);
  if (!built.ok) throw new Error(built.error.message);
  return { name, extract, network: built.value.network };
}

/** Making a large city takes long, so its extract is kept for as long as the generator is the same. */
function generateExtract(seed, size) {
  const folder = join(tmpdir(), 'lamplight-bench');
  const file = join(folder, `city-${seed}-${size}-${fingerprintOfGenerator()}.osm.pbf`);
  if (existsSync(file)) return new Uint8Array(readFileSync(file));
  const extract = encodeOsmPbf(generateCity({ seed, size }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, extract);
  renameSync(`${file}.${process.pid}`, file);
  return extract;
}

function fingerprintOfGenerator() {
  const hash = createHash('sha256');
  const files = readdirSync(GENERATOR).filter((file) => file.endsWith('.js'));
  for (const file of files.sort()) hash.update(readFileSync(new URL(file, GENERATOR)));
  return hash.digest('hex').slice(0, 12);
}
