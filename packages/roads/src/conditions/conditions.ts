import { at, NO_ARC } from '../network/network.js';
import type { Metric } from '../search/metric.js';

/** What holds now on some edges. */
export interface RoadEffect {
  readonly edges: readonly number[];
  /** In which direction of the edges' geometry; both by default. */
  readonly direction?: 'both' | 'along' | 'against';
  /** `'closed'` to through traffic, or the speed as a share of the usual one, above 0: 0.5 doubles the time. */
  readonly effect: 'closed' | { readonly speedFactor: number };
}

/** Slower than this is closed. */
const LEAST_SPEED_FACTOR = 0.01;

export interface RoadConditions {
  /**
   * Makes exactly these effects hold, in place of those before. Where several meet, closed beats slow and the slowest
   * speed counts. Takes time for what changes only; the next query of every engine sees it. Returns the number of arcs
   * whose weight changed.
   */
  apply(effects: readonly RoadEffect[]): number;
  /** How many arcs are under an effect now. */
  readonly affected: number;
  /** Other usual durations (deciseconds for each arc), as for another hour; the effects stay on top. */
  rebase(durations: Uint32Array): number;
}

/** Keeps closures and slow areas on a metric. There must be one for a metric at most. */
export function createRoadConditions(metric: Metric): RoadConditions {
  const { arcCount } = metric.network;
  let usual = metric.durations.slice();
  /** For each arc under an effect: its speed factor, 0 when closed. */
  let factors: ReadonlyMap<number, number> = new Map();

  /** Sets these arcs to their usual time by the factor of each. When all have it already, nothing at all happens. */
  const set = (arcs: Iterable<number>, factorOf: (arc: number) => number): number => {
    const changes: { arc: number; duration: number; closed: boolean }[] = [];
    for (const arc of arcs) {
      const factor = factorOf(arc);
      const closed = factor === 0;
      const duration = Math.round(at(usual, arc) / (closed ? 1 : factor));
      const same = metric.durations[arc] === duration && (metric.closed[arc] === 1) === closed;
      if (!same) changes.push({ arc, duration, closed });
    }
    if (changes.length === 0) return 0;
    metric.change(() => {
      for (const { arc, duration, closed } of changes) metric.setArc(arc, duration, closed);
    });
    return changes.length;
  };

  return {
    get affected() {
      return factors.size;
    },
    apply(effects) {
      const next = factorsOf(metric, effects);
      const touched = new Set([...factors.keys(), ...next.keys()]);
      factors = next;
      return set(touched, (arc) => next.get(arc) ?? 1);
    },
    rebase(durations) {
      if (durations.length !== arcCount) {
        throw new RangeError(`durations: ${durations.length} values for ${arcCount} arcs`);
      }
      usual = durations.slice();
      return set(usual.keys(), (arc) => factors.get(arc) ?? 1);
    },
  };
}

function factorsOf({ network: { arrays } }: Metric, effects: readonly RoadEffect[]): Map<number, number> {
  const byArc = new Map<number, number>();
  for (const { edges, direction = 'both', effect } of effects) {
    const factor = effect === 'closed' ? 0 : effect.speedFactor;
    const whole = factor < LEAST_SPEED_FACTOR ? 0 : Math.min(1, factor);
    for (const edge of edges) {
      if (direction !== 'against') lower(byArc, at(arrays.edgeForwardArc, edge), whole);
      if (direction !== 'along') lower(byArc, at(arrays.edgeBackwardArc, edge), whole);
    }
  }
  return byArc;
}

function lower(factors: Map<number, number>, arc: number, factor: number): void {
  if (arc !== NO_ARC) factors.set(arc, Math.min(factors.get(arc) ?? 1, factor));
}
