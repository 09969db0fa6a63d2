import { isLonLat } from '@lamplight/base';
import { NO_TAGS, type OsmMember, type OsmTags, type OsmVisitor } from './visitor.js';
import { type Range, Wire } from './wire.js';

/**
 * Decodes one `PrimitiveBlock` of the OSM PBF format (https://wiki.openstreetmap.org/wiki/PBF_Format) and shows its
 * objects to the visitor. `byte` is the place of the block in the file. Field numbers are those of osmformat.proto.
 */
export function readPrimitiveBlock(bytes: Uint8Array, byte: number, visitor: OsmVisitor): void {
  const wire = new Wire(bytes, byte);
  const groups: Range[] = [];
  const texts: Uint8Array[] = [];
  const grid = { granularity: 100, latOffset: 0, lonOffset: 0 };

  // Granularity and offsets may come after the groups that need them, so groups are only noted at first.
  wire.all((field) => {
    if (field === 1) wire.message((inner) => inner === 1 && texts.push(wire.bytes()));
    else if (field === 2) groups.push(wire.range());
    else if (field === 17) grid.granularity = wire.unsigned();
    else if (field === 19) grid.latOffset = wire.signed();
    else if (field === 20) grid.lonOffset = wire.signed();
  });

  const decoder = new TextDecoder();
  const decoded: (string | undefined)[] = new Array(texts.length);
  const text = (index: number): string => {
    const known = decoded[index];
    if (known !== undefined) return known;
    const raw = texts[index];
    if (!raw) return wire.fail('a text is missing from the string table');
    const value = decoder.decode(raw);
    decoded[index] = value;
    return value;
  };
  const block: Block = {
    wire,
    visitor,
    text,
    lat: (value) => (grid.latOffset + grid.granularity * value) * 1e-9,
    lon: (value) => (grid.lonOffset + grid.granularity * value) * 1e-9,
  };

  for (const group of groups) {
    wire.at(group, (field) => {
      if (field === 1 && visitor.node) readNode(block);
      else if (field === 2 && visitor.node) readDenseNodes(block);
      else if (field === 3 && visitor.way) readWay(block);
      else if (field === 4 && visitor.relation) readRelation(block);
    });
  }
}

interface Block {
  readonly wire: Wire;
  readonly visitor: OsmVisitor;
  /** A text of the string table. */
  readonly text: (index: number) => string;
  /** Grid units to degrees. */
  readonly lat: (value: number) => number;
  readonly lon: (value: number) => number;
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): OsmTags {
  if (keys.length !== values.length) block.wire.fail('an object has unequal numbers of keys and values');
  if (keys.length === 0) return NO_TAGS;
  const tags = new Map<string, string>();
  keys.forEach((key, index) => {
    tags.set(block.text(key), block.text(values[index] ?? 0));
  });
  return tags;
}

function showNode(block: Block, id: number, gridLon: number, gridLat: number, tags: OsmTags): void {
  const lon = block.lon(gridLon);
  const lat = block.lat(gridLat);
  if (!isLonLat([lon, lat])) block.wire.fail(`node ${id} lies at ${lon}, ${lat}`);
  block.visitor.node?.(id, lon, lat, tags);
}

function readNode(block: Block): void {
  const { wire } = block;
  const keys: number[] = [];
  const values: number[] = [];
  let id = 0;
  let lat = 0;
  let lon = 0;
  wire.message((field) => {
    if (field === 1) id = wire.zigzag();
    else if (field === 2) wire.unsignedList(keys);
    else if (field === 3) wire.unsignedList(values);
    else if (field === 8) lat = wire.zigzag();
    else if (field === 9) lon = wire.zigzag();
  });
  showNode(block, id, lon, lat, tagsOf(block, keys, values));
}

function readDenseNodes(block: Block): void {
  const { wire } = block;
  const ids: number[] = [];
  const lats: number[] = [];
  const lons: number[] = [];
  const keysAndValues: number[] = [];
  wire.message((field) => {
    if (field === 1) wire.deltaList(ids);
    else if (field === 8) wire.deltaList(lats);
    else if (field === 9) wire.deltaList(lons);
    else if (field === 10) wire.unsignedList(keysAndValues);
  });
  if (ids.length !== lats.length || ids.length !== lons.length) {
    wire.fail('dense nodes have unequal numbers of ids and positions');
  }

  let next = 0;
  for (let i = 0; i < ids.length; i++) {
    // Pairs of key and value, closed by a zero for each node; a block without any tag has an empty list.
    let tags: Map<string, string> | undefined;
    while (next < keysAndValues.length && keysAndValues[next] !== 0) {
      const value = keysAndValues[next + 1] ?? wire.fail('the tags of dense nodes end inside a pair');
      tags ??= new Map();
      tags.set(block.text(keysAndValues[next] ?? 0), block.text(value));
      next += 2;
    }
    next++;
    showNode(block, ids[i] ?? 0, lons[i] ?? 0, lats[i] ?? 0, tags ?? NO_TAGS);
  }
}

function readWay(block: Block): void {
  const { wire, visitor } = block;
  const keys: number[] = [];
  const values: number[] = [];
  const refs: number[] = [];
  let id = 0;
  wire.message((field) => {
    if (field === 1) id = wire.signed();
    else if (field === 2) wire.unsignedList(keys);
    else if (field === 3) wire.unsignedList(values);
    else if (field === 8) wire.deltaList(refs);
  });
  visitor.way?.(id, refs, tagsOf(block, keys, values));
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

function readRelation(block: Block): void {
  const { wire, visitor } = block;
  const keys: number[] = [];
  const values: number[] = [];
  const roles: number[] = [];
  const ids: number[] = [];
  const types: number[] = [];
  let id = 0;
  wire.message((field) => {
    if (field === 1) id = wire.signed();
    else if (field === 2) wire.unsignedList(keys);
    else if (field === 3) wire.unsignedList(values);
    else if (field === 8) wire.unsignedList(roles);
    else if (field === 9) wire.deltaList(ids);
    else if (field === 10) wire.unsignedList(types);
  });
  if (ids.length !== roles.length || ids.length !== types.length) {
    wire.fail('a relation has unequal numbers of members, roles and types');
  }
  const members = ids.map((member, index): OsmMember => {
    const type = MEMBER_TYPES[types[index] ?? 0];
    return type === undefined
      ? wire.fail('a relation has a member of unknown type')
      : { type, id: member, role: block.text(roles[index] ?? 0) };
  });
  visitor.relation?.(id, members, tagsOf(block, keys, values));
}
