import { boundingBox } from '@lamplight/base';
import { zlibSync } from 'fflate';
import Pbf from 'pbf';
import { itemAt } from '../sure.js';
import type { City } from './model.js';
import { type MainName, type OsmNode, type OsmWay, type Tags, toOsmElements } from './osm-elements.js';

/*
 * Field numbers are those of fileformat.proto and osmformat.proto of the OSM PBF format,
 * https://wiki.openstreetmap.org/wiki/PBF_Format.
 */
const BLOB_HEADER = { type: 1, datasize: 3 } as const;
const BLOB = { rawSize: 2, zlibData: 3 } as const;
const HEADER_BLOCK = { bbox: 1, requiredFeatures: 4, optionalFeatures: 5, writingProgram: 16 } as const;
const HEADER_BBOX = { left: 1, right: 2, top: 3, bottom: 4 } as const;
const PRIMITIVE_BLOCK = { stringTable: 1, primitiveGroup: 2, granularity: 17 } as const;
const STRING_TABLE = { s: 1 } as const;
const PRIMITIVE_GROUP = { dense: 2, ways: 3 } as const;
const DENSE_NODES = { id: 1, lat: 8, lon: 9, keysVals: 10 } as const;
const WAY = { id: 1, keys: 2, vals: 3, refs: 8 } as const;

/** Nanodegrees to one unit of a coordinate: the format's default. */
const GRANULARITY = 100;
const UNITS_PER_DEGREE = 1e9 / GRANULARITY;
/** Elements to a block, as the format recommends. */
const BLOCK_SIZE = 8000;

export interface OsmPbfOptions {
  /** What `name` holds; `zh` unless told otherwise. */
  readonly mainName?: MainName;
}

/** The city as an `.osm.pbf` file: a header, dense nodes, and ways, in blocks compressed by zlib. */
export function encodeOsmPbf(city: City, { mainName = 'zh' }: OsmPbfOptions = {}): Uint8Array {
  const { nodes, ways } = toOsmElements(city, mainName);
  return joinBytes([
    encodeBlob('OSMHeader', encodeHeader(nodes)),
    ...chunk(nodes).map((block) => encodeBlob('OSMData', encodeNodes(block))),
    ...chunk(ways).map((block) => encodeBlob('OSMData', encodeWays(block))),
  ]);
}

function encodeHeader(nodes: readonly OsmNode[]): Uint8Array {
  const pbf = new Pbf();
  const box = boundingBox(nodes.map((node) => node.position));
  if (box) {
    const [west, south, east, north] = box;
    const writeBox = (_: undefined, message: Pbf): void => {
      message.writeSVarintField(HEADER_BBOX.left, Math.round(west * 1e9));
      message.writeSVarintField(HEADER_BBOX.right, Math.round(east * 1e9));
      message.writeSVarintField(HEADER_BBOX.top, Math.round(north * 1e9));
      message.writeSVarintField(HEADER_BBOX.bottom, Math.round(south * 1e9));
    };
    pbf.writeMessage(HEADER_BLOCK.bbox, writeBox, undefined);
  }
  pbf.writeStringField(HEADER_BLOCK.requiredFeatures, 'OsmSchema-V0.6');
  pbf.writeStringField(HEADER_BLOCK.requiredFeatures, 'DenseNodes');
  pbf.writeStringField(HEADER_BLOCK.optionalFeatures, 'Sort.Type_then_ID');
  pbf.writeStringField(HEADER_BLOCK.writingProgram, 'lamplight');
  return pbf.finish();
}

function encodeNodes(nodes: readonly OsmNode[]): Uint8Array {
  const strings = createStringTable();
  const keysVals = nodes.flatMap(({ tags }) => [
    ...tags.flatMap(([key, value]) => [strings.indexOf(key), strings.indexOf(value)]),
    0,
  ]);
  const writeDense = (_: undefined, message: Pbf): void => {
    message.writePackedSVarint(DENSE_NODES.id, deltas(nodes.map((node) => node.id)));
    message.writePackedSVarint(DENSE_NODES.lat, deltas(nodes.map((node) => toUnits(node.position[1]))));
    message.writePackedSVarint(DENSE_NODES.lon, deltas(nodes.map((node) => toUnits(node.position[0]))));
    message.writePackedVarint(DENSE_NODES.keysVals, keysVals);
  };
  return encodeBlock(strings, (group) => {
    group.writeMessage(PRIMITIVE_GROUP.dense, writeDense, undefined);
  });
}

function encodeWays(ways: readonly OsmWay[]): Uint8Array {
  const strings = createStringTable();
  const indexes = (tags: Tags, part: 0 | 1): number[] => tags.map((tag) => strings.indexOf(tag[part]));
  const writeWay = (way: OsmWay, message: Pbf): void => {
    message.writeVarintField(WAY.id, way.id);
    message.writePackedVarint(WAY.keys, indexes(way.tags, 0));
    message.writePackedVarint(WAY.vals, indexes(way.tags, 1));
    message.writePackedSVarint(WAY.refs, deltas(way.nodes));
  };
  // The table is written before the ways that fill it, so the ways are encoded first.
  const group = new Pbf();
  for (const way of ways) group.writeMessage(PRIMITIVE_GROUP.ways, writeWay, way);
  const encoded = group.finish();
  const block = new Pbf();
  block.writeMessage(PRIMITIVE_BLOCK.stringTable, writeStringTable, strings.list);
  block.writeBytesField(PRIMITIVE_BLOCK.primitiveGroup, encoded);
  block.writeVarintField(PRIMITIVE_BLOCK.granularity, GRANULARITY);
  return block.finish();
}

function encodeBlock(strings: StringTable, writeGroup: (group: Pbf) => void): Uint8Array {
  const block = new Pbf();
  block.writeMessage(PRIMITIVE_BLOCK.stringTable, writeStringTable, strings.list);
  block.writeMessage(
    PRIMITIVE_BLOCK.primitiveGroup,
    (_: undefined, group: Pbf) => writeGroup(group),
    undefined,
  );
  block.writeVarintField(PRIMITIVE_BLOCK.granularity, GRANULARITY);
  return block.finish();
}

interface StringTable {
  readonly list: readonly string[];
  indexOf(text: string): number;
}

/** Index 0 is kept empty: it ends the tags of a dense node. */
function createStringTable(): StringTable {
  const list = [''];
  const known = new Map<string, number>();
  return {
    list,
    indexOf(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      known.set(text, list.length);
      list.push(text);
      return list.length - 1;
    },
  };
}

function writeStringTable(strings: readonly string[], message: Pbf): void {
  for (const text of strings) message.writeStringField(STRING_TABLE.s, text);
}

/** A block with its four-byte length and header before it. */
function encodeBlob(type: 'OSMHeader' | 'OSMData', data: Uint8Array): Uint8Array {
  const blob = new Pbf();
  blob.writeVarintField(BLOB.rawSize, data.length);
  blob.writeBytesField(BLOB.zlibData, zlibSync(data, { level: 6 }));
  const body = blob.finish();
  const header = new Pbf();
  header.writeStringField(BLOB_HEADER.type, type);
  header.writeVarintField(BLOB_HEADER.datasize, body.length);
  const head = header.finish();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  return joinBytes([length, head, body]);
}

const toUnits = (degrees: number): number => Math.round(degrees * UNITS_PER_DEGREE);

const deltas = (values: readonly number[]): number[] =>
  values.map((value, i) => (i === 0 ? value : value - itemAt(values, i - 1)));

function chunk<Item>(items: readonly Item[]): Item[][] {
  const blocks: Item[][] = [];
  for (let from = 0; from < items.length; from += BLOCK_SIZE)
    blocks.push(items.slice(from, from + BLOCK_SIZE));
  return blocks;
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
