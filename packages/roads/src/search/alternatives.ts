import { err, ok, type Result } from '@lamplight/base';
import type { RoadsError } from '../errors.js';
import { at } from '../network/network.js';
import type { Snap } from '../snap.js';
import { BucketSearch, UNREACHED } from './bucket-search.js';
import {
  findDirect,
  listEntries,
  listExits,
  type NodeStretch,
  type Stretch,
  stretchOfStep,
  tailOfStep,
} from './ends.js';
import type { Metric } from './metric.js';
import { Pins } from './pins.js';
import { layRoute, type Route } from './route.js';

/** Shares of the time of the fastest route. */
export interface AlternativesOptions {
  /** How many routes at most, the fastest among them; 3 by default. */
  readonly count?: number;
  /** How much longer the detour of an alternative may take than what it avoids; 0.25 by default. */
  readonly stretch?: number;
  /** How much of an alternative may be shared with each better route; 0.7 by default. */
  readonly sharing?: number;
  /** Within pieces of this length an alternative is the fastest way itself; 0.2 by default. */
  readonly localOptimality?: number;
}

export interface Alternatives {
  /**
   * The fastest route and, after it, other ways that are worth a thought: clearly different, not much slower, and
   * without needless detours. Often fewer than asked for, but always the fastest, or `unreachable`.
   */
  find(from: Snap, to: Snap, options?: AlternativesOptions): Result<readonly Route[], RoadsError>;
}

/** So many of the best plateaus are looked at. */
const MAX_TRIED = 60;

/**
 * Alternatives by plateaus: stretches that lie both in the tree of fastest ways from the start and in that of fastest
 * ways to the destination (I. Abraham, D. Delling, A. V. Goldberg, R. F. Werneck, "Alternative Routes in Road
 * Networks", ACM Journal of Experimental Algorithmics 18, 2013, doi 10.1145/2444016.2444019, whose measures of sharing,
 * stretch and local optimality are used, and whose order of candidates).
 *
 * A way over a plateau is the fastest up to the plateau's end and from its beginning on, so any part of it that is
 * shorter than the plateau is the fastest between its ends. Two searches as wide as the longest way; owns its memory.
 */
export function createAlternatives(metric: Metric): Alternatives {
  const { graph, network } = metric;
  const away = new BucketSearch(metric, 'away');
  const towards = new BucketSearch(metric, 'towards');
  const pins = new Pins(graph.nodeCount);
  const none = new Pins(0);

  /** The step by which the fastest way to a node enters it; less than none at the start. */
  const stepInto = (node: number): number => away.parentOf(node);
  /** The step by which the fastest way from a node leaves it; less than none at the end. */
  const stepOutOf = (node: number): number => {
    const entry = towards.parentOf(node);
    return entry < 0 ? entry : at(graph.entering.step, entry);
  };

  const listPlateaus = (limit: number): Plateau[] => {
    const plateaus: Plateau[] = [];
    for (const node of away.touched) {
      if (node >= graph.nodeCount) continue; // the destination itself
      const time = away.timeAt(node);
      const left = towards.timeAt(node);
      if (time === UNREACHED || left === UNREACHED || time + left > limit) continue;
      const into = stepInto(node);
      if (into >= 0 && stepOutOf(tailOfStep(metric, into)) === into) continue; // it began before
      let end = node;
      for (let out = stepOutOf(end); out >= 0; out = stepOutOf(end)) {
        const next = at(graph.leaving.node, out);
        if (stepInto(next) !== out) break;
        end = next;
      }
      plateaus.push({ node, duration: time + left, length: away.timeAt(end) - time });
    }
    return plateaus;
  };

  const pathOver = (
    node: number,
    exits: readonly NodeStretch[],
    entries: readonly NodeStretch[],
  ): Stretch[] => {
    const path: Stretch[] = [];
    let step = stepInto(node);
    for (; step >= 0; step = stepInto(tailOfStep(metric, step))) path.push(stretchOfStep(metric, step));
    const exit = exits[-1 - step];
    if (exit) path.push(exit);
    path.reverse();
    let out = stepOutOf(node);
    for (; out >= 0; out = stepOutOf(at(graph.leaving.node, out))) path.push(stretchOfStep(metric, out));
    const entry = entries[-1 - out];
    if (entry) path.push(entry);
    return path;
  };

  return {
    find(from, to, options = {}) {
      const { count = 3, stretch = 0.25, sharing = 0.7, localOptimality = 0.2 } = options;
      check('stretch', stretch);
      check('sharing', sharing);
      check('localOptimality', localOptimality);
      const exits = listExits(metric, from);
      const entries = listEntries(metric, to);
      const direct = findDirect(metric, from, to);
      pins.put(0, entries);
      away.run({ ends: exits, pins, wanted: 1, limit: Infinity });
      pins.remove(0);
      const fastest = Math.min(away.timeTo(0), direct?.duration ?? UNREACHED);
      if (fastest === UNREACHED) {
        return err({ code: 'unreachable', message: 'no way leads from the one place to the other' });
      }
      if (direct && direct.duration === fastest) return ok([layRoute(network, from, [direct])]);

      const limit = Math.floor((1 + stretch) * fastest);
      away.flood(exits, limit, none);
      towards.flood(entries, limit, none);
      const plateaus = listPlateaus(limit);
      const best = plateaus.find(({ duration }) => duration === fastest);
      if (!best) throw new RangeError('the fastest way is on no plateau');
      const chosen = [pathOver(best.node, exits, entries)];

      const ranked = plateaus
        .filter(({ length, duration }) => length >= localOptimality * fastest && duration > fastest)
        .sort((a, b) => rankOf(a) - rankOf(b) || a.node - b.node)
        .slice(0, MAX_TRIED);
      for (const { node } of ranked) {
        if (chosen.length >= count) break;
        const path = pathOver(node, exits, entries);
        if (chosen.every((other) => differs(path, other, fastest, stretch, sharing))) chosen.push(path);
      }
      return ok(chosen.slice(0, Math.max(1, count)).map((path) => layRoute(network, from, path)));
    },
  };
}

interface Plateau {
  /** Where it begins. */
  readonly node: number;
  /** Deciseconds of the whole way over it, and of itself. */
  readonly duration: number;
  readonly length: number;
}

/** Short ways over long plateaus first. */
const rankOf = ({ duration, length }: Plateau): number => 2 * duration - length;

/** Whether a path shares little enough with another, and its detour is not much longer than what it avoids. */
function differs(
  path: readonly Stretch[],
  other: readonly Stretch[],
  fastest: number,
  stretch: number,
  sharing: number,
): boolean {
  const driven = new Set(other.map(directionOf));
  const shared = path.reduce((sum, part) => sum + (driven.has(directionOf(part)) ? part.duration : 0), 0);
  if (shared > sharing * fastest) return false;
  return durationOf(path) - shared <= (1 + stretch) * (durationOf(other) - shared);
}

const directionOf = ({ edge, start, end }: Stretch): number => 2 * edge + (end < start ? 1 : 0);

const durationOf = (path: readonly Stretch[]): number =>
  path.reduce((sum, { duration }) => sum + duration, 0);

function check(field: string, value: number): void {
  if (!(value >= 0) || !Number.isFinite(value)) throw new RangeError(`${field}: ${value} is not a share`);
}
