import type { BoundingBox } from '@lamplight/base';
import type { LayerName } from './schema/index.js';

/** Why something of the extract is not on the map, or not as it was drawn. */
export const FLAWS = [
  /** A way with a node that the extract does not have: as a line it is cut there, as an area it is left out. */
  'missing-node',
  /** A way of an area or boundary that the extract does not have. */
  'missing-member',
  /** Ways of an area that do not close. The area is drawn without them. */
  'open-ring',
  /** An outline that comes to one node twice. It is taken apart there and drawn. */
  'touching-ring',
  /** A line of one position or an outline that encloses nothing. Left out. */
  'degenerate',
  /** A coast that neither closes nor leaves the extract. Then no sea is drawn. */
  'open-coast',
] as const;
export type Flaw = (typeof FLAWS)[number];

/** What came out of building a base map. */
export interface BasemapReport {
  readonly bounds: BoundingBox;
  readonly maxZoom: number;
  /** Features made, by layer, before they were cut into tiles. */
  readonly features: Readonly<Record<LayerName, number>>;
  readonly flaws: Readonly<Record<Flaw, number>>;
  /** Tiles that can be asked for, and how many different ones there are among them. */
  readonly tiles: number;
  readonly distinctTiles: number;
  /** The tile that takes most bytes, as it is stored and sent. */
  readonly largestTile: {
    readonly z: number;
    readonly x: number;
    readonly y: number;
    readonly bytes: number;
  };
  readonly bytes: number;
}

export function noFlaws(): Record<Flaw, number> {
  return {
    'missing-node': 0,
    'missing-member': 0,
    'open-ring': 0,
    'touching-ring': 0,
    degenerate: 0,
    'open-coast': 0,
  };
}
