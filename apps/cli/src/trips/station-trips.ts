import { elapsed, type Instant, type Seconds } from '@lamplight/base';
import { hourOfWeek } from '@lamplight/roads';
import {
  type RecordedCall,
  type RecordedResponse,
  type RecordedStation,
  type Recording,
  type RecordingProfile,
  recordedUnits,
} from '@lamplight/simulation';
import { createTally, type DepartedTrip, type TripFile } from './departed-trip.js';

/** Priorities that crews drive to with lights and siren; what is less is driven with the traffic. */
const URGENT_PRIORITY = 2;

/**
 * The trips of a recording that are known to begin at the unit's station: those of units whose station the profile
 * tells, that were last cleared at least `settled` before the order. Where the recording begins, every unit is taken to
 * have been cleared at that moment. From en route to on scene; urgent at priority 1 and 2, where the
 * profile has a column of priorities.
 */
export function stationTrips(
  recording: Recording,
  profile: RecordingProfile,
  stations: readonly RecordedStation[],
  settled: Seconds,
): TripFile {
  const positions = new Map(stations.map(({ id, position }) => [id, position]));
  const units = recordedUnits(recording.calls, profile);
  const homes = new Map(units.map(({ id, station }) => [id, positions.get(station ?? '')]));
  const [first] = recording.calls;
  const knowsPriority = profile.columns.priority !== undefined;
  const passedOver = createTally();
  passedOver.add('unusable-row', recording.rows.read - recording.rows.usable);
  const trips: DepartedTrip[] = [];
  for (const [unit, orders] of ordersByUnit(recording.calls)) {
    const home = homes.get(unit);
    let clearedAt: Instant | undefined = first?.receivedAt;
    for (const { call, response } of orders) {
      const { dispatchAt, enrouteAt, onSceneAt } = response;
      const isSettled = clearedAt === undefined || elapsed(clearedAt, dispatchAt) >= settled;
      clearedAt = later(clearedAt, lastStamp(response));
      if (!home) passedOver.add('unit-without-station');
      else if (enrouteAt === undefined || onSceneAt === undefined) passedOver.add('no-travel-stamps');
      else if (!isSettled) passedOver.add('unit-not-at-station');
      else {
        trips.push({
          from: home,
          to: call.position,
          departedAt: enrouteAt,
          hour: hourOfWeek(enrouteAt, profile.timeZone),
          duration: elapsed(enrouteAt, onSceneAt),
          ...(knowsPriority ? { urgent: call.priority <= URGENT_PRIORITY } : {}),
        });
      }
    }
  }
  return { trips, timeZone: profile.timeZone, passedOver: passedOver.counts };
}

interface Order {
  readonly call: RecordedCall;
  readonly response: RecordedResponse;
}

/** The orders of each unit in the order of their dispatch. */
function ordersByUnit(calls: readonly RecordedCall[]): Map<string, Order[]> {
  const orders = new Map<string, Order[]>();
  for (const call of calls) {
    for (const response of call.responses) {
      const known = orders.get(response.unitId);
      if (known) known.push({ call, response });
      else orders.set(response.unitId, [{ call, response }]);
    }
  }
  for (const list of orders.values()) list.sort((a, b) => a.response.dispatchAt - b.response.dispatchAt);
  return orders;
}

/** When the unit was cleared, or the last that is known of it. */
const lastStamp = ({
  dispatchAt,
  enrouteAt,
  onSceneAt,
  transportAt,
  hospitalAt,
  clearedAt,
}: RecordedResponse): Instant =>
  clearedAt ?? hospitalAt ?? transportAt ?? onSceneAt ?? enrouteAt ?? dispatchAt;

const later = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a > b ? a : b);
