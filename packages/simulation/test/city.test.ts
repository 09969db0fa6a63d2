import { distance, type LonLat } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { type City, encodeOsmPbf, generateCity, type RoadWay } from '../src/index.js';
import { readOsmPbf } from './osm-reader.js';

const SEEDS = ['harbour', 'plain', 'delta'];
const cities = new Map<string, City>();
function cityOf(seed: string, size = 3000): City {
  const key = `${seed}/${size}`;
  const city = cities.get(key) ?? generateCity({ seed, size });
  cities.set(key, city);
  return city;
}

const HAN = /\p{Script=Han}/u;

function piecesOf(city: City): { way: RoadWay; a: number; b: number }[] {
  return city.ways.flatMap((way) => way.nodes.slice(1).map((b, i) => ({ way, a: way.nodes[i] ?? -1, b })));
}

function positionOf(city: City, node: number): LonLat {
  const found = city.nodes[node];
  if (!found) throw new Error(`no node ${node}`);
  return found.position;
}

/** Parts of the city that hang together over the given pieces. */
function countParts(city: City, pieces: readonly { a: number; b: number }[]): number {
  const parent = city.nodes.map((_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) at = parent[at] ?? at;
    parent[node] = at;
    return at;
  };
  for (const { a, b } of pieces) parent[root(a)] = root(b);
  return new Set(city.nodes.map((_, node) => root(node))).size;
}

/** Nodes that can be reached from node 0 along arcs. */
function reach(city: City, arcs: readonly (readonly [number, number])[]): number {
  const out = city.nodes.map((): number[] => []);
  for (const [from, to] of arcs) out[from]?.push(to);
  const seen = new Set([0]);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const to of out[node] ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen.size;
}

function crossesLine(a: LonLat, b: LonLat, line: readonly LonLat[]): boolean {
  const side = (p: LonLat, q: LonLat, r: LonLat): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return line.some((to, i) => {
    const from = line[i - 1];
    return from && side(from, to, a) !== side(from, to, b) && side(a, b, from) !== side(a, b, to);
  });
}

describe('a generated city', () => {
  it('is the same for the same seed and another for another', () => {
    expect(generateCity({ seed: 'twice', size: 2500 })).toEqual(generateCity({ seed: 'twice', size: 2500 }));
    expect(generateCity({ seed: 'once', size: 2500 }).nodes[0]).not.toEqual(
      generateCity({ seed: 'twice', size: 2500 }).nodes[0],
    );
  });

  it.each([2000, 5000, 20_000])('has about as many road nodes as asked for: %i', (size) => {
    const { nodes, population } = cityOf('size', size);
    expect(nodes.length / size).toBeGreaterThan(0.75);
    expect(nodes.length / size).toBeLessThan(1.25);
    expect(population / nodes.length).toBeCloseTo(10, 0);
  });

  it.each(SEEDS)('lets one drive from anywhere to anywhere, one-ways considered: %s', (seed) => {
    const city = cityOf(seed);
    const pieces = piecesOf(city);
    expect(countParts(city, pieces)).toBe(1);
    const arcs = pieces.flatMap(({ way, a, b }): [number, number][] =>
      way.oneWay === 'forward'
        ? [[a, b]]
        : way.oneWay === 'backward'
          ? [[b, a]]
          : [
              [a, b],
              [b, a],
            ],
    );
    expect(reach(city, arcs)).toBe(city.nodes.length);
    expect(
      reach(
        city,
        arcs.map(([from, to]) => [to, from]),
      ),
    ).toBe(city.nodes.length);
  });

  it.each(SEEDS)('crosses its river on a few bridges and nowhere else: %s', (seed) => {
    const city = cityOf(seed);
    const crossing = piecesOf(city).filter(({ a, b }) =>
      crossesLine(positionOf(city, a), positionOf(city, b), city.river.centreline),
    );
    expect(crossing.every(({ way }) => way.bridge)).toBe(true);
    const streets = new Set(
      crossing.filter(({ way }) => way.roadClass !== 'motorway').map(({ way }) => way.street),
    );
    expect(streets.size).toBeGreaterThanOrEqual(1);
    expect(streets.size).toBeLessThanOrEqual(6);
    // Without its bridges the city falls apart into its banks.
    expect(
      countParts(
        city,
        piecesOf(city).filter(({ way }) => !way.bridge),
      ),
    ).toBeGreaterThan(1);
  });

  it.each(SEEDS)('names everything in both languages and no two streets alike: %s', (seed) => {
    const city = cityOf(seed);
    const named = [
      city,
      city.river,
      ...city.streets,
      ...city.districts,
      ...city.neighbourhoods,
      ...city.places,
      ...city.stations,
    ];
    for (const { name } of named) {
      expect(name.zh).toMatch(HAN);
      expect(name.en).toMatch(/^[A-Z0-9]/);
      expect(name.en).not.toMatch(HAN);
    }
    // A radial keeps its name on its way out of the city; every other street has a name of its own.
    const inner = city.streets.filter(
      ({ roadClass }) => roadClass !== 'trunk' && roadClass !== 'motorway_link',
    );
    expect(new Set(inner.map(({ name }) => name.en)).size).toBe(inner.length);
    expect(new Set(inner.map(({ name }) => name.zh)).size).toBe(inner.length);
    expect(new Set(city.places.map(({ name }) => name.en)).size).toBe(city.places.length);
    expect(new Set(city.stations.map(({ name }) => name.en)).size).toBe(city.stations.length);
  });

  it('has every kind of road, roundabouts, signals, one-ways, parks, water and house numbers', () => {
    const city = cityOf('full', 12_000);
    const classes = new Set(city.ways.map(({ roadClass }) => roadClass));
    expect([...classes].sort()).toEqual([
      'living_street',
      'motorway',
      'motorway_link',
      'primary',
      'residential',
      'secondary',
      'service',
      'tertiary',
      'trunk',
      'unclassified',
    ]);
    expect(city.ways.some(({ roundabout }) => roundabout)).toBe(true);
    expect(city.ways.some(({ oneWay, roadClass }) => oneWay === 'backward' && roadClass !== 'motorway')).toBe(
      true,
    );
    expect(city.nodes.filter(({ feature }) => feature === 'traffic-signals').length).toBeGreaterThan(50);
    expect(city.nodes.some(({ feature }) => feature === 'turning-circle')).toBe(true);
    expect(new Set(city.areas.map(({ kind }) => kind))).toEqual(
      new Set(['land-use', 'river', 'park', 'pond']),
    );
    expect(city.addresses.length).toBeGreaterThan(1000);
    for (const kind of ['primary-school', 'hospital', 'market', 'railway-station'])
      expect(city.places.some((place) => place.kind === kind)).toBe(true);
  });

  it('has a police station in every district, stations on streets, and units that are mostly patrol cars', () => {
    const city = cityOf('stations', 12_000);
    const guarded = new Set(
      city.stations.filter(({ kind }) => kind === 'police').map(({ district }) => district),
    );
    expect(guarded.size).toBe(city.districts.length);
    const onStreet = new Set(city.ways.flatMap(({ nodes }) => nodes));
    for (const station of city.stations) {
      expect(onStreet.has(station.node)).toBe(true);
      expect(station.position).toEqual(positionOf(city, station.node));
    }
    expect(new Set(city.stations.map(({ node }) => node)).size).toBe(city.stations.length);
    const ids = new Set(city.stations.map(({ id }) => id));
    for (const unit of city.units) expect(ids.has(unit.station)).toBe(true);
    expect(new Set(city.units.map(({ callSign }) => callSign)).size).toBe(city.units.length);
    const cars = city.units.filter(({ kind }) => kind === 'patrol-car').length;
    expect(cars / city.units.length).toBeGreaterThan(0.35);
    for (const kind of ['traffic-car', 'ambulance', 'fire-engine'])
      expect(city.units.some((unit) => unit.kind === kind)).toBe(true);
  });

  it('lies where it is told to, under the name it is given', () => {
    const city = generateCity({
      seed: 1,
      population: 20_000,
      origin: [8.5, 47.4],
      name: { zh: '灯市', en: 'Lampton' },
    });
    expect(city.name.en).toBe('Lampton');
    expect(Math.max(...city.nodes.map(({ position }) => distance(position, [8.5, 47.4])))).toBeLessThan(
      city.radius * 1.5 + 2000,
    );
  });

  it('refuses a size that is not positive', () => {
    expect(() => generateCity({ seed: 1, size: 0 })).toThrow(RangeError);
  });
});

describe('its OSM file', () => {
  const city = cityOf('harbour');
  const bytes = encodeOsmPbf(city);
  const file = readOsmPbf(bytes);

  it('is the same bytes each time', () => {
    expect(Buffer.from(encodeOsmPbf(city)).equals(Buffer.from(bytes))).toBe(true);
  });

  it('declares what a reader must know', () => {
    expect(file.features).toEqual(['OsmSchema-V0.6', 'DenseNodes']);
  });

  it('holds every road node at its exact position and every road in its driving direction', () => {
    city.nodes.forEach(({ position }, i) => {
      const node = file.nodes[i];
      expect([node?.lon, node?.lat]).toEqual([position[0], position[1]]);
    });
    const roads = file.ways.filter(({ tags }) => tags.highway !== undefined);
    expect(roads.length).toBe(city.ways.length);
    city.ways.forEach((way, i) => {
      const refs = way.nodes.map((node) => node + 1);
      expect(roads[i]?.refs).toEqual(way.oneWay === 'backward' ? refs.reverse() : refs);
      expect(roads[i]?.tags.oneway).toBe(way.oneWay === 'no' ? undefined : 'yes');
      expect(Number(roads[i]?.tags.maxspeed)).toBe(way.maxSpeed);
    });
  });

  it('has no dangling references, ascending ids, and ways OSM would take', () => {
    const ids = file.nodes.map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, i) => i + 1));
    const known = new Set(ids);
    for (const { refs } of file.ways) {
      expect(refs.length).toBeGreaterThanOrEqual(2);
      expect(refs.length).toBeLessThanOrEqual(2000);
      expect(refs.every((ref) => known.has(ref))).toBe(true);
    }
  });

  it('writes names in three tags, and the main one as wished', () => {
    for (const { tags } of file.ways.filter(({ tags }) => tags.highway)) {
      expect(tags.name).toBe(tags['name:zh']);
      expect(tags['name:en']).toBeTruthy();
    }
    const both = readOsmPbf(encodeOsmPbf(city, { mainName: 'both' }));
    const road = both.ways.find(({ tags }) => tags.highway);
    expect(road?.tags.name).toBe(`${road?.tags['name:zh']} ${road?.tags['name:en']}`);
  });
});
