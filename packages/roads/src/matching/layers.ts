import { distance } from '@lamplight/base';
import type { Candidate } from './candidates.js';
import type { Fix } from './fix.js';
import type { RoadWalk } from './road-walk.js';

/** One fix in the chain: where the vehicle may have been, how likely each is with all before it, and from where it came. */
export interface Layer {
  readonly fix: Fix;
  readonly sigma: number;
  readonly candidates: readonly Candidate[];
  /** For each candidate: logarithm of the best chain that ends there; the best of the layer is 0. */
  readonly scores: readonly number[];
  /** For each candidate: the candidate of the layer before on that chain, `-1` for none. */
  readonly before: readonly number[];
  /** For each candidate: metres driven from there; less than none where noise put it back along the way. */
  readonly driven: readonly number[];
}

/** Chains that are so much less likely than the best (logarithm) are given up. */
const BEAM = 12;

/** No vehicle drives faster, in metres a second; and no way is so much longer than the straight line, in metres. */
const FASTEST = 50;
const LONGEST_DETOUR = 2_000;

export function firstLayer(fix: Fix, sigma: number, candidates: readonly Candidate[]): Layer {
  return {
    fix,
    sigma,
    candidates,
    scores: normalised(candidates.map(({ emission }) => emission)),
    before: candidates.map(() => -1),
    driven: candidates.map(() => 0),
  };
}

/** Without the candidates that no chain worth following ends at; what is kept of a layer for long. */
export function pruned({ fix, sigma, candidates, scores, before, driven }: Layer): Layer {
  const isKept = (_: unknown, i: number): boolean => (scores[i] ?? -Infinity) >= -BEAM;
  return {
    fix,
    sigma,
    candidates: candidates.filter(isKept),
    scores: scores.filter(isKept),
    before: before.filter(isKept),
    driven: driven.filter(isKept),
  };
}

/**
 * Viterbi's step from a layer to the candidates of the next fix: log P = −(difference between the way driven and the
 * straight line between the fixes) / β, as in Newson and Krumm. `undefined` where no way leads on.
 *
 * Likely candidates go first, and from each one looks only as far as it can still better what was found. That changes
 * no best chain. Noise may also put the vehicle back along its way; what is driven then is nothing, and log P is that
 * of the distance back under the noise of both fixes.
 */
export function nextLayer(
  walk: RoadWalk,
  last: Layer,
  fix: Fix,
  sigma: number,
  candidates: readonly Candidate[],
  beta: number,
): Layer | undefined {
  const straight = distance(last.fix.position, fix.position);
  const elapsed = fix.at - last.fix.at;
  const possible = FASTEST * elapsed + 4 * (sigma + last.sigma);
  const near = Math.min(possible, 1.5 * straight + 100 + 5 * elapsed);
  const far = Math.min(possible, straight + LONGEST_DETOUR);
  return (
    step(walk, last, fix, sigma, candidates, beta, straight, near) ??
    (far > near ? step(walk, last, fix, sigma, candidates, beta, straight, far) : undefined)
  );
}

/** Noise alone may put a vehicle so many metres back along its way between two fixes. */
export const slackOf = (sigma: number, lastSigma: number): number =>
  3 * Math.sqrt(sigma * sigma + lastSigma * lastSigma);

function step(
  walk: RoadWalk,
  last: Layer,
  fix: Fix,
  sigma: number,
  candidates: readonly Candidate[],
  beta: number,
  straight: number,
  reach: number,
): Layer | undefined {
  const count = candidates.length;
  const scores = new Array<number>(count).fill(-Infinity);
  const before = new Array<number>(count).fill(-1);
  const driven = new Array<number>(count).fill(0);
  const limits = new Float64Array(Math.max(count, last.candidates.length));
  const lengths = new Float64Array(limits.length);
  const slack = slackOf(sigma, last.sigma);
  const variance = sigma * sigma + last.sigma * last.sigma;
  let best = -Infinity;

  const offer = (from: number, to: number, metresDriven: number): void => {
    const transition =
      metresDriven < 0
        ? (-metresDriven * metresDriven) / (2 * variance)
        : -Math.abs(metresDriven - straight) / beta;
    const chain = (last.scores[from] ?? 0) + transition + (candidates[to]?.emission ?? 0);
    if (chain <= (scores[to] ?? 0)) return;
    scores[to] = chain;
    before[to] = from;
    driven[to] = metresDriven;
    if (chain > best) best = chain;
  };

  if (straight < slack) {
    // Seen behind where it was: standing, or moving less than the noise.
    limits.fill(10 * slack);
    candidates.forEach((place, to) => {
      walk.measure(place, last.candidates, limits, lengths);
      for (let from = 0; from < last.candidates.length; from++) {
        const length = (lengths[from] ?? Infinity) / 10;
        if (length > 0 && length <= slack) offer(from, to, -length);
      }
    });
  }
  for (const from of order(last.scores)) {
    const place = last.candidates[from];
    const score = last.scores[from] ?? -Infinity;
    if (!place || score < -BEAM) break;
    for (let to = 0; to < count; to++) {
      // The way may be so much longer than the straight line and still make the best chain to this candidate.
      const emission = candidates[to]?.emission ?? 0;
      const floor = Math.max(scores[to] ?? 0, best - BEAM) - emission;
      limits[to] = 10 * Math.min(reach, straight + beta * (score - floor));
    }
    walk.measure(place, candidates, limits, lengths);
    for (let to = 0; to < count; to++) {
      const length = lengths[to] ?? Infinity;
      if (length < Infinity) offer(from, to, length / 10);
    }
  }
  if (best === -Infinity) return undefined;
  return { fix, sigma, candidates, scores: normalised(scores), before, driven };
}

/** Number of the likeliest candidate. */
export function bestOf({ scores }: Layer): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

/**
 * For each candidate of layer `index`: the share of the chains, weighed by likelihood, that pass it and are still
 * followed at layer `until`.
 */
export function supportOf(layers: readonly Layer[], index: number, until: number): Float64Array {
  const support = new Float64Array(layers[index]?.candidates.length ?? 0);
  const scores = layers[until]?.scores ?? [];
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = Math.exp(scores[i] ?? -Infinity);
    if (weight === 0) continue;
    let candidate = i;
    for (let layer = until; layer > index; layer--) candidate = layers[layer]?.before[candidate] ?? 0;
    support[candidate] = (support[candidate] ?? 0) + weight;
    total += weight;
  }
  for (let i = 0; i < support.length; i++) support[i] = (support[i] ?? 0) / total;
  return support;
}

/** The weight of all candidates on the edge of one of them, whichever way it is driven. */
export function edgeShare(layer: Layer, support: Float64Array, candidate: number): number {
  const edge = layer.candidates[candidate]?.snap.edge;
  let share = 0;
  layer.candidates.forEach(({ snap }, i) => {
    if (snap.edge === edge) share += support[i] ?? 0;
  });
  return Math.min(1, share);
}

const order = (scores: readonly number[]): number[] =>
  Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);

function normalised(scores: readonly number[]): number[] {
  const best = Math.max(...scores);
  return scores.map((score) => score - best);
}
