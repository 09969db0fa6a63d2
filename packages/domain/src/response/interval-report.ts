import { distance, type LonLat, quantile, type Seconds, seconds } from '@lamplight/base';
import type { Target } from '../catalogue/index.js';
import { CHAIN_INTERVALS, type ChainInterval, type IncidentClock, intervalOf } from './clock.js';

export interface IntervalStatistics {
  readonly interval: ChainInterval;
  /** Incidents with both stamps, in order. */
  readonly n: number;
  /** Incidents that lack one of the two stamps. */
  readonly missing: number;
  /** Incidents whose stamps run backwards; counted, never averaged in. */
  readonly contradictory: number;
  readonly p50: Seconds | null;
  readonly p90: Seconds | null;
  readonly p95: Seconds | null;
  readonly p99: Seconds | null;
  readonly targets: readonly TargetResult[];
}

export interface TargetResult {
  readonly seconds: Seconds;
  /** The share that should be within `seconds`, as a fraction. */
  readonly share: number;
  /** The share that was; `null` when there is nothing to judge. */
  readonly reached: number | null;
  readonly source: string;
}

/** Percentiles of every interval over the given incidents, against the targets. */
export function intervalReport(
  clocks: readonly IncidentClock[],
  targets: readonly Target[],
): readonly IntervalStatistics[] {
  return CHAIN_INTERVALS.map((interval) => {
    const values: number[] = [];
    let missing = 0;
    let contradictory = 0;
    for (const clock of clocks) {
      const value = intervalOf(clock, interval);
      if (value === undefined) missing += 1;
      else if (value < 0) contradictory += 1;
      else values.push(value);
    }
    values.sort((a, b) => a - b);
    const percentile = (p: number): Seconds | null => {
      const value = quantile(values, p);
      return value === undefined ? null : seconds(value);
    };
    return {
      interval,
      n: values.length,
      missing,
      contradictory,
      p50: percentile(0.5),
      p90: percentile(0.9),
      p95: percentile(0.95),
      p99: percentile(0.99),
      targets: targets
        .filter((target) => target.interval === interval)
        .map((target) => ({
          seconds: target.seconds,
          share: target.percentile / 100,
          reached:
            values.length > 0
              ? values.filter((value) => value <= target.seconds).length / values.length
              : null,
          source: target.source,
        })),
    };
  });
}

export interface ReportGroup<Item> {
  /** What the incidents have in common; `null` for those of which it is not known. */
  readonly key: string | null;
  readonly items: readonly Item[];
}

/** Items by what they have in common: known keys in their order, the unknown last. */
export function groupForReport<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): readonly ReportGroup<Item>[] {
  const groups = new Map<string | null, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups]
    .map(([key, members]) => ({ key, items: members }))
    .sort((a, b) => (a.key === null ? 1 : b.key === null ? -1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/**
 * The zone of a place: the station that is nearest as the crow flies, whatever it could send. Of two equally near
 * ones the first. `null` without a place or stations.
 */
export function nearestStation(
  position: LonLat | null,
  stations: readonly { readonly id: string; readonly at: LonLat }[],
): string | null {
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  if (position === null) return null;
  for (const { id, at } of stations) {
    const away = distance(position, at);
    if (away < least) {
      least = away;
      nearest = id;
    }
  }
  return nearest;
}
