import { itemAt } from '../sure.js';
import type { Point } from './frame.js';
import type { Bilingual, RoadClass } from './model.js';

/** A piece of street between two nodes. Direction +1 allows only from `a` to `b`, -1 only back, 0 both. */
export interface Leg {
  readonly a: number;
  readonly b: number;
  readonly cell: number;
  readonly bridge: boolean;
  oneWay: -1 | 0 | 1;
}

/** A street being drawn: legs in the order of its house numbers; a gap between two legs is a gap in the street. */
export interface StreetDraft {
  readonly name: Bilingual;
  readonly roadClass: RoadClass;
  readonly roundabout: boolean;
  legs: Leg[];
}

/** The drawing board: nodes in metres around the centre, and streets over them. */
export interface Sketch {
  readonly x: number[];
  readonly y: number[];
  readonly streets: StreetDraft[];
}

export const createSketch = (): Sketch => ({ x: [], y: [], streets: [] });

/** Adds a node and returns its index. */
export function addNode(sketch: Sketch, [x, y]: Point): number {
  sketch.x.push(x);
  sketch.y.push(y);
  return sketch.x.length - 1;
}

export function addStreet(
  sketch: Sketch,
  name: Bilingual,
  roadClass: RoadClass,
  roundabout = false,
): StreetDraft {
  const street: StreetDraft = { name, roadClass, roundabout, legs: [] };
  sketch.streets.push(street);
  return street;
}

export const pointOf = (sketch: Sketch, node: number): Point => [
  itemAt(sketch.x, node),
  itemAt(sketch.y, node),
];

export function lengthBetween(sketch: Sketch, a: number, b: number): number {
  return Math.hypot(itemAt(sketch.x, b) - itemAt(sketch.x, a), itemAt(sketch.y, b) - itemAt(sketch.y, a));
}

/** The point at `fraction` of the way from one to the other. */
export const between = ([ax, ay]: Point, [bx, by]: Point, fraction: number): Point => [
  ax + (bx - ax) * fraction,
  ay + (by - ay) * fraction,
];
