import { distance } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  buildNetwork,
  createSnapper,
  type EdgeRow,
  exportArcs,
  listEdges,
  type RoadNetwork,
} from '../src/index.js';
import { type OsmData, writePbf } from './fixtures/osm-writer.js';
import { networkOf, node, place, randomTown, SQUARE, way } from './fixtures/towns.js';

const edgesOf = (network: RoadNetwork): EdgeRow[] => [...listEdges(network)];

const lengths = (network: RoadNetwork): number[] =>
  edgesOf(network)
    .map(({ length }) => Math.round(length))
    .sort((a, b) => a - b);

describe('building a network', () => {
  it('cuts ways at junctions and nowhere else', () => {
    const network = networkOf(SQUARE);
    expect(network.nodeCount).toBe(5);
    // 100 m to the north and west, 100 m by the gate, 108 m round the bend, 100 m into the stub.
    expect(lengths(network)).toEqual([100, 100, 100, 100, 108]);
    expect(network.arcCount).toBe(9);
    expect(network.report).toMatchObject({
      nodes: 5,
      edges: 5,
      arcs: 9,
      connectedShare: 1,
      profile: 'emergency',
    });
    expect(network.report.lengthMetres).toBeCloseTo(507.7, 0);
    expect(network.report.dropped['not-a-road']).toBe(1);
  });

  it('gives each arc its length by its speed, in tenths of a second', () => {
    const rows = [...exportArcs(networkOf(SQUARE))];
    const timesOf = (name: string | undefined): number[] =>
      rows.filter((row) => row.name?.local === name).map(({ duration }) => duration);
    expect(timesOf('解放路')).toEqual([10, 10]); // 100 m at 36 km/h
    expect(timesOf('Bent Street')).toEqual([12, 12]); // 107.7 m at 20 mph
    expect(timesOf(undefined).sort()).toEqual([20, 24, 24].sort()); // one-way at 18 km/h, alley at 15 km/h
    for (const { from, to, length } of rows) expect(length).toBeGreaterThanOrEqual(distance(from, to) - 0.01);
  });

  it('knows the box around its streets, bends included', () => {
    const south = place(0, 0);
    expect(networkOf(SQUARE).bounds).toEqual([south.lon, south.lat, place(200, 0).lon, place(0, 100).lat]);
  });

  it('keeps the name of the signs, English and Chinese', () => {
    const names = edgesOf(networkOf(SQUARE)).map(({ name }) => name);
    expect(names).toContainEqual({ local: '解放路', en: 'Jiefang Road', zh: '解放路' });
    expect(names).toContainEqual({ local: 'Stub <&> "Road"' });
  });

  it('takes name:zh-Hans before name:zh, and the number of a road without a name', () => {
    const network = networkOf({
      nodes: [node(1, 0, 0), node(2, 50, 0), node(3, 90, 0)],
      ways: [
        way(1, [1, 2], { name: '中山路', 'name:zh': '中山路 (繁)', 'name:zh-Hans': '中山路' }),
        way(2, [2, 3], { ref: 'G106' }),
      ],
    });
    const names = edgesOf(network).map(({ name }) => name);
    expect(names).toContainEqual({ local: '中山路', zh: '中山路' });
    expect(names).toContainEqual({ local: 'G106' });
  });

  it('stops ways at a bollard, from both sides, and goes on through a gate', () => {
    const data = (barrier: string): OsmData => ({
      nodes: [node(1, 0, 0), node(2, 100, 0, { barrier }), node(3, 200, 0), node(4, 100, 90)],
      ways: [way(1, [1, 2, 3]), way(2, [2, 4]), way(3, [1, 4]), way(4, [4, 3])],
    });
    const gate = networkOf(data('gate'));
    expect(gate.nodeCount).toBe(4);
    const bollard = networkOf(data('bollard'));
    // One end for each of the three pieces that come to the bollard.
    expect(bollard.nodeCount).toBe(6);
    expect(bollard.report.barriers).toBe(1);
    expect(bollard.report.lengthMetres).toBeCloseTo(gate.report.lengthMetres, 6);
  });

  it('keeps only the largest strongly connected part and says what it dropped', () => {
    const network = networkOf({
      nodes: [node(1, 0, 0), node(2, 100, 0), node(3, 200, 0), node(4, 900, 0), node(5, 990, 0)],
      ways: [way(1, [1, 2]), way(2, [2, 3], { oneway: 'yes' }), way(3, [4, 5], { oneway: 'yes' })],
    });
    expect(network.report).toMatchObject({
      nodes: 2,
      edges: 1,
      arcs: 2,
      connectedShare: 2 / 5,
      disconnectedNodes: 3,
    });
    expect(network.report.dropped.disconnected).toBe(2);
    expect(network.report.disconnectedMetres).toBeCloseTo(190, 0);
  });

  it('does not bridge the gap where nodes are missing', () => {
    const network = networkOf({
      nodes: [1, 2, 3, 5, 6].map((id) => node(id, 100 * id, 0)),
      ways: [way(1, [1, 2, 3, 4, 5, 6]), way(2, [1, 5]), way(3, [99, 98])],
    });
    expect(lengths(network)).toEqual([100, 200, 400]);
    expect(network.report.dropped['missing-node']).toBe(3);
  });

  it('counts and drops ways and nodes that come twice, keeping the first', () => {
    const network = networkOf({
      nodes: [node(1, 0, 0), node(2, 100, 0), node(2, 500, 500)],
      ways: [way(1, [1, 2]), way(1, [1, 2], { name: 'Again' })],
    });
    expect(lengths(network)).toEqual([100]);
    expect(network.report.dropped).toMatchObject({ 'duplicate-way': 1, 'duplicate-node': 1 });
  });

  it('keeps parallel streets and streets that come back to where they start', () => {
    const network = networkOf({
      nodes: [node(1, 0, 0), node(2, 100, 0), node(3, 50, 50), node(4, -50, 0), node(5, -50, 50)],
      ways: [way(1, [1, 2]), way(2, [1, 3, 2]), way(3, [1, 4, 5, 1])],
    });
    expect(network.nodeCount).toBe(2);
    expect(lengths(network)).toEqual([100, 141, 171]);
  });

  it('drops pieces of one place and gives pieces of no length the shortest time', () => {
    const network = networkOf({
      nodes: [node(1, 0, 0), node(2, 100, 0), node(3, 100, 0), node(4, 200, 0)],
      ways: [way(1, [1, 2]), way(2, [2, 3]), way(3, [3, 4]), way(4, [1, 1]), way(5, [2])],
    });
    expect(lengths(network)).toEqual([0, 100, 100]);
    expect(network.report.dropped['zero-length']).toBe(2);
    expect(Math.min(...network.arrays.arcDuration)).toBe(1);
    expect(network.report.zeroLengthEdges).toBe(1);
  });

  it('cuts ways at the antimeridian, where they go on', () => {
    // On Taveuni, which the line crosses: a street over it and another back.
    const nodes = [
      { id: 1, lon: 179.998, lat: -16.8 },
      { id: 2, lon: -179.998, lat: -16.7998 },
      { id: 3, lon: -179.997, lat: -16.8 },
      { id: 4, lon: 179.997, lat: -16.8 },
    ];
    const network = networkOf({ nodes, ways: [way(1, [4, 1, 2, 3]), way(2, [3, 4], { oneway: 'yes' })] });
    expect(network.report).toMatchObject({ antimeridianCrossings: 2, nodes: 4, edges: 4 });
    for (const { geometry, length } of edgesOf(network)) {
      const lons = geometry.map(([lon]) => lon);
      expect(Math.max(...lons) - Math.min(...lons)).toBeLessThan(0.01);
      expect(length).toBeLessThan(330);
    }
    expect(network.report.lengthMetres).toBeCloseTo(4 * 319, -2);
    expect(network.bounds[0]).toBe(-180);
    expect(network.bounds[2]).toBe(180);
    const snapper = createSnapper(network);
    for (const lon of [179.999, -179.999]) {
      const snapped = snapper.snap([lon, -16.8]);
      expect(snapped.ok && snapped.value.distance).toBeLessThan(20);
    }
    // The middle of the map is far from any of it.
    expect(snapper.snap([0, -16.8]).ok).toBe(false);
  });

  it('has no roads where only one-way streets lead away', () => {
    const data = { nodes: [node(1, 0, 0), node(2, 100, 0)], ways: [way(1, [1, 2], { oneway: 'yes' })] };
    expect(buildNetwork(writePbf(data).bytes)).toMatchObject({ error: { code: 'no-roads' } });
  });

  it('tells how far it is', () => {
    const phases: string[] = [];
    buildNetwork(writePbf(SQUARE).bytes, {
      onProgress: (phase, fraction) => {
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThanOrEqual(1);
        if (phases.at(-1) !== phase) phases.push(phase);
      },
    });
    expect(phases).toEqual(['ways', 'nodes', 'graph', 'index']);
  });

  it('takes another profile', () => {
    const built = buildNetwork(writePbf(SQUARE).bytes, {
      profile: {
        name: 'roofs',
        passable: () => true,
        way: (tags) =>
          tags.has('building')
            ? { kind: 'road', class: 'path', forward: undefined, backward: undefined }
            : { kind: 'refused', reason: 'not-a-road' },
      },
    });
    expect(built).toMatchObject({ ok: false, error: { code: 'no-roads' } });
  });
});

describe('a network', () => {
  const towns = ['a', 'b', 'c'].map((seed) => [seed, networkOf(randomTown(seed, 80))] as const);

  it.each(towns)('lists incoming arcs that mirror the outgoing ones: town %s', (_, network) => {
    const { firstArc, arcHead, firstIncoming, incomingArc, incomingTail } = network.arrays;
    const outgoing: string[] = [];
    const incoming: string[] = [];
    for (let n = 0; n < network.nodeCount; n++) {
      for (let i = firstArc[n] ?? 0; i < (firstArc[n + 1] ?? 0); i++)
        outgoing.push(`${i}: ${n} → ${arcHead[i]}`);
      for (let i = firstIncoming[n] ?? 0; i < (firstIncoming[n + 1] ?? 0); i++) {
        incoming.push(`${incomingArc[i]}: ${incomingTail[i]} → ${n}`);
      }
    }
    expect(incoming.sort()).toEqual(outgoing.sort());
    expect(outgoing.length).toBe(network.arcCount);
  });

  it.each(towns)('reaches every node from every node: town %s', (_, network) => {
    const { firstArc, arcHead } = network.arrays;
    for (let start = 0; start < network.nodeCount; start += 7) {
      const seen = new Set([start]);
      for (const from of seen) {
        for (let arc = firstArc[from] ?? 0; arc < (firstArc[from + 1] ?? 0); arc++)
          seen.add(arcHead[arc] ?? -1);
      }
      expect(seen.size).toBe(network.nodeCount);
    }
  });

  it.each(towns)('numbers near nodes nearly: town %s', (_, network) => {
    const rows = [...exportArcs(network)];
    const { arrays, nodeCount } = network;
    const gaps = rows.map(({ arc }) => {
      const edge = (arrays.arcEdge[arc] ?? 0) >>> 1;
      return Math.abs((arrays.edgeFrom[edge] ?? 0) - (arrays.edgeTo[edge] ?? 0));
    });
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean).toBeLessThan(nodeCount / 5); // numbers at random would be a third of the count apart
  });
});
