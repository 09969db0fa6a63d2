import { distance, type Seconds } from '@lamplight/base';
import type { Metric } from '../search/metric.js';
import type { Snap } from '../snap.js';
import { type Candidate, createCandidates } from './candidates.js';
import {
  DEFAULT_BETA,
  DEFAULT_MAX_GAP,
  DEFAULT_SIGMA,
  type Fix,
  isUsable,
  type MatchOptions,
  NEWS,
  sigmaOf,
} from './fix.js';
import { bestOf, edgeShare, firstLayer, type Layer, nextLayer, pruned, supportOf } from './layers.js';
import { nearestOn } from './nearest.js';
import { RoadWalk } from './road-walk.js';

export interface FollowerOptions extends MatchOptions {
  /** After how many further fixes a place is settled; 5 by default. */
  readonly lag?: number;
}

/** Where a vehicle is on the roads, as far as its fixes up to now tell. */
export interface FollowedPlace {
  readonly snap: Snap;
  /** The direction of driving: degrees clockwise from north. */
  readonly heading: number;
  /** The share, in [0, 1], of the likely chains of places, weighed, that end on this edge. */
  readonly confidence: number;
  /** An earlier fix whose place the fixes after it have settled, where there is one anew. */
  readonly settled: { readonly at: Seconds; readonly snap: Snap; readonly confidence: number } | undefined;
}

/**
 * Follows any number of vehicles, fix by fix. Of each the last few fixes are kept and no more.
 *
 * A vehicle begins anew after a gap, when its time goes backwards, and where no way leads from where it was.
 */
export interface Follower {
  readonly size: number;
  /** The place of a vehicle after a fix; `undefined` when the fix is no use, or no road is near. */
  fix(id: string, fix: Fix): FollowedPlace | undefined;
  /** Forgets a vehicle. */
  forget(id: string): void;
}

const LAG = 5;

/** Places of vehicles as they move, by the model of `createMatcher` with a window of fixed lag. */
export function createFollower(metric: Metric, options: FollowerOptions = {}): Follower {
  const { sigma, beta = DEFAULT_BETA, maxGap = DEFAULT_MAX_GAP, againstOneWay = false, lag = LAG } = options;
  const walk = new RoadWalk(metric, againstOneWay);
  const findCandidates = createCandidates(metric.network, walk.isDriven);
  /** Of each vehicle the layers of its window, oldest first, and the time of its last fix. */
  const vehicles = new Map<string, { readonly layers: Layer[]; at: number }>();

  const answer = (layers: readonly Layer[], fix: Fix, isNews: boolean): FollowedPlace | undefined => {
    const layer = layers.at(-1);
    const number = layer ? bestOf(layer) : 0;
    const candidate = layer?.candidates[number];
    if (!layer || !candidate) return undefined;
    const end = layers.length - 1;
    const { snap, bearing } = isNews ? candidate : onward(candidate, fix);
    return {
      snap,
      heading: bearing,
      confidence: edgeShare(layer, supportOf(layers, end, end), number),
      settled: isNews && layers.length > lag ? settle(layers) : undefined,
    };
  };
  /** Where a fix that carries no news lies on the edge that is being driven. */
  const onward = ({ directed, share, snap, bearing }: Candidate, fix: Fix) => {
    const edge = directed >>> 1;
    const part = directed & 1 ? { edge, start: 1 - share, end: 0 } : { edge, start: share, end: 1 };
    return nearestOn(metric.network, [part], fix.position) ?? { snap, bearing };
  };

  return {
    get size() {
      return vehicles.size;
    },
    fix(id, fix) {
      if (!isUsable(fix)) return undefined;
      let vehicle = vehicles.get(id);
      if (vehicle && (fix.at < vehicle.at || fix.at - vehicle.at > maxGap)) vehicle = undefined;
      const last = vehicle?.layers.at(-1);
      const noise = sigmaOf(fix, sigma, DEFAULT_SIGMA);
      if (vehicle && last && distance(last.fix.position, fix.position) < NEWS * noise) {
        vehicle.at = fix.at;
        return answer(vehicle.layers, fix, false);
      }
      const candidates = findCandidates(fix, noise);
      if (candidates.length === 0) return undefined;
      const next = last && nextLayer(walk, last, fix, noise, candidates, beta);
      if (vehicle && next) {
        vehicle.layers.push(pruned(next));
        if (vehicle.layers.length > lag + 1) vehicle.layers.shift();
        vehicle.at = fix.at;
      } else {
        vehicle = { layers: [pruned(firstLayer(fix, noise, candidates))], at: fix.at };
        vehicles.set(id, vehicle);
      }
      return answer(vehicle.layers, fix, true);
    },
    forget(id) {
      vehicles.delete(id);
    },
  };
}

/** The oldest fix of a full window, by the best chain through all after it. */
function settle(layers: readonly Layer[]): FollowedPlace['settled'] {
  const end = layers.length - 1;
  const [oldest] = layers;
  const newest = layers[end];
  if (!oldest || !newest) return undefined;
  let candidate = bestOf(newest);
  for (let layer = end; layer > 0; layer--) candidate = layers[layer]?.before[candidate] ?? 0;
  const place = oldest.candidates[candidate];
  return (
    place && {
      at: oldest.fix.at,
      snap: place.snap,
      confidence: edgeShare(oldest, supportOf(layers, 0, end), candidate),
    }
  );
}
