import { ByteWriter } from '../bytes.js';
import type { Features } from '../features/features.js';
import type { AttributeValue, LayerName, Shape } from '../schema/index.js';
import { fieldsAt } from './cut.js';
import type { Pieces } from './pieces.js';
import { EXTENT } from './world.js';

/*
 * Field numbers of the Mapbox Vector Tile specification 2.1, https://github.com/mapbox/vector-tile-spec/tree/master/2.1.
 */
const TILE = { layers: 3 } as const;
const LAYER = { name: 1, features: 2, keys: 3, values: 4, extent: 5, version: 15 } as const;
const FEATURE = { tags: 2, type: 3, geometry: 4 } as const;
const VALUE = { string: 1, double: 3, uint: 5, sint: 6, bool: 7 } as const;
const TYPE: Readonly<Record<Shape, number>> = { point: 1, line: 2, area: 3 };
const COMMAND = { moveTo: 1, lineTo: 2, closePath: 7 } as const;

/** Below this zoom, lines and areas that say the same become one feature: a quarter of the bytes, the same picture. */
const MERGE_BELOW = 14;

const text = new TextEncoder();

/** Turns the pieces of a tile into its bytes. Holds the memory that it works in, for one tile after another. */
export class TileEncoder {
  readonly #tile = new ByteWriter();
  readonly #layer = new ByteWriter();
  readonly #feature = new ByteWriter();
  readonly #packed = new ByteWriter();

  /** `members` are the pieces of the tile, layer by layer. The bytes are a view that the next tile overwrites. */
  encode(features: Features, zoom: number, pieces: Pieces, members: Uint32Array): Uint8Array {
    this.#tile.clear();
    let start = 0;
    while (start < members.length) {
      const layer = this.#layerOf(features, pieces, members[start] ?? 0);
      let end = start + 1;
      while (end < members.length && this.#layerOf(features, pieces, members[end] ?? 0) === layer) end++;
      this.#tile.block(
        TILE.layers,
        this.#encodeLayer(layer, features, zoom, pieces, members.subarray(start, end)),
      );
      start = end;
    }
    return this.#tile.view();
  }

  #layerOf(features: Features, pieces: Pieces, piece: number): LayerName {
    return features.table.at(features.drawing[pieces.feature.data[piece] ?? 0] ?? 0).layer;
  }

  #encodeLayer(
    name: LayerName,
    features: Features,
    zoom: number,
    pieces: Pieces,
    members: Uint32Array,
  ): Uint8Array {
    const layer = this.#layer;
    layer.clear();
    layer.key(LAYER.version, 0);
    layer.varint(2);
    layer.block(LAYER.name, text.encode(name));
    const keys = new Map<string, number>();
    const values = new Map<AttributeValue, number>();
    for (const { shape, fields, together } of groups(features, zoom, pieces, members)) {
      this.#packed.clear();
      for (const [key, value] of Object.entries(features.table.fields(fields))) {
        this.#packed.varint(indexIn(keys, key));
        this.#packed.varint(indexIn(values, value));
      }
      const feature = this.#feature;
      feature.clear();
      feature.block(FEATURE.tags, this.#packed.view());
      feature.key(FEATURE.type, 0);
      feature.varint(TYPE[shape]);
      this.#packed.clear();
      writeGeometry(this.#packed, shape, pieces, together);
      feature.block(FEATURE.geometry, this.#packed.view());
      layer.block(LAYER.features, feature.view());
    }
    for (const key of keys.keys()) layer.block(LAYER.keys, text.encode(key));
    for (const value of values.keys()) {
      this.#packed.clear();
      writeValue(this.#packed, value);
      layer.block(LAYER.values, this.#packed.view());
    }
    layer.key(LAYER.extent, 0);
    layer.varint(EXTENT);
    return layer.view();
  }
}

interface Group {
  readonly shape: Shape;
  readonly fields: number;
  readonly together: number[];
}

/** Pieces that become one feature, in the order of the first of them. */
function groups(features: Features, zoom: number, pieces: Pieces, members: Uint32Array): readonly Group[] {
  const all: Group[] = [];
  const byMeaning = new Map<string, Group>();
  for (const piece of members) {
    const feature = pieces.feature.data[piece] ?? 0;
    const { shape, rank } = features.table.at(features.drawing[feature] ?? 0);
    const fields = fieldsAt(features, feature, zoom);
    if (zoom >= MERGE_BELOW || shape === 'point') {
      all.push({ shape, fields, together: [piece] });
      continue;
    }
    const meaning = `${fields}/${shape}/${rank}`;
    const known = byMeaning.get(meaning);
    if (known) {
      known.together.push(piece);
      continue;
    }
    const group: Group = { shape, fields, together: [piece] };
    byMeaning.set(meaning, group);
    all.push(group);
  }
  return all;
}

function indexIn<Key>(table: Map<Key, number>, key: Key): number {
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, table.size);
  return table.size - 1;
}

function writeGeometry(into: ByteWriter, shape: Shape, pieces: Pieces, together: readonly number[]): void {
  const coords = pieces.coords.data;
  let x = 0;
  let y = 0;
  for (const piece of together) {
    const endRing = pieces.ringStart.data[piece + 1] ?? 0;
    for (let ring = pieces.ringStart.data[piece] ?? 0; ring < endRing; ring++) {
      const start = pieces.coordStart.data[ring] ?? 0;
      const end = pieces.coordStart.data[ring + 1] ?? 0;
      for (let i = start; i < end; i += 2) {
        if (i === start) into.varint((1 << 3) | COMMAND.moveTo);
        else if (i === start + 2) into.varint((((end - start) / 2 - 1) << 3) | COMMAND.lineTo);
        const nextX = coords[i] ?? 0;
        const nextY = coords[i + 1] ?? 0;
        into.zigzag(nextX - x);
        into.zigzag(nextY - y);
        x = nextX;
        y = nextY;
      }
      if (shape === 'area') into.varint((1 << 3) | COMMAND.closePath);
    }
  }
}

function writeValue(into: ByteWriter, value: AttributeValue): void {
  if (typeof value === 'string') {
    into.block(VALUE.string, text.encode(value));
  } else if (typeof value === 'boolean') {
    into.key(VALUE.bool, 0);
    into.varint(value ? 1 : 0);
  } else if (Number.isSafeInteger(value) && value >= 0) {
    into.key(VALUE.uint, 0);
    into.varint(value);
  } else if (Number.isInteger(value) && Math.abs(value) < 2 ** 30) {
    into.key(VALUE.sint, 0);
    into.zigzag(value);
  } else {
    into.key(VALUE.double, 1);
    into.double(value);
  }
}
