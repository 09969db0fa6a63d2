import type { MetresPerSecond } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import type { RoadClass } from './road-class.js';
import type { TurnModel } from './turn-model.js';

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
      /** The direction, if any, in which this vehicle may go although the street is one-way the other way. */
      readonly contraflow?: 'forward' | 'backward';
    }
  | { readonly kind: 'refused'; readonly reason: WayRefusal };

/** Who drives: which ways, at which speeds, through which barriers, and how it turns. Free flow, without queues. */
export interface RoadProfile {
  /** Kept in the network, so that a file tells for whom it was built. */
  readonly name: string;
  way(tags: OsmTags): WayVerdict;
  /** Whether a node with these tags (a gate, a bollard) can be driven through. */
  passable(tags: OsmTags): boolean;
  /** Left out: every turn is allowed and takes no time, and restrictions are not read. */
  readonly turns?: TurnModel;
}
