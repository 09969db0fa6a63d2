import { type Metres, type MetresPerSecond, metres, metresPerSecond } from '@lamplight/base';
import type { PositionRow as StoredRow } from '@lamplight/store';
import type { PositionRow } from './tracker.js';

/** A tracked position as the store keeps it. */
export function historyRow(agency: string, row: PositionRow): StoredRow {
  const { unitId, deviceId, eventTime, receiveTime, lon, lat, bearing, battery, source } = row;
  return {
    agency,
    unitId,
    deviceId,
    eventTime,
    receiveTime,
    at: [lon, lat],
    accuracy: orNull<Metres>(row.accuracy, metres),
    speed: orNull<MetresPerSecond>(row.speed, metresPerSecond),
    bearing: bearing ?? null,
    battery: battery ?? null,
    source,
  };
}

function orNull<Unit>(value: number | undefined, cast: (value: number) => Unit): Unit | null {
  return value === undefined ? null : cast(value);
}
