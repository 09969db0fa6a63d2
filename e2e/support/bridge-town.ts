import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBasemap } from '../../packages/basemap/dist/index.js';
import { buildPlaces, serializePlaces } from '../../packages/places/dist/index.js';
import { buildNetwork, companionFile, serializeNetwork } from '../../packages/roads/dist/index.js';

/**
 * A town on two banks, for tests that need to know every street: Station Street on the south bank, Harbour Street 300 m
 * north of it, the Old Bridge between their western ends and the New Bridge between their eastern ones, 2 km away. Who
 * stands at the station needs the Old Bridge to be quick at the houses of the western end.
 */

const WEST = 113.55;
const SOUTH = 24.8;
const METRES_PER_LAT = 111_320;

/** A position, metres east and north of the south-western corner. */
export const inTown = (east: number, north: number): readonly [lon: number, lat: number] => [
  WEST + east / (METRES_PER_LAT * Math.cos((SOUTH * Math.PI) / 180)),
  SOUTH + north / METRES_PER_LAT,
];

export const STATION = inTown(200, 0);
/** The house that is looked for: 12 Harbour Street, 港湾街12号. */
export const HOUSE = inTown(120, 312);

const STREETS = [
  { name: 'Station Street', zh: '车站街', along: Array.from({ length: 11 }, (_, step) => [step * 200, 0]) },
  { name: 'Harbour Street', zh: '港湾街', along: Array.from({ length: 11 }, (_, step) => [step * 200, 300]) },
  {
    name: 'Old Bridge',
    zh: '老桥',
    along: [
      [0, 0],
      [0, 150],
      [0, 300],
    ],
  },
  {
    name: 'New Bridge',
    zh: '新桥',
    along: [
      [2000, 0],
      [2000, 150],
      [2000, 300],
    ],
  },
] as const;

const ADDRESSES = [
  { number: '2', at: inTown(20, 312) },
  { number: '12', at: HOUSE },
  { number: '40', at: inTown(400, 312) },
] as const;

/** Writes the network of the town, its places and its base map, and returns the file of the network. */
export async function writeBridgeTown(folder: string): Promise<string> {
  const extract = new TextEncoder().encode(townExtract());
  const network = buildNetwork(extract);
  if (!network.ok) throw new Error(network.error.message);
  const places = buildPlaces(extract);
  if (!places.ok) throw new Error(places.error.message);
  const basemap = buildBasemap(extract);
  if (!basemap.ok) throw new Error(basemap.error.message);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'bridge-town.roads');
  await writeFile(file, serializeNetwork(network.value.network));
  await writeFile(companionFile(file, 'places'), serializePlaces(places.value.places));
  await writeFile(companionFile(file, 'basemap'), basemap.value.pmtiles);
  return file;
}

/** The town as an OSM extract. */
export function townExtract(): string {
  const nodes = new Map<string, string>();
  const nodeAt = (east: number, north: number): number => {
    const key = `${east} ${north}`;
    const id = nodes.has(key) ? [...nodes.keys()].indexOf(key) + 1 : nodes.size + 1;
    nodes.set(key, node(id, inTown(east, north), {}));
    return id;
  };
  const ways = STREETS.map(({ name, zh, along }, index) => {
    const refs = along.map(([east = 0, north = 0]) => `<nd ref="${nodeAt(east, north)}"/>`);
    const tags = tagsOf({ highway: 'residential', name, 'name:en': name, 'name:zh': zh });
    return `<way id="${index + 1}">${refs.join('')}${tags}</way>`;
  });
  const houses = ADDRESSES.map(({ number, at }, index) =>
    node(1000 + index, at, {
      'addr:housenumber': number,
      'addr:street': 'Harbour Street',
      'addr:street:en': 'Harbour Street',
      'addr:street:zh': '港湾街',
    }),
  );
  return `<osm version="0.6">${[...nodes.values(), ...houses, ...ways].join('')}</osm>`;
}

const node = (id: number, [lon, lat]: readonly [number, number], tags: Record<string, string>): string =>
  `<node id="${id}" lon="${lon.toFixed(7)}" lat="${lat.toFixed(7)}">${tagsOf(tags)}</node>`;

const tagsOf = (tags: Record<string, string>): string =>
  Object.entries(tags)
    .map(([key, value]) => `<tag k="${key}" v="${value}"/>`)
    .join('');
