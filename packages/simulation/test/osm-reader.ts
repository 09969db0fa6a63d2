import { unzlibSync } from 'fflate';
import Pbf from 'pbf';

export interface ReadNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ReadWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A small reader of OSM PBF, written against the format and not against our writer. */
export function readOsmPbf(bytes: Uint8Array): { features: string[]; nodes: ReadNode[]; ways: ReadWay[] } {
  const features: string[] = [];
  const nodes: ReadNode[] = [];
  const ways: ReadWay[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const headLength = view.getUint32(at);
    at += 4;
    const head = new Pbf(bytes.subarray(at, at + headLength)).readFields(
      (tag, result, pbf) => {
        if (tag === 1) result.type = pbf.readString();
        if (tag === 3) result.size = pbf.readVarint();
      },
      { type: '', size: 0 },
    );
    at += headLength;
    const empty: { rawSize: number; data: Uint8Array } = { rawSize: 0, data: new Uint8Array() };
    const blob = new Pbf(bytes.subarray(at, at + head.size)).readFields((tag, result, pbf) => {
      if (tag === 2) result.rawSize = pbf.readVarint();
      if (tag === 3) result.data = pbf.readBytes();
    }, empty);
    at += head.size;
    const data = unzlibSync(blob.data);
    if (data.length !== blob.rawSize) throw new Error('raw_size does not fit the data');
    if (head.type === 'OSMHeader')
      new Pbf(data).readFields((tag, _, pbf) => {
        if (tag === 4) features.push(pbf.readString());
      }, undefined);
    else readBlock(data, nodes, ways);
  }
  return { features, nodes, ways };
}

function readBlock(data: Uint8Array, nodes: ReadNode[], ways: ReadWay[]): void {
  const strings: string[] = [];
  const groups: Uint8Array[] = [];
  let granularity = 100;
  new Pbf(data).readFields((tag, _, pbf) => {
    if (tag === 1)
      pbf.readMessage((inner, __, table) => {
        if (inner === 1) strings.push(table.readString());
      }, undefined);
    if (tag === 2) groups.push(pbf.readBytes());
    if (tag === 17) granularity = pbf.readVarint();
  }, undefined);
  const textAt = (index: number): string => strings[index] ?? `missing string ${index}`;
  for (const group of groups) {
    new Pbf(group).readFields((tag, _, pbf) => {
      if (tag === 2) nodes.push(...readDense(pbf, granularity, textAt));
      if (tag === 3) ways.push(readWay(pbf, textAt));
    }, undefined);
  }
}

function readDense(pbf: Pbf, granularity: number, textAt: (index: number) => string): ReadNode[] {
  const start: Record<'ids' | 'lats' | 'lons' | 'keysVals', number[]> = {
    ids: [],
    lats: [],
    lons: [],
    keysVals: [],
  };
  const raw = pbf.readMessage((tag, result, dense) => {
    if (tag === 1) dense.readPackedSVarint(result.ids);
    if (tag === 8) dense.readPackedSVarint(result.lats);
    if (tag === 9) dense.readPackedSVarint(result.lons);
    if (tag === 10) dense.readPackedVarint(result.keysVals);
  }, start);
  let id = 0;
  let lat = 0;
  let lon = 0;
  let cursor = 0;
  return raw.ids.map((delta, i) => {
    id += delta;
    lat += raw.lats[i] ?? 0;
    lon += raw.lons[i] ?? 0;
    const tags: Record<string, string> = {};
    for (;;) {
      const key = raw.keysVals[cursor++] ?? 0;
      if (key === 0) break;
      tags[textAt(key)] = textAt(raw.keysVals[cursor++] ?? 0);
    }
    return { id, lat: (lat * granularity) / 1e9, lon: (lon * granularity) / 1e9, tags };
  });
}

function readWay(pbf: Pbf, textAt: (index: number) => string): ReadWay {
  const start: { id: number } & Record<'keys' | 'values' | 'deltas', number[]> = {
    id: 0,
    keys: [],
    values: [],
    deltas: [],
  };
  const raw = pbf.readMessage((tag, result, way) => {
    if (tag === 1) result.id = way.readVarint();
    if (tag === 2) way.readPackedVarint(result.keys);
    if (tag === 3) way.readPackedVarint(result.values);
    if (tag === 8) way.readPackedSVarint(result.deltas);
  }, start);
  let ref = 0;
  return {
    id: raw.id,
    refs: raw.deltas.map((delta) => {
      ref += delta;
      return ref;
    }),
    tags: Object.fromEntries(raw.keys.map((key, i) => [textAt(key), textAt(raw.values[i] ?? 0)])),
  };
}
