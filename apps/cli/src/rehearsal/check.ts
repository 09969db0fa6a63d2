import { formatInstant, type Instant } from '@lamplight/base';
import { incidentPageSchema, intervalReportSchema } from '@lamplight/contracts';
import { CHAIN_INTERVALS, type ChainInterval } from '@lamplight/domain';
import { type RecordedCall, recordedIncidentIntervals } from '@lamplight/simulation';
import type { IntervalFigures, IntervalTarget } from '../interval-table.js';
import type { ApiClient } from '../world/api-client.js';

/** Calls of the file against incidents of the log. */
export interface Tally {
  readonly incidents: number;
  /** Calls without an incident. */
  readonly lost: readonly string[];
  /** Calls with more than one. */
  readonly doubled: readonly string[];
}

const PAGE = 500;

/** Counts the incidents in the log by the call that they are about. */
export async function tallyIncidents(
  api: ApiClient,
  calls: readonly RecordedCall[],
  from: Instant,
  to: Instant,
): Promise<Tally> {
  const found = new Map<string, number>();
  let incidents = 0;
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      from: formatInstant(from),
      to: formatInstant(to),
      limit: String(PAGE),
    });
    if (cursor !== null) query.set('cursor', cursor);
    const page = await api.get(`/incidents?${query}`, incidentPageSchema);
    for (const { externalId } of page.incidents) {
      incidents++;
      if (externalId !== null) found.set(externalId, (found.get(externalId) ?? 0) + 1);
    }
    cursor = page.next;
  } while (cursor !== null);
  return {
    incidents,
    lost: calls.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    doubled: calls.filter(({ id }) => (found.get(id) ?? 0) > 1).map(({ id }) => id),
  };
}

/** One interval, ours and recorded. */
export interface ComparedInterval {
  readonly name: ChainInterval;
  readonly ours: IntervalFigures;
  readonly recorded: IntervalFigures;
  readonly targets: readonly IntervalTarget[];
}

/** Our intervals, as the server reports them, next to the recorded ones. */
export async function compareIntervals(
  api: ApiClient,
  calls: readonly RecordedCall[],
  from: Instant,
  to: Instant,
): Promise<ComparedInterval[]> {
  const query = new URLSearchParams({ from: formatInstant(from), to: formatInstant(to) });
  const ours = await api.get(`/reports/intervals?${query}`, intervalReportSchema);
  const recorded = new Map(Object.entries(recordedIncidentIntervals(calls)));
  return CHAIN_INTERVALS.flatMap((name) => {
    const found = ours.intervals.find(({ interval }) => interval === name);
    if (!found) return [];
    const { n, missing, p50, p90, p95, p99, targets } = found;
    return {
      name,
      ours: { n, missing, p50, p90, p95, p99 },
      recorded: nullsFor(recorded.get(name) ?? { n: 0, missing: calls.length }),
      targets,
    };
  });
}

/** Absent percentiles as `null`, so that both sides have one shape in JSON. */
const nullsFor = ({ n, missing, p50 = null, p90 = null, p95 = null, p99 = null }: IntervalFigures) => ({
  n,
  missing,
  p50,
  p90,
  p95,
  p99,
});
