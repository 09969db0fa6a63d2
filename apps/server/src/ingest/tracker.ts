import type { PositionFix } from '@lamplight/adapters';
import {
  distance,
  elapsed,
  type Instant,
  instant,
  type LonLat,
  type Metres,
  metres,
  type Seconds,
  seconds,
} from '@lamplight/base';
import { type BucketLimits, TokenBuckets } from './token-bucket.js';

/** By which way a fix came in. */
export type PositionSource = 'owntracks-mqtt' | 'owntracks-http' | 'osmand';

/** A fix as we hold it: what the device said, when we heard it, and what is doubtful about it. */
export interface TrackedPosition extends Omit<PositionFix, 'eventAt'> {
  readonly unitId: string;
  readonly deviceId: string;
  /**
   * When the unit was there, as far as we believe: the device's time, but never later than `receiveTime`, and
   * `receiveTime` itself when the device's clock is suspect.
   */
  readonly eventTime: Instant;
  /** When the server had it. */
  readonly receiveTime: Instant;
  /** What the device's clock said, unchanged. */
  readonly deviceTime: Instant;
  /** The device's clock is more than a minute ahead or more than a day behind. */
  readonly clockSuspect: boolean;
  /** The device would have had to move faster than 100 m/s since its previous fix, accuracies allowed for. */
  readonly implausible: boolean;
  readonly source: PositionSource;
}

/** A position with what depends on the moment of asking. */
export interface AgedPosition extends TrackedPosition {
  /** Since `eventTime`. */
  readonly age: Seconds;
  readonly stale: boolean;
}

/** One row of the history table. A quantity that the device did not give is `undefined`. */
export interface PositionRow {
  readonly unitId: string;
  readonly deviceId: string;
  readonly eventTime: Instant;
  readonly receiveTime: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly accuracy: number | undefined;
  readonly speed: number | undefined;
  readonly bearing: number | undefined;
  readonly battery: number | undefined;
  readonly source: PositionSource;
}

/**
 * What became of a fix: it is the unit's `latest`; it is older than that and went to `history` only; the device had
 * sent the same before (`duplicate`); or the device sends too much (`rate-limited`). The last two are not kept.
 */
export type Acceptance = 'latest' | 'history' | 'duplicate' | 'rate-limited';

export interface TrackerCounters {
  /** Fixes by what became of them. */
  readonly accepted: Readonly<Record<Acceptance, number>>;
  readonly clockSuspect: number;
  readonly implausible: number;
  /** History rows dropped because the sink failed for so long that the buffer was full. */
  readonly historyLost: number;
  /** History rows waiting for the sink. */
  readonly historyWaiting: number;
}

export interface TrackerOptions {
  /** The agency's clock. Read once for each fix and each question. */
  readonly now: () => Instant;
  /** From this age on a position is stale. */
  readonly staleAfter: Seconds;
  /** Called for each new latest position, at once; must not throw. */
  readonly onFix?: (position: TrackedPosition) => void;
  /**
   * Writes history rows, for example by COPY. Called with one batch at a time. When it rejects, the rows are kept and
   * tried again with the next flush.
   */
  readonly onHistory: (rows: readonly PositionRow[]) => Promise<void>;
  /** Fixes of one device; the burst lets a phone send what it saved while it had no network. */
  readonly rate?: BucketLimits;
  /** The most history rows held while the sink fails; the oldest go first. */
  readonly historyLimit?: number;
}

export interface Tracker {
  /** Takes a fix of a unit's device, received now. Whoever calls has checked that the device is the unit's. */
  accept(unitId: string, deviceId: string, fix: PositionFix, source: PositionSource): Acceptance;
  findLatest(unitId: string): AgedPosition | undefined;
  listLatest(): AgedPosition[];
  /**
   * The latest positions that changed since the last call, one for each unit. Positions are telemetry: the owner calls
   * this every second and sends the batch to whoever is watching.
   */
  drainChanged(): TrackedPosition[];
  /**
   * Hands the collected history to `onHistory`; the owner calls it every second and before stopping. Resolves when
   * everything collected before the call is written; rejects as `onHistory` does.
   */
  flushHistory(): Promise<void>;
  readonly counters: TrackerCounters;
}

const CLOCK_AHEAD = seconds(60);
const CLOCK_BEHIND = seconds(24 * 3600);

/** No road vehicle and no rescue helicopter in service goes faster. In metres a second. */
const PLAUSIBLE_SPEED = 100;

/** OwnTracks counts whole seconds, so two fixes of one second may lie up to a second apart. */
const CLOCK_GRAIN = seconds(1);

const DEFAULT_RATE: BucketLimits = { perSecond: 5, burst: 600 };

interface DeviceState {
  readonly deviceTime: Instant;
  readonly eventTime: Instant;
  readonly position: LonLat;
  readonly accuracy: Metres;
}

/** Keeps the latest position of every unit in memory and passes all of them on to history. */
export function createTracker(options: TrackerOptions): Tracker {
  const { now, staleAfter, onFix, onHistory, historyLimit = 100_000 } = options;
  const rate = new TokenBuckets(options.rate ?? DEFAULT_RATE);
  const latest = new Map<string, TrackedPosition>();
  const devices = new Map<string, DeviceState>();
  const changed = new Set<string>();
  const accepted: Record<Acceptance, number> = { latest: 0, history: 0, duplicate: 0, 'rate-limited': 0 };
  let clockSuspect = 0;
  let implausible = 0;
  let historyLost = 0;
  let waiting: PositionRow[] = [];
  let flushing: Promise<void> | undefined;

  function judge(unitId: string, deviceId: string, fix: PositionFix, source: PositionSource): Acceptance {
    const receiveTime = now();
    if (!rate.take(deviceId, receiveTime)) return 'rate-limited';
    const previous = devices.get(deviceId);
    if (previous?.deviceTime === fix.eventAt && samePlace(previous.position, fix.position))
      return 'duplicate';

    const position = toTracked(unitId, deviceId, fix, source, receiveTime, previous);
    if (position.clockSuspect) clockSuspect++;
    if (position.implausible) implausible++;
    if (!previous || position.eventTime >= previous.eventTime) devices.set(deviceId, toDeviceState(position));
    remember(toRow(position));

    const current = latest.get(unitId);
    if (current && position.eventTime < current.eventTime) return 'history';
    latest.set(unitId, position);
    changed.add(unitId);
    onFix?.(position);
    return 'latest';
  }

  function remember(row: PositionRow): void {
    if (waiting.length >= historyLimit) {
      // A tenth at a time, because taking one off the front moves all the others.
      historyLost += waiting.splice(0, Math.ceil(historyLimit / 10)).length;
    }
    waiting.push(row);
  }

  async function writeWaiting(): Promise<void> {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    try {
      await onHistory(rows);
    } catch (error) {
      const kept = rows.slice(Math.max(0, rows.length + waiting.length - historyLimit));
      historyLost += rows.length - kept.length;
      waiting = kept.concat(waiting);
      throw error;
    }
  }

  const toAged = (position: TrackedPosition, at: Instant): AgedPosition => {
    const age = seconds(Math.max(0, elapsed(position.eventTime, at)));
    return { ...position, age, stale: age >= staleAfter };
  };

  return {
    accept(unitId, deviceId, fix, source) {
      const acceptance = judge(unitId, deviceId, fix, source);
      accepted[acceptance]++;
      return acceptance;
    },
    findLatest(unitId) {
      const position = latest.get(unitId);
      return position && toAged(position, now());
    },
    listLatest() {
      const at = now();
      return Array.from(latest.values(), (position) => toAged(position, at));
    },
    drainChanged() {
      const batch: TrackedPosition[] = [];
      for (const unitId of changed) {
        const position = latest.get(unitId);
        if (position) batch.push(position);
      }
      changed.clear();
      return batch;
    },
    flushHistory() {
      // Batches are written one after the other; a failed one does not keep the next from being tried.
      const flush = (flushing ?? Promise.resolve()).catch(() => undefined).then(writeWaiting);
      flushing = flush;
      return flush;
    },
    get counters() {
      return {
        accepted: { ...accepted },
        clockSuspect,
        implausible,
        historyLost,
        historyWaiting: waiting.length,
      };
    },
  };
}

function toTracked(
  unitId: string,
  deviceId: string,
  fix: PositionFix,
  source: PositionSource,
  receiveTime: Instant,
  previous: DeviceState | undefined,
): TrackedPosition {
  const { eventAt: deviceTime, ...reading } = fix;
  const ahead = elapsed(receiveTime, deviceTime);
  const clockSuspect = ahead > CLOCK_AHEAD || -ahead > CLOCK_BEHIND;
  const eventTime = clockSuspect ? receiveTime : instant(Math.min(deviceTime, receiveTime));
  return {
    ...reading,
    unitId,
    deviceId,
    eventTime,
    receiveTime,
    deviceTime,
    clockSuspect,
    implausible: previous !== undefined && isJump(previous, fix, eventTime),
    source,
  };
}

/** A fix older than the device's latest is not judged: its neighbours in time are not at hand. */
function isJump(previous: DeviceState, fix: PositionFix, eventTime: Instant): boolean {
  if (eventTime < previous.eventTime) return false;
  const time = Math.max(CLOCK_GRAIN, elapsed(previous.eventTime, eventTime));
  const blur = previous.accuracy + (fix.accuracy ?? 0);
  return distance(previous.position, fix.position) - blur > PLAUSIBLE_SPEED * time;
}

const toDeviceState = ({
  deviceTime,
  eventTime,
  position,
  accuracy = metres(0),
}: TrackedPosition): DeviceState => ({
  deviceTime,
  eventTime,
  position,
  accuracy,
});

const toRow = (position: TrackedPosition): PositionRow => ({
  unitId: position.unitId,
  deviceId: position.deviceId,
  eventTime: position.eventTime,
  receiveTime: position.receiveTime,
  lon: position.position[0],
  lat: position.position[1],
  accuracy: position.accuracy,
  speed: position.speed,
  bearing: position.bearing,
  battery: position.battery,
  source: position.source,
});

const samePlace = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];
