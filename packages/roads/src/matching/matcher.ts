import { distance, type Metres, metres } from '@lamplight/base';
import type { RoadNetwork } from '../network/index.js';
import type { Heading } from '../search/ends.js';
import type { Metric } from '../search/metric.js';
import { createSnapper, type Snap } from '../snap.js';
import { type Candidate, createCandidates } from './candidates.js';
import {
  clampSigma,
  DEFAULT_BETA,
  DEFAULT_MAX_GAP,
  DEFAULT_SIGMA,
  type Fix,
  isUsable,
  type MatchOptions,
  NEWS,
  sigmaOf,
} from './fix.js';
import { bestOf, edgeShare, firstLayer, type Layer, nextLayer, supportOf } from './layers.js';
import { nearestOn } from './nearest.js';
import { RoadWalk } from './road-walk.js';

/** Why a fix has no place on the roads. `outlier`: no way leads there and on from there. */
export type UnmatchedReason = 'invalid' | 'out-of-order' | 'off-road' | 'outlier';

export type FixMatch =
  | {
      readonly kind: 'matched';
      readonly snap: Snap;
      /** The share, in [0, 1], of the likely chains of places, weighed, that run along this edge here. */
      readonly confidence: number;
      readonly heading: Heading;
      /** Index into the segments. */
      readonly segment: number;
    }
  | { readonly kind: 'unmatched'; readonly reason: UnmatchedReason };

/** A part of an edge that was driven, from one share of its length to another. */
export interface DrivenPart {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
}

/** A way without a gap. */
export interface MatchedSegment {
  /** Its first and last fix. */
  readonly firstFix: number;
  readonly lastFix: number;
  readonly length: Metres;
  /** What was driven, in order; none where the vehicle stood still. */
  readonly parts: readonly DrivenPart[];
}

export interface TraceMatch {
  /** One for each fix. */
  readonly fixes: readonly FixMatch[];
  /** Between two segments no way was found, or too long passed without a usable fix. */
  readonly segments: readonly MatchedSegment[];
  /** The standard deviation used for fixes that tell no accuracy. */
  readonly sigma: Metres;
}

export interface Matcher {
  match(fixes: readonly Fix[]): TraceMatch;
}

/** Fixes that lead nowhere are left out up to so many in a row; then a new segment begins. */
const MAX_OUTLIERS = 2;

/** A fix is judged with so many after it. */
const LOOK_AHEAD = 8;

/**
 * Finds the way that a vehicle drove from the noisy fixes of its receiver: the likeliest chain of places on roads by a
 * hidden Markov model (P. Newson, J. Krumm, "Hidden Markov Map Matching Through Noise and Sparseness", ACM SIGSPATIAL
 * GIS 2009, doi 10.1145/1653771.1653818). As there, fixes close to the one before carry no news and
 * are placed on the way afterwards. Unlike there, places have a direction of driving.
 *
 * One-way streets and turns are those of the metric, its closures are not looked at; ways are compared by length.
 * Never refuses: what cannot be used is said fix by fix.
 */
export function createMatcher(metric: Metric, options: MatchOptions = {}): Matcher {
  const { sigma, beta = DEFAULT_BETA, maxGap = DEFAULT_MAX_GAP, againstOneWay = false } = options;
  const { network } = metric;
  const walk = new RoadWalk(metric, againstOneWay);
  const findCandidates = createCandidates(network, walk.isDriven);
  const estimate = createEstimate(network);

  return {
    match(fixes) {
      const otherwise = sigma ?? estimate(fixes);
      const matches: FixMatch[] = fixes.map(() => ({ kind: 'unmatched', reason: 'invalid' }));
      const segments: MatchedSegment[] = [];
      let chain: Link[] = [];
      let outliers: number[] = [];

      const close = (): void => {
        if (chain.length > 0) {
          segments.push(finishSegment(network, walk, chain, fixes, matches, segments.length));
        }
        chain = [];
      };
      const unmatched = (index: number, reason: UnmatchedReason): void => {
        matches[index] = { kind: 'unmatched', reason };
      };

      let latest = -Infinity;
      for (let index = 0; index < fixes.length || outliers.length > 0; index++) {
        if (outliers.length > MAX_OUTLIERS || (index >= fixes.length && outliers.length > 0)) {
          // Not the fixes are odd: there is a gap. Begin again with the first of them.
          close();
          index = outliers[0] ?? index;
          outliers = [];
          latest = -Infinity;
        }
        const fix = fixes[index];
        if (!fix || !isUsable(fix)) continue;
        if (fix.at < latest) {
          unmatched(index, 'out-of-order');
          continue;
        }
        latest = fix.at;
        const noise = sigmaOf(fix, sigma, otherwise);
        const link = chain.at(-1);
        const isGap = link !== undefined && fix.at - (fixes[link.lastFix] ?? fix).at > maxGap;
        if (isGap) {
          for (const outlier of outliers) unmatched(outlier, 'outlier');
          outliers = [];
          close();
        } else if (
          link &&
          distance(link.layer.fix.position, fix.position) < NEWS * noise &&
          index < fixes.length - 1
        ) {
          link.between.push(index);
          link.lastFix = index;
          continue;
        }
        const candidates = findCandidates(fix, noise);
        if (candidates.length === 0) {
          unmatched(index, 'off-road');
          continue;
        }
        const last = chain.at(-1);
        const layer = last
          ? nextLayer(walk, last.layer, fix, noise, candidates, beta)
          : firstLayer(fix, noise, candidates);
        if (!layer) {
          outliers.push(index);
          continue;
        }
        for (const outlier of outliers) unmatched(outlier, 'outlier');
        outliers = [];
        chain.push({ layer, index, between: [], lastFix: index });
      }
      close();
      return { fixes: matches, segments, sigma: metres(otherwise) };
    },
  };
}

/** A layer, the fix it is made of, and the fixes after it that carry no news. */
interface Link {
  readonly layer: Layer;
  readonly index: number;
  readonly between: number[];
  lastFix: number;
}

/** Follows the best chain back, lays the way between its places, and says of each fix where it is on it. */
function finishSegment(
  network: RoadNetwork,
  walk: RoadWalk,
  chain: readonly Link[],
  fixes: readonly Fix[],
  matches: FixMatch[],
  segment: number,
): MatchedSegment {
  const layers = chain.map(({ layer }) => layer);
  const chosen = backtrack(layers);
  const way = createWay(walk);
  chain.forEach((link, i) => {
    const { layer } = link;
    const number = chosen[i] ?? 0;
    const candidate = layer.candidates[number];
    if (!candidate) return;
    const support = supportOf(layers, i, Math.min(layers.length - 1, i + LOOK_AHEAD));
    const confidence = edgeShare(layer, support, number);
    const matched = (snap: Snap, directed: number): FixMatch => ({
      kind: 'matched',
      snap,
      confidence,
      heading: directed & 1 ? 'against' : 'along',
      segment,
    });
    matches[link.index] = matched(candidate.snap, candidate.directed);
    const next = layers[i + 1]?.candidates[chosen[i + 1] ?? 0];
    const driven = layers[i + 1]?.driven[chosen[i + 1] ?? 0] ?? 0;
    let parts: DrivenPart[] = [];
    if (next && driven >= 0) parts = way.drive(candidate, next, 10 * driven + 5);
    else if (next) way.retreat(candidate, next, 5 - 10 * driven);
    for (const index of link.between) {
      const fix = fixes[index];
      const found = fix && nearestOn(network, parts, fix.position);
      matches[index] = found
        ? matched(found.snap, found.directed)
        : matched(candidate.snap, candidate.directed);
    }
  });
  // Where it was seen going back, parts may be left of which nothing was driven.
  const parts = way.parts.filter(({ start, end }) => start !== end);
  const { edgeLength } = network.arrays;
  return {
    firstFix: chain[0]?.index ?? 0,
    lastFix: chain.at(-1)?.lastFix ?? 0,
    length: metres(
      parts.reduce((sum, { edge, start, end }) => sum + Math.abs(end - start) * (edgeLength[edge] ?? 0), 0),
    ),
    parts,
  };
}

function backtrack(layers: readonly Layer[]): number[] {
  const chosen: number[] = [];
  const last = layers.at(-1);
  let candidate = last ? bestOf(last) : 0;
  for (let i = layers.length - 1; i >= 0; i--) {
    chosen[i] = candidate;
    candidate = layers[i]?.before[candidate] ?? 0;
  }
  return chosen;
}

/** Collects what is driven from place to place; a directed edge that is driven on is one part. */
function createWay(walk: RoadWalk) {
  const parts: DrivenPart[] = [];
  /** For each part: twice its edge, plus one against its geometry. */
  const directions: number[] = [];

  const add = (directed: number, start: number, end: number, isNew: boolean): void => {
    const part = partOf(directed, start, end);
    const last = parts.at(-1);
    if (last && !isNew && directions.at(-1) === directed) {
      parts[parts.length - 1] = { ...last, end: part.end };
    } else {
      parts.push(part);
      directions.push(directed);
    }
  };

  return {
    parts,
    /** Drives on from one place to another; the parts driven, each as it is by itself. */
    drive(from: Candidate, to: Candidate, limit: number): DrivenPart[] {
      const path = walk.findPath(from, to, limit);
      const driven = path?.driven ?? [to.directed];
      return driven.map((directed, i) => {
        const start = i > 0 ? 0 : directed === from.directed ? from.share : 1 - from.share;
        const end = i < driven.length - 1 ? 1 : to.share;
        add(directed, start, end, i > 0); // the same edge again, all the way round, is a new part
        return partOf(directed, start, end);
      });
    },
    /** Takes back what was driven since an earlier place on the way. */
    retreat(from: Candidate, to: Candidate, limit: number): void {
      const path = walk.findPath(to, from, limit);
      for (const directed of path?.driven.slice(path.direct ? 0 : 1).reverse() ?? []) {
        if (directed !== directions.at(-1) || directed === to.directed) break;
        parts.pop();
        directions.pop();
      }
      const last = parts.at(-1);
      if (!last || directions.at(-1) !== to.directed) return;
      const { end } = partOf(to.directed, 0, to.share);
      const forward = to.directed & 1 ? last.start >= end : end >= last.start;
      parts[parts.length - 1] = { ...last, end: forward ? end : last.start };
    },
  };
}

function partOf(directed: number, start: number, end: number): DrivenPart {
  const against = (directed & 1) === 1;
  return { edge: directed >>> 1, start: against ? 1 - start : start, end: against ? 1 - end : end };
}

/**
 * The standard deviation from the distances of fixes to their nearest roads, by the median (Newson and Krumm,
 * there with the roads really driven): what lies beside the road is normal, and 1.4826 medians are one standard
 * deviation. Looks at no more than 200 fixes.
 */
function createEstimate(network: RoadNetwork): (fixes: readonly Fix[]) => number {
  const snapper = createSnapper(network);
  return (fixes) => {
    const stride = Math.max(1, Math.floor(fixes.length / 200));
    const distances: number[] = [];
    for (let i = 0; i < fixes.length; i += stride) {
      const fix = fixes[i];
      if (!fix || !isUsable(fix)) continue;
      const snapped = snapper.snap(fix.position, { maxDistance: metres(200) });
      if (snapped.ok) distances.push(snapped.value.distance);
    }
    distances.sort((a, b) => a - b);
    const median = distances[distances.length >>> 1];
    return median === undefined ? DEFAULT_SIGMA : clampSigma(1.4826 * median);
  };
}
