import { describe, expect, it } from 'vitest';
import { buildBasemap, describeBasemapError } from '../src/index.js';
import { CENTRE, type Extract, nodesAt, osmXml, place, square } from './fixtures/extract.js';
import {
  covers,
  faultsOf,
  mapOf,
  type Tile,
  type TileFeature,
  tileAround,
  tileAt,
  tilesOf,
} from './fixtures/tiles.js';

const ring = (first: number, count = 4): number[] => [
  ...Array.from({ length: count }, (_, index) => first + index),
  first,
];

/** The features of one layer in the tile around a place, at the last zoom. */
async function drawn(extract: Extract, layer: string, east = 0, north = 0): Promise<readonly TileFeature[]> {
  const { map } = await mapOf(osmXml(extract));
  return (await tileAt(map, 15, place(east, north)))[layer] ?? [];
}

/** True when some feature of the layer covers a place at the last zoom. */
async function isCovered(extract: Extract, layer: string, east: number, north: number): Promise<boolean> {
  const features = await drawn(extract, layer, east, north);
  return features.some((feature) => covers(feature, tileAround(15, place(east, north)).at));
}

describe('areas', () => {
  const clearing: Extract = {
    nodes: [
      ...nodesAt(1, square(300)),
      ...nodesAt(11, square(100, 100, 100)),
      ...nodesAt(21, square(20, 140, 140)),
    ],
    ways: [
      { id: 1, refs: [1, 2, 3] },
      { id: 2, refs: [1, 4, 3] },
      { id: 3, refs: ring(11) },
      { id: 4, refs: ring(21) },
    ],
    relations: [
      {
        id: 9,
        // Roles are often wrong; what lies in what is not.
        members: [
          [1, 'outer'],
          [2, 'inner'],
          [3, 'outer'],
          [4, 'inner'],
        ],
        tags: { type: 'multipolygon', natural: 'wood', name: 'Ringwald' },
      },
    ],
  };

  it('of several ways are joined, with holes and islands in the holes', async () => {
    expect(await isCovered(clearing, 'landuse', 50, 50)).toBe(true);
    expect(await isCovered(clearing, 'landuse', 110, 110)).toBe(false);
    expect(await isCovered(clearing, 'landuse', 150, 150)).toBe(true);
    expect(await isCovered(clearing, 'landuse', 310, 50)).toBe(false);
    const { report } = await mapOf(osmXml(clearing));
    expect(report.features.landuse).toBe(1);
    expect(Object.values(report.flaws).every((count) => count === 0)).toBe(true);
  });

  it('have outer rings that turn one way and holes that turn the other, in every tile', async () => {
    const { map } = await mapOf(osmXml(clearing));
    let tiles = 0;
    for await (const { tile } of tilesOf(map)) {
      tiles++;
      for (const feature of Object.values(tile).flat()) expect(faultsOf(feature)).toEqual([]);
    }
    expect(tiles).toBeGreaterThan(8);
  });

  it('with a missing member are drawn as far as they close, and counted', async () => {
    const broken: Extract = {
      ...clearing,
      relations: [
        {
          id: 9,
          members: [
            [1, 'outer'],
            [99, 'outer'],
            [3, 'outer'],
          ],
          tags: { type: 'multipolygon', natural: 'wood' },
        },
      ],
    };
    const { report } = await mapOf(osmXml(broken));
    expect(report.flaws).toMatchObject({ 'missing-member': 1, 'open-ring': 1 });
    expect(await isCovered(broken, 'landuse', 150, 150)).toBe(true);
    expect(await isCovered(broken, 'landuse', 50, 50)).toBe(false);
  });

  it('with unknown nodes are left out, and lines are cut there, and both are counted', async () => {
    const extract: Extract = {
      nodes: [
        ...nodesAt(1, square(50)),
        ...nodesAt(11, [
          [0, 80],
          [40, 80],
          [80, 80],
          [120, 80],
        ]),
      ],
      ways: [
        { id: 1, refs: [1, 2, 77, 4, 1], tags: { building: 'yes' } },
        { id: 2, refs: [11, 12, 78, 13, 14], tags: { highway: 'residential' } },
      ],
    };
    const { report } = await mapOf(osmXml(extract));
    expect(report.flaws['missing-node']).toBe(2);
    expect(report.features).toMatchObject({ buildings: 0, roads: 2 });
  });

  it('that touch themselves are taken apart, and both parts are drawn', async () => {
    const extract: Extract = {
      nodes: nodesAt(1, [
        [0, 0],
        [-60, 30],
        [-60, -30],
        [60, -30],
        [60, 30],
      ]),
      ways: [{ id: 1, refs: [1, 2, 3, 1, 4, 5, 1], tags: { natural: 'water', name: 'Two Ponds' } }],
    };
    const { report } = await mapOf(osmXml(extract));
    expect(report.flaws['touching-ring']).toBe(1);
    expect(await isCovered(extract, 'water', -40, 0)).toBe(true);
    expect(await isCovered(extract, 'water', 40, 0)).toBe(true);
    expect(await isCovered(extract, 'water', 0, 20)).toBe(false);
  });

  it('that enclose nothing are left out and counted', async () => {
    const extract: Extract = {
      nodes: [
        ...nodesAt(1, [
          [0, 0],
          [10, 0],
          [20, 0],
        ]),
        ...nodesAt(5, [
          [0, 50],
          [90, 50],
        ]),
      ],
      ways: [
        { id: 1, refs: [1, 2, 3, 1], tags: { building: 'yes' } },
        { id: 2, refs: [5, 6], tags: { highway: 'service' } },
      ],
    };
    const { report } = await mapOf(osmXml(extract));
    expect(report.flaws.degenerate).toBe(1);
    expect(report.features.buildings).toBe(0);
  });

  it('wait until they are large enough to be seen, and are all there at the last zoom', async () => {
    const extract: Extract = {
      nodes: [...nodesAt(1, square(2_000, -1_000, -1_000)), ...nodesAt(11, square(6))],
      ways: [
        { id: 1, refs: ring(1), tags: { landuse: 'forest' } },
        { id: 2, refs: ring(11), tags: { landuse: 'grass' } },
      ],
    };
    const { map } = await mapOf(osmXml(extract));
    const kindsAt = async (zoom: number): Promise<unknown[]> =>
      ((await tileAt(map, zoom, CENTRE)).landuse ?? []).map(({ fields }) => fields.kind);
    expect(await kindsAt(6)).toEqual([]);
    expect(await kindsAt(8)).toEqual(['forest']);
    expect(await kindsAt(12)).toEqual(['forest']);
    expect(await kindsAt(15)).toEqual(['forest', 'grass']);
  });
});

describe('streets', () => {
  const straight = nodesAt(1, [
    [0, 0],
    [100, 0],
  ]);
  const street = (tags: Record<string, string>): Extract => ({
    nodes: straight,
    ways: [{ id: 1, refs: [1, 2], tags }],
  });

  it('have their class, their names in three languages and what else is known of them', async () => {
    const [road] = await drawn(
      street({
        highway: 'primary',
        name: '解放路',
        'name:en': 'Jiefang Road',
        'name:zh': '解放路',
        'name:zh-Hant': '解放路',
        ref: 'G105',
        oneway: 'yes',
        bridge: 'viaduct',
      }),
      'roads',
    );
    expect(road?.fields).toEqual({
      kind: 'major_road',
      kind_detail: 'primary',
      name: '解放路',
      'name:en': 'Jiefang Road',
      'name:zh-Hans': '解放路',
      'name:zh-Hant': '解放路',
      ref: 'G105',
      oneway: 'yes',
      is_bridge: true,
    });
  });

  it('go the way that may be driven: one against its direction is turned', async () => {
    const [along] = await drawn(street({ highway: 'residential', oneway: 'yes' }), 'roads');
    const [against] = await drawn(street({ highway: 'residential', oneway: '-1' }), 'roads');
    const [start = 0, , , , end = 0] = [
      ...(along?.parts[0] ?? []).slice(0, 2),
      0,
      0,
      ...(along?.parts[0] ?? []).slice(-2),
    ];
    expect(end).toBeGreaterThan(start);
    const turned = against?.parts[0] ?? [];
    expect(turned[turned.length - 2]).toBeLessThan(turned[0] ?? 0);
    expect(against?.fields.oneway).toBe('yes');
  });

  it('are one-way on motorways and in roundabouts without saying so, unless they say no', async () => {
    const onewayOf = async (tags: Record<string, string>): Promise<unknown> =>
      (await drawn(street(tags), 'roads'))[0]?.fields.oneway;
    expect(await onewayOf({ highway: 'motorway' })).toBe('yes');
    expect(await onewayOf({ highway: 'tertiary', junction: 'roundabout' })).toBe('yes');
    expect(await onewayOf({ highway: 'motorway', oneway: 'no' })).toBeUndefined();
    expect(await onewayOf({ highway: 'residential' })).toBeUndefined();
  });

  it('come class by class: motorways from afar, alleys near by, nothing that is only planned', async () => {
    const firstZoom = async (tags: Record<string, string>): Promise<number | undefined> => {
      const { map } = await mapOf(
        osmXml({
          ...street(tags),
          nodes: [
            ...nodesAt(1, [
              [0, 0],
              [9_000, 0],
            ]),
            { id: 9, at: CENTRE, tags: { place: 'town', name: 'T' } },
          ],
        }),
      );
      for (let zoom = 0; zoom <= 15; zoom++) if ((await tileAt(map, zoom, CENTRE)).roads) return zoom;
      return undefined;
    };
    expect(await firstZoom({ highway: 'motorway' })).toBe(4);
    expect(await firstZoom({ highway: 'residential' })).toBe(12);
    expect(await firstZoom({ highway: 'service', service: 'driveway' })).toBe(15);
    expect(await firstZoom({ highway: 'footway', footway: 'sidewalk' })).toBe(15);
    expect(await firstZoom({ highway: 'construction' })).toBeUndefined();
  });

  it('that say the same are one feature from afar and their own near by', async () => {
    const extract: Extract = {
      nodes: nodesAt(1, [
        [0, 0],
        [100, 0],
        [200, 0],
        [0, 90],
        [200, 90],
      ]),
      ways: [
        { id: 1, refs: [1, 2], tags: { highway: 'residential', name: 'A' } },
        { id: 2, refs: [2, 3], tags: { highway: 'residential', name: 'B' } },
        { id: 3, refs: [4, 5], tags: { highway: 'residential', name: 'A' } },
      ],
    };
    const { map } = await mapOf(osmXml(extract));
    expect(
      (await tileAt(map, 12, CENTRE)).roads?.map(({ parts, fields }) => [parts.length, fields.name]),
    ).toEqual([[3, undefined]]);
    expect(
      (await tileAt(map, 13, CENTRE)).roads?.map(({ parts, fields }) => [parts.length, fields.name]),
    ).toEqual([
      [2, 'A'],
      [1, 'B'],
    ]);
    expect((await tileAt(map, 14, CENTRE)).roads).toHaveLength(3);
  });
});

describe('points', () => {
  it('are in exactly one tile', async () => {
    const extract: Extract = {
      nodes: Array.from({ length: 40 }, (_, index) => ({
        id: index + 1,
        at: place(index * 61, index * 37),
        tags: { amenity: 'school', name: `S${index}` },
      })),
    };
    const { map } = await mapOf(osmXml(extract));
    const seen: unknown[] = [];
    for await (const { z, tile } of tilesOf(map)) {
      if (z === 15) seen.push(...(tile.pois ?? []).map(({ fields }) => fields.name));
    }
    expect(seen.sort()).toEqual(extract.nodes.map(({ tags }) => tags?.name).sort());
  });

  it('of areas lie in their middle: house numbers, hospitals, parks, lakes', async () => {
    const extract: Extract = {
      nodes: [...nodesAt(1, square(40)), ...nodesAt(11, square(400, 100, 100))],
      ways: [
        {
          id: 1,
          refs: ring(1),
          tags: { building: 'yes', 'addr:housenumber': '12a', amenity: 'hospital', 'building:levels': '5' },
        },
        { id: 2, refs: ring(11), tags: { natural: 'water', water: 'lake', name: 'Big Lake' } },
      ],
    };
    const { map } = await mapOf(osmXml(extract));
    const tile = await tileAt(map, 15, place(20, 20));
    expect(tile.buildings?.map(({ type, fields }) => [type, fields])).toEqual([
      ['area', { kind: 'building', height: 15 }],
      ['point', { kind: 'address', addr_housenumber: '12a' }],
    ]);
    const [x = 0, y = 0] = tile.buildings?.[1]?.parts[0] ?? [];
    const { at } = tileAround(15, place(20, 20));
    expect(Math.hypot(x - at[0], y - at[1])).toBeLessThan(3);
    expect(tile.pois?.map(({ fields }) => fields.kind)).toEqual(['hospital']);
    const lake = (await tileAt(map, 15, place(300, 300))).water ?? [];
    expect(lake.map(({ type, fields }) => [type, fields.kind, fields.kind_detail, fields.name])).toEqual([
      ['area', 'lake', 'lake', undefined],
      ['point', 'lake', 'lake', 'Big Lake'],
    ]);
  });

  it('of places say how large they are', async () => {
    const extract: Extract = {
      nodes: [
        {
          id: 1,
          at: CENTRE,
          tags: { place: 'city', name: '韶关', 'name:zh': '韶关', population: '2855131', capital: '5' },
        },
        { id: 2, at: place(500, 0), tags: { place: 'village', name: 'V', population: '150' } },
        { id: 3, at: place(0, 500), tags: { place: 'village' } },
      ],
    };
    const { map } = await mapOf(osmXml(extract));
    const places = (await tileAt(map, 10, CENTRE)).places ?? [];
    expect(
      places.map(({ fields }) => [fields.name, fields.kind, fields.kind_detail, fields.population_rank]),
    ).toEqual([
      ['V', 'locality', 'village', 0],
      ['韶关', 'locality', 'city', 11],
    ]);
    expect((await tileAt(map, 4, CENTRE)).places?.map(({ fields }) => fields.name)).toEqual(['韶关']);
  });
});

describe('boundaries', () => {
  it('are drawn once where two areas meet, at the lower level', async () => {
    const extract: Extract = {
      nodes: [
        ...nodesAt(1, square(1_000)),
        ...nodesAt(11, [
          [2_000, 0],
          [2_000, 1_000],
        ]),
      ],
      ways: [
        { id: 1, refs: [2, 3] },
        { id: 2, refs: [3, 4, 1, 2] },
        { id: 3, refs: [3, 12, 11, 2] },
      ],
      relations: [
        {
          id: 1,
          members: [
            [1, 'outer'],
            [2, 'outer'],
          ],
          tags: { type: 'boundary', boundary: 'administrative', admin_level: '8' },
        },
        {
          id: 2,
          members: [
            [1, 'outer'],
            [3, 'outer'],
          ],
          tags: { type: 'boundary', boundary: 'administrative', admin_level: '4' },
        },
      ],
    };
    const { map, report } = await mapOf(osmXml(extract));
    expect(report.features.boundaries).toBe(3);
    const lines = (await tileAt(map, 11, CENTRE)).boundaries ?? [];
    expect(lines.map(({ fields, parts }) => [fields.kind, fields.kind_detail, parts.length])).toEqual([
      ['locality', 8, 1],
      ['region', 4, 2],
    ]);
  });
});

describe('the sea', () => {
  const town = (east: number, north: number, id: number): Extract['nodes'][number] => ({
    id,
    at: place(east, north),
    tags: { place: 'hamlet', name: `H${id}` },
  });
  /** Corners that stretch the extract to 4 km by 4 km. */
  const corners = [town(-2_000, -2_000, 901), town(2_000, 2_000, 902)];
  const isSea = async (extract: Extract, east: number, north: number): Promise<boolean> => {
    const oceans = (await drawn(extract, 'water', east, north)).filter(
      ({ fields }) => fields.kind === 'ocean',
    );
    return oceans.some((feature) => covers(feature, tileAround(15, place(east, north)).at));
  };

  it('lies to the right of a coast that crosses the extract, around islands', async () => {
    const extract: Extract = {
      nodes: [
        ...corners,
        // From west to east with the land to the north, that is on the left.
        ...nodesAt(1, [
          [-2_000, 100],
          [-500, -200],
          [500, 200],
          [1_900, 0],
        ]),
        // An island: against the clock, land on the left.
        ...nodesAt(11, square(200, -100, -1_200)),
      ],
      ways: [
        { id: 1, refs: [1, 2], tags: { natural: 'coastline' } },
        { id: 2, refs: [2, 3, 4], tags: { natural: 'coastline' } },
        { id: 3, refs: ring(11), tags: { natural: 'coastline' } },
      ],
    };
    expect(await isSea(extract, 0, 1_000)).toBe(false);
    expect(await isSea(extract, -1_800, 1_800)).toBe(false);
    expect(await isSea(extract, 0, -600)).toBe(true);
    expect(await isSea(extract, -1_900, -1_900)).toBe(true);
    expect(await isSea(extract, 1_900, -1_900)).toBe(true);
    expect(await isSea(extract, 0, -1_100)).toBe(false);
  });

  it('is all around when there are only islands', async () => {
    const extract: Extract = {
      nodes: [...corners, ...nodesAt(11, square(1_000, -500, -500))],
      ways: [{ id: 3, refs: ring(11), tags: { natural: 'coastline' } }],
    };
    expect(await isSea(extract, 0, 0)).toBe(false);
    expect(await isSea(extract, 1_500, 1_500)).toBe(true);
  });

  it('is two seas when two coasts cross: a strip of land between', async () => {
    const extract: Extract = {
      nodes: [
        ...corners,
        ...nodesAt(1, [
          [-2_000, -500],
          [2_000, -500],
        ]),
        ...nodesAt(11, [
          [2_000, 500],
          [-2_000, 500],
        ]),
      ],
      ways: [
        { id: 1, refs: [1, 2], tags: { natural: 'coastline' } },
        { id: 2, refs: [11, 12], tags: { natural: 'coastline' } },
      ],
    };
    expect(await isSea(extract, 0, 0)).toBe(false);
    expect(await isSea(extract, 0, 1_200)).toBe(true);
    expect(await isSea(extract, 0, -1_200)).toBe(true);
  });

  it('is not drawn when a coast ends in the middle, and that is counted', async () => {
    const extract: Extract = {
      nodes: [
        ...corners,
        ...nodesAt(1, [
          [-2_000, 0],
          [0, 0],
        ]),
      ],
      ways: [{ id: 1, refs: [1, 2], tags: { natural: 'coastline' } }],
    };
    const { report } = await mapOf(osmXml(extract));
    expect(report.flaws['open-coast']).toBe(1);
    expect(report.features.water).toBe(0);
  });
});

describe('building', () => {
  const extract = osmXml({
    nodes: nodesAt(1, [
      [0, 0],
      [100, 0],
    ]),
    ways: [{ id: 1, refs: [1, 2], tags: { highway: 'residential' } }],
  });

  it('refuses what is no extract, and an extract with nothing to draw, in both languages', () => {
    for (const [bytes, code] of [
      [new Uint8Array(), 'not-osm'],
      [new TextEncoder().encode('hello'), 'not-osm'],
      [extract.subarray(0, extract.length - 20), 'osm-truncated'],
      [osmXml({ nodes: nodesAt(1, [[0, 0]]) }), 'nothing-to-draw'],
    ] as const) {
      const built = buildBasemap(bytes);
      expect(built.ok ? 'ok' : built.error.code).toBe(code);
      if (built.ok) continue;
      expect(describeBasemapError(built.error, 'en')).toMatch(/[.]$/);
      expect(describeBasemapError(built.error, 'zh-CN')).toMatch(/[。]$/);
    }
  });

  it('refuses an extract that reaches around the world instead of filling the sea for hours', () => {
    const far = osmXml({
      nodes: [
        { id: 1, at: [179.9, -17], tags: { place: 'town', name: 'West' } },
        { id: 2, at: [-179.9, -16], tags: { place: 'town', name: 'East' } },
      ],
    });
    const built = buildBasemap(far);
    expect(built.ok ? 'ok' : built.error.code).toBe('extract-too-large');
  });

  it('says how far it is, from nothing to all', () => {
    const fractions: number[] = [];
    buildBasemap(extract, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('stops at the zoom that it is told to, with everything in it', async () => {
    const { map } = await mapOf(
      osmXml({
        nodes: nodesAt(1, square(10)),
        ways: [{ id: 1, refs: ring(1), tags: { building: 'yes', 'addr:housenumber': '1' } }],
      }),
      12,
    );
    expect(map.maxZoom).toBe(12);
    const tile: Tile = await tileAt(map, 12, CENTRE);
    expect(tile.buildings?.map(({ fields }) => fields.kind)).toEqual(['building', 'address']);
    expect(() => buildBasemap(extract, { maxZoom: 16 })).toThrow(RangeError);
  });
});
