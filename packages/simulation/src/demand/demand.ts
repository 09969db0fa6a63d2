import {
  createRandom,
  type Instant,
  instant,
  type LonLat,
  after as later,
  type Random,
  type Seconds,
  seconds,
  toWallClock,
} from '@lamplight/base';
import type { Bilingual, City } from '../city/index.js';
import { itemAt } from '../sure.js';
import { PROFILES } from './hours.js';
import { HANG_UP, INCIDENT_KINDS, type IncidentKind } from './incident-kinds.js';
import { createSpotFinder, type Spot } from './spots.js';

/** A call that a resident makes, with the truth behind it. */
export interface DemandCall {
  readonly id: string;
  /** Calls about the same event share it. */
  readonly eventId: string;
  /** The first call about the event, if this is another one. */
  readonly duplicateOf?: string;
  readonly ringAt: Instant;
  /** The caller gives up after ringing this long, unless answered before. */
  readonly abandonedAfter?: Seconds;
  readonly position: LonLat;
  readonly neighbourhood: number;
  /** Where, as the caller says it. */
  readonly where: Bilingual;
  /** What, as the caller says it. */
  readonly narrative: Bilingual;
  readonly streetName: Bilingual;
  readonly language: 'zh' | 'en';
  /** In E.164; from the numbers 555-0100 to 555-0199 that the North American plan keeps for fiction. */
  readonly phone: string;
  /** The true type of the event. */
  readonly typeCode: string;
  /** How long a crew will need at the scene. */
  readonly onScene: Seconds;
}

export interface DemandOptions {
  readonly seed: string | number;
  /** Events a day, averaged over a week; further callers about an event and hang-ups come on top. */
  readonly callsPerDay: number;
  /** IANA zone in which the city lives its days; Asia/Shanghai unless told otherwise. */
  readonly timeZone?: string;
  readonly kinds?: readonly IncidentKind[];
}

/** An endless stream of calls. Not to be shared: it moves on with each call. */
export interface Demand {
  /** The first call that rings after the moment. Moments must not go back; calls in between are skipped. */
  next(after: Instant): DemandCall;
  /** Events a second expected at the moment. */
  intensityAt(at: Instant): number;
  /** Events a second expected at the moment in one neighbourhood. */
  intensityIn(neighbourhood: number, at: Instant): number;
}

/** Share of calls that hang up before an answer, on top of the events. */
const HANG_UPS = 0.05;
const AREA_CODES = [206, 303, 312, 404, 415, 503, 512, 617, 702, 808];
const SECONDS_A_DAY = 86_400;

/**
 * Residents' demand for help: a Poisson process whose intensity follows the hours of the week, drawn by thinning
 * (Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning", Naval Research Logistics Quarterly
 * 26, 1979); kind by hour, place by kind. The same city, options and moments give the same calls. Throws a RangeError
 * for a rate that is not positive.
 */
export function createDemand(city: City, options: DemandOptions): Demand {
  const { seed, callsPerDay, timeZone = 'Asia/Shanghai', kinds = INCIDENT_KINDS } = options;
  if (!(callsPerDay > 0)) throw new RangeError('createDemand: callsPerDay must be positive');
  const random = createRandom(`demand/${seed}`);
  const spots = createSpotFinder(city, kinds);
  const totalShare = kinds.reduce((sum, kind) => sum + kind.share, 0);
  const rate = (kind: IncidentKind, hour: number): number =>
    (((callsPerDay / SECONDS_A_DAY) * kind.share) / totalShare) * itemAt(PROFILES[kind.profile], hour);
  const hourly = Array.from({ length: 168 }, (_, hour) =>
    kinds.reduce((sum, kind) => sum + rate(kind, hour), 0),
  );
  const highest = Math.max(...hourly);

  let cursor: Instant | undefined;
  let events = 0;
  let calls = 0;
  /** Calls already known to come, in order of ringing. */
  let coming: DemandCall[] = [];

  const nextEvent = (from: Instant): Instant => {
    let at = from;
    for (;;) {
      at = instant(at + Math.max(1, Math.round(random.exponential(1 / highest) * 1000)));
      if (random.next() * highest < itemAt(hourly, hourOfWeek(at, timeZone))) return at;
    }
  };

  const raise = (at: Instant): void => {
    const draw = random.fork(`event/${events++}`);
    const eventId = `event-${events}`;
    const hour = hourOfWeek(at, timeZone);
    const kindIndex = draw.pickWeighted([...kinds.keys()], (i) => rate(itemAt(kinds, i), hour));
    const kind = itemAt(kinds, kindIndex);
    const spot = spots.find(kindIndex, draw);
    const onScene = seconds(Math.round(draw.logNormal(kind.onScene.median, kind.onScene.sigma)));
    const first = toCall(kind, spot, { at, eventId, onScene }, draw);
    enqueue(first);
    let ringAt = at;
    while (draw.next() < kind.secondCaller) {
      ringAt = later(ringAt, seconds(Math.round(5 + draw.exponential(75))));
      const other = toCall(kind, spots.findNear(spot, draw), { at: ringAt, eventId, onScene }, draw);
      enqueue({ ...other, duplicateOf: first.id });
    }
    if (draw.next() < HANG_UPS) {
      const silent = spots.find(kindIndex, draw);
      const hangUpAt = later(at, seconds(Math.round(1 + draw.exponential(300))));
      const call = toCall(
        HANG_UP,
        silent,
        { at: hangUpAt, eventId: `${eventId}-hang-up`, onScene: seconds(600) },
        draw,
      );
      enqueue({ ...call, abandonedAfter: seconds(Math.round(2 + draw.exponential(6))) });
    }
  };

  /** No two calls ring in the same millisecond, so that asking for the call after one never skips another. */
  const enqueue = (call: DemandCall): void => {
    let { ringAt } = call;
    while (coming.some((other) => other.ringAt === ringAt)) ringAt = instant(ringAt + 1);
    coming.push({ ...call, ringAt });
    coming.sort((a, b) => a.ringAt - b.ringAt);
  };

  const toCall = (
    kind: IncidentKind,
    spot: Spot,
    { at, eventId, onScene }: { at: Instant; eventId: string; onScene: Seconds },
    draw: Random,
  ): DemandCall => ({
    id: `call-${++calls}`,
    eventId,
    ringAt: at,
    position: spot.position,
    neighbourhood: spot.neighbourhood,
    where: spot.words,
    narrative: draw.pick(kind.lines),
    streetName: spot.streetName,
    language: draw.next() < 0.85 ? 'zh' : 'en',
    phone: `+1${draw.pick(AREA_CODES)}55501${String(draw.integer(100)).padStart(2, '0')}`,
    typeCode: kind.typeCode,
    onScene,
  });

  return {
    next(after) {
      if (cursor === undefined || cursor < after) {
        // Nothing before `after` matters, and a Poisson process has no memory; but what is already known to come stays.
        coming = coming.filter((call) => call.ringAt > after);
        cursor = after;
      }
      for (;;) {
        const call = coming[0];
        // An event later than the earliest known call cannot ring before it.
        if (call && call.ringAt <= cursor) {
          coming.shift();
          if (call.ringAt > after) return call;
          continue;
        }
        cursor = nextEvent(cursor);
        raise(cursor);
      }
    },
    intensityAt: (at) => itemAt(hourly, hourOfWeek(at, timeZone)),
    intensityIn(neighbourhood, at) {
      const hour = hourOfWeek(at, timeZone);
      return kinds.reduce((sum, kind, i) => sum + rate(kind, hour) * spots.shareOf(i, neighbourhood), 0);
    },
  };
}

/** 0 is Monday from midnight to one o'clock. */
export function hourOfWeek(at: Instant, timeZone: string): number {
  const { year, month, day, hour } = toWallClock(at, timeZone);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return weekday * 24 + hour;
}
