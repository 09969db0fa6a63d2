import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildNetwork, type OsmMember, readOsm, serializeNetwork } from '../src/index.js';
import {
  concat,
  type OsmData,
  type PbfOptions,
  writeBlob,
  writePbf,
  writeXml,
  writeXmlGz,
} from './fixtures/osm-writer.js';
import { networkOf, randomTown, SQUARE } from './fixtures/towns.js';

const PBF_VARIANTS: readonly PbfOptions[] = [
  {},
  { dense: false },
  { compress: false },
  { waysFirst: true },
  { dense: false, compress: false, waysFirst: true },
  { granularity: 10 },
];

const FORMATS: readonly (readonly [name: string, write: (data: OsmData) => Uint8Array])[] = [
  ...PBF_VARIANTS.map(
    (options) =>
      [`pbf ${JSON.stringify(options)}`, (data: OsmData) => writePbf(data, options).bytes] as const,
  ),
  ['xml', writeXml],
  ['xml.gz', writeXmlGz],
];

function readAll(bytes: Uint8Array): OsmData {
  const nodes: { id: number; lon: number; lat: number; tags: Record<string, string> }[] = [];
  const ways: { id: number; refs: number[]; tags: Record<string, string> }[] = [];
  const relations: { id: number; members: OsmMember[]; tags: Record<string, string> }[] = [];
  const result = readOsm(bytes, {
    node: (id, lon, lat, tags) =>
      nodes.push({ id, lon: round(lon), lat: round(lat), tags: Object.fromEntries(tags) }),
    way: (id, refs, tags) => ways.push({ id, refs: [...refs], tags: Object.fromEntries(tags) }),
    relation: (id, members, tags) =>
      relations.push({ id, members: [...members], tags: Object.fromEntries(tags) }),
  });
  expect(result.ok).toBe(true);
  return { nodes, ways, relations };
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** What a network is, but for the name of the format that it came from. */
function graphOf(bytes: Uint8Array): string | undefined {
  const built = buildNetwork(bytes);
  if (!built.ok) return undefined;
  const { network } = built.value;
  return JSON.stringify({ ...network, report: { ...network.report, format: '' } });
}

describe('reading OpenStreetMap data', () => {
  it.each(FORMATS)('gives nodes, ways and relations with tags and members: %s', (_, write) => {
    expect(readAll(write(SQUARE))).toEqual(SQUARE);
  });

  it('reads negative ids, as editors give to what is new', () => {
    const data: OsmData = {
      nodes: [
        { id: -1, lon: 1, lat: 2, tags: {} },
        { id: -2, lon: -1, lat: -2, tags: {} },
      ],
      ways: [{ id: -3, refs: [-1, -2], tags: { highway: 'service' } }],
      relations: [],
    };
    for (const [, write] of FORMATS) expect(readAll(write(data))).toEqual(data);
  });

  it('gives the same network from every format', () => {
    const graphs = FORMATS.map(([, write]) => graphOf(write(SQUARE)));
    expect(graphs[0]).toBeDefined();
    expect(new Set(graphs).size).toBe(1);
  });

  it('gives the same network of a town that takes many pieces to read', () => {
    const town = randomTown('many pieces', 1_300);
    const gz = writeXmlGz(town);
    expect(gz.length).toBeGreaterThan(64 * 1024);
    const graph = graphOf(writePbf(town).bytes);
    expect(graph).toBeDefined();
    expect(graphOf(writeXml(town)) === graph).toBe(true);
    expect(graphOf(gz) === graph).toBe(true);
  });

  it('reads gzip of several members one after another', () => {
    const xml = writeXml(SQUARE);
    const parts = [xml.subarray(0, 700), xml.subarray(700, 701), xml.subarray(701)];
    expect(readAll(concat(parts.map((part) => gzipSync(part))))).toEqual(SQUARE);
  });

  it('skips what an editor has marked as deleted', () => {
    const xml = `<osm version="0.6"><node id="1" action="delete" lat="1" lon="1"/><node id="2" visible="false"/></osm>`;
    expect(readAll(new TextEncoder().encode(xml)).nodes).toEqual([]);
  });
});

describe('refusing damaged files', () => {
  it.each(FORMATS)('refuses a file cut at any byte: %s', (_, write) => {
    const whole = write(SQUARE);
    // PBF has no end mark: cut before its last block it is a smaller file, without its relations.
    const graphs = [graphOf(whole), graphOf(write({ ...SQUARE, relations: [] }))];
    for (let length = 0; length < whole.length; length++) {
      const built = buildNetwork(whole.slice(0, length));
      if (built.ok) {
        // Only what follows the roads may be missing: the block of relations, or the line end of the XML.
        expect(graphs).toContain(graphOf(whole.slice(0, length)));
      } else {
        // Too short to be known as OSM; or cut between two blocks of PBF; or inside the checksum that ends gzip.
        const known = length < 15 ? ['osm-truncated', 'not-osm'] : ['osm-truncated', 'no-roads'];
        const codes = whole.length - length <= 8 ? [...known, 'osm-corrupt'] : known;
        expect(codes).toContain(built.error.code);
      }
    }
  });

  it('says of a cut PBF file at which byte it ends', () => {
    const { bytes, starts } = writePbf(SQUARE);
    const middle = ((starts[1] ?? 0) + (starts[2] ?? 0)) >> 1;
    expect(buildNetwork(bytes.slice(0, middle))).toMatchObject({
      ok: false,
      error: { code: 'osm-truncated', byte: middle },
    });
  });

  it('says of cut XML and cut gzip that they are truncated', () => {
    expect(buildNetwork(writeXml(SQUARE).slice(0, 900))).toMatchObject({ error: { code: 'osm-truncated' } });
    expect(buildNetwork(writeXmlGz(SQUARE).slice(0, 300))).toMatchObject({
      error: { code: 'osm-truncated' },
    });
  });

  it('has no roads, and says how many nodes are missing, when the block of nodes is lost', () => {
    const { bytes, starts } = writePbf(SQUARE, { waysFirst: true });
    const built = buildNetwork(bytes.slice(0, starts[2]));
    expect(built).toMatchObject({ ok: false, error: { code: 'no-roads' } });
    expect(!built.ok && built.error.message).toContain('missing-node 12');
  });

  it.each([
    ['pbf', writePbf(SQUARE).bytes],
    ['gzip', writeXmlGz(SQUARE)],
  ])('never gives another graph for a damaged byte: %s', (_, whole) => {
    const graph = graphOf(whole);
    for (let byte = 0; byte < whole.length; byte++) {
      for (const flip of [0x01, 0x10, 0x80, 0xff]) {
        const damaged = whole.slice();
        damaged[byte] = (damaged[byte] ?? 0) ^ flip;
        expect([undefined, graph]).toContain(graphOf(damaged));
      }
    }
  });

  it('never throws on uncompressed PBF with a damaged byte', () => {
    const whole = writePbf(SQUARE, { compress: false }).bytes;
    for (let byte = 0; byte < whole.length; byte++) {
      const damaged = whole.slice();
      damaged[byte] = (damaged[byte] ?? 0) ^ 0xff;
      expect(() => buildNetwork(damaged)).not.toThrow();
    }
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('lon,lat\n1,2\n')],
    ['zeros', new Uint8Array(100)],
    ['a change file', new TextEncoder().encode('<osmChange version="0.6"></osmChange>')],
    ['another XML', new TextEncoder().encode('<?xml version="1.0"?><gpx></gpx>')],
    ['gzip of text', gzipSync(new TextEncoder().encode('lon,lat'))],
    ['a network', serializeNetwork(networkOf(SQUARE))],
  ])('refuses %s as not OSM', (_, bytes) => {
    expect(buildNetwork(bytes)).toMatchObject({ ok: false, error: { code: 'not-osm' } });
  });

  it('refuses a history file, whose deleted roads would come back to life', () => {
    const { bytes } = writePbf(SQUARE, { requiredFeatures: ['OsmSchema-V0.6', 'HistoricalInformation'] });
    expect(buildNetwork(bytes)).toMatchObject({ error: { code: 'osm-unsupported' } });
  });

  it('refuses an absurd length without reserving memory for it', () => {
    const { bytes, starts } = writePbf(SQUARE);
    const huge = writeBlob('OSMData', new Uint8Array([0x0a, 0xff, 0xff, 0xff, 0xff, 0x07]), true);
    expect(buildNetwork(concat([bytes.slice(0, starts[1]), huge]))).toMatchObject({
      error: { code: 'osm-corrupt' },
    });
  });

  it.each([
    ['a position that is not a number', '<osm><node id="1" lat="x" lon="1"/></osm>'],
    ['an id that is missing', '<osm><way><nd ref="1"/></way></osm>'],
    ['tags that cross', '<osm><way id="1"></node></osm>'],
  ])('refuses XML with %s, naming the line', (_, xml) => {
    const built = buildNetwork(new TextEncoder().encode(xml));
    expect(built).toMatchObject({ ok: false, error: { code: 'osm-corrupt' } });
    expect(!built.ok && built.error.message).toMatch(/\b1\b/);
  });

  it('has no roads in an extract of buildings', () => {
    const data = { ...SQUARE, ways: SQUARE.ways.filter(({ tags }) => tags.building) };
    expect(buildNetwork(writePbf(data).bytes)).toMatchObject({ error: { code: 'no-roads' } });
  });
});
