import type { MetresPerSecond } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';

/**
 * The classes a road can have: the values of the OSM key `highway` that some profile may drive on. The order is fixed
 * by the file format, which stores the index: add at the end only.
 */
export const ROAD_CLASSES = [
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'track',
  'road',
  'busway',
  'pedestrian',
  'footway',
  'cycleway',
  'bridleway',
  'path',
] as const;

export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Why a way is left out of the network. */
export type WayRefusal = 'not-a-road' | 'access' | 'reversible';

/** What a profile makes of a way: a road with its speeds along and against the order of its nodes, or a refusal. */
export type WayVerdict =
  | {
      readonly kind: 'road';
      readonly class: RoadClass;
      /** `undefined` where driving this way round is not allowed; at least one of the two is given. */
      readonly forward: MetresPerSecond | undefined;
      readonly backward: MetresPerSecond | undefined;
    }
  | { readonly kind: 'refused'; readonly reason: WayRefusal };

/** Who drives: which ways, at which speeds, through which barriers. Free flow, without waiting at junctions. */
export interface RoadProfile {
  /** Kept in the network, so that a file tells for whom it was built. */
  readonly name: string;
  way(tags: OsmTags): WayVerdict;
  /** Whether a node with these tags (a gate, a bollard) can be driven through. */
  passable(tags: OsmTags): boolean;
}
