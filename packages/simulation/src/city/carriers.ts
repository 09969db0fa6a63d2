import { itemAt } from '../sure.js';
import type { Point } from './frame.js';
import { addNode, between, lengthBetween, pointOf, type Sketch, type StreetDraft } from './sketch.js';

/**
 * A straight piece of a main road that smaller streets may end on. Nodes are inserted in it as they arrive and it is
 * cut into legs at the end.
 */
export interface Carrier {
  readonly street: StreetDraft;
  readonly a: number;
  readonly b: number;
  readonly bridge: boolean;
  /** Which bank of the river the road runs along, if any. */
  readonly bank: 0 | 1 | undefined;
  readonly stops: { readonly fraction: number; readonly node: number }[];
}

interface Crossing {
  readonly carrier: Carrier;
  /** Along the carrier, 0 to 1. */
  readonly fraction: number;
  /** Along the asking line, 0 to 1. */
  readonly t: number;
}

const TILE = 250;
/** A street ending closer than this to an existing node of the main road ends in that node. */
const SNAP = 18;

/** Main roads by place, for asking which of them a line crosses. */
export interface CarrierIndex {
  readonly all: Carrier[];
  add(carrier: Carrier): void;
  /** Crossings of the line, in its order; two closer than a metre count once. */
  crossings(from: Point, to: Point): Crossing[];
}

export function createCarrierIndex(sketch: Sketch): CarrierIndex {
  const tiles = new Map<string, Carrier[]>();
  const all: Carrier[] = [];

  const eachTile = ([ax, ay]: Point, [bx, by]: Point, visit: (key: string) => void): void => {
    // Walks the line in steps of half a tile with one tile around it: enough for pieces shorter than a tile.
    const length = Math.hypot(bx - ax, by - ay);
    const steps = Math.max(1, Math.ceil((2 * length) / TILE));
    const seen = new Set<string>();
    for (let step = 0; step <= steps; step++) {
      const [x, y] = between([ax, ay], [bx, by], step / steps);
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          const key = `${Math.floor(x / TILE) + dx},${Math.floor(y / TILE) + dy}`;
          if (!seen.has(key)) {
            seen.add(key);
            visit(key);
          }
        }
      }
    }
  };

  return {
    all,
    add(carrier) {
      all.push(carrier);
      const [x, y] = between(pointOf(sketch, carrier.a), pointOf(sketch, carrier.b), 0.5);
      const key = `${Math.floor(x / TILE)},${Math.floor(y / TILE)}`;
      const tile = tiles.get(key);
      if (tile) tile.push(carrier);
      else tiles.set(key, [carrier]);
    },
    crossings(from, to) {
      const found: Crossing[] = [];
      eachTile(from, to, (key) => {
        for (const carrier of tiles.get(key) ?? []) {
          const hit = intersect(from, to, pointOf(sketch, carrier.a), pointOf(sketch, carrier.b));
          if (hit) found.push({ carrier, t: hit[0], fraction: hit[1] });
        }
      });
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      found.sort((left, right) => left.t - right.t);
      return found.filter((each, index) => {
        const previous = found[index - 1];
        return !previous || (each.t - previous.t) * length > 1;
      });
    },
  };
}

/** Fractions along both lines where they cross, ends included, or `undefined`. */
export function intersect(
  [ax, ay]: Point,
  [bx, by]: Point,
  [cx, cy]: Point,
  [dx, dy]: Point,
): readonly [number, number] | undefined {
  const ux = bx - ax;
  const uy = by - ay;
  const vx = dx - cx;
  const vy = dy - cy;
  const cross = ux * vy - uy * vx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const t = ((cx - ax) * vy - (cy - ay) * vx) / cross;
  const s = ((cx - ax) * uy - (cy - ay) * ux) / cross;
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? [t, s] : undefined;
}

/** The node of the main road at this fraction: an existing one if near enough, else a new one. */
export function attach(sketch: Sketch, carrier: Carrier, fraction: number): number {
  const length = lengthBetween(sketch, carrier.a, carrier.b);
  if (fraction * length < SNAP) return carrier.a;
  if ((1 - fraction) * length < SNAP) return carrier.b;
  for (const stop of carrier.stops) if (Math.abs(stop.fraction - fraction) * length < SNAP) return stop.node;
  const node = addNode(sketch, between(pointOf(sketch, carrier.a), pointOf(sketch, carrier.b), fraction));
  carrier.stops.push({ fraction, node });
  return node;
}

/** The nodes of a carrier from end to end. */
function nodesOf(carrier: Carrier): number[] {
  const stops = [...carrier.stops].sort((left, right) => left.fraction - right.fraction);
  return [carrier.a, ...stops.map((stop) => stop.node), carrier.b];
}

/**
 * Cuts the main roads into legs; `cellOf` says which neighbourhood a leg belongs to, -1 for none. What sticks out of
 * the city of the roads along the river is left away.
 */
export function cutIntoLegs(
  sketch: Sketch,
  carriers: readonly Carrier[],
  cellOf: (x: number, y: number) => number,
): void {
  for (const carrier of carriers) {
    const nodes = nodesOf(carrier);
    for (let i = 1; i < nodes.length; i++) {
      const a = itemAt(nodes, i - 1);
      const b = itemAt(nodes, i);
      const [x, y] = between(pointOf(sketch, a), pointOf(sketch, b), 0.5);
      const cell = cellOf(x, y);
      if (carrier.bank !== undefined && cell < 0) continue;
      carrier.street.legs.push({ a, b, cell, bridge: carrier.bridge, oneWay: 0 });
    }
  }
}
