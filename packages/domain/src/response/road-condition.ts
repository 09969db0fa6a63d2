import { type BoundingBox, type Instant, instant, type LonLat, type Metres } from '@lamplight/base';
import type { Actor } from './entities.js';

/** A closure or a slowing of streets: where it holds, from when to when, and on whose word. */

export type ConditionId = string;

/** `factor` is the share of the usual speed that is left, above 0 and at most 1. */
export type RoadEffect = { readonly kind: 'closed' } | { readonly kind: 'slowed'; readonly factor: number };

/** Which way of driving is meant: both, or only that in or against the order in which the way or line is drawn. */
export const DRIVING_DIRECTIONS = ['both', 'along', 'against'] as const;
export type DrivingDirection = (typeof DRIVING_DIRECTIONS)[number];

/**
 * A piece of street between two junctions, named so that it outlives the network it was found on: of the OpenStreetMap
 * way, the piece nearest to the position.
 */
export interface StreetPiece {
  readonly way: number;
  readonly position: LonLat;
}

/** Where a condition holds. What streets that is, is for the road network to say. */
export type RoadPlace =
  | {
      readonly kind: 'edges';
      readonly edges: readonly StreetPiece[];
      readonly direction: DrivingDirection;
    }
  | {
      readonly kind: 'street';
      /** In any language that the network has the name in. */
      readonly name: string;
      /** Only the part inside, of a street that is long or has namesakes; `null` for all of it. */
      readonly within: BoundingBox | null;
    }
  | {
      readonly kind: 'polygon';
      /** The outer ring, then the holes in it. Each closes itself. */
      readonly rings: readonly (readonly LonLat[])[];
    }
  | {
      readonly kind: 'line';
      readonly points: readonly LonLat[];
      /** From edge to edge of the band around the line. */
      readonly width: Metres;
      readonly direction: DrivingDirection;
    };

export const CONDITION_ENDINGS = ['lifted', 'expired'] as const;
export type ConditionEnding = (typeof CONDITION_ENDINGS)[number];

export interface RoadCondition {
  readonly id: ConditionId;
  readonly version: number;
  readonly effect: RoadEffect;
  readonly place: RoadPlace;
  /** Pieces of street that the place stood for when it was declared; `null` where no network was loaded. */
  readonly matched: number | null;
  readonly from: Instant;
  /** The first moment at which it no longer holds; `null` until somebody lifts it. */
  readonly to: Instant | null;
  /** On whose word: the police on the spot, the waterworks, the weather service. */
  readonly source: string;
  readonly reason: string;
  readonly declaredAt: Instant;
  readonly declaredBy: Actor;
  /** The last change of its times, effect or reason. */
  readonly amended: { readonly at: Instant; readonly by: Actor } | null;
  readonly ended: {
    readonly at: Instant;
    readonly by: Actor;
    readonly how: ConditionEnding;
    /** Why it was lifted; `null` for one that expired. */
    readonly reason: string | null;
  } | null;
}

export type ConditionPhase = 'scheduled' | 'active' | 'ended';

/**
 * Where a condition stands at a moment: active from `from` until just before `to`, unless it was lifted. That its expiry
 * was recorded decides nothing: a server whose clock is ahead may have recorded it too soon.
 */
export function phaseOf(
  { from, to, ended }: Pick<RoadCondition, 'from' | 'to' | 'ended'>,
  at: Instant,
): ConditionPhase {
  if (ended?.how === 'lifted' || (to !== null && to <= at)) return 'ended';
  return at < from ? 'scheduled' : 'active';
}

/** The next moment at which the condition begins or ends by itself; `null` when it will do neither. */
export function nextPhaseAt(condition: RoadCondition, at: Instant): Instant | null {
  switch (phaseOf(condition, at)) {
    case 'scheduled':
      return condition.from;
    case 'active':
      return condition.to;
    case 'ended':
      return null;
  }
}

/**
 * The last moment, not after `at`, at which one of the conditions began, was changed or ended: whatever was worked out
 * on the roads before is out of date. `null` when none has yet.
 */
export function lastRoadChange(conditions: Iterable<RoadCondition>, at: Instant): Instant | null {
  let last: Instant | null = null;
  for (const { from, to, declaredAt, amended, ended } of conditions) {
    // One that is declared when it has begun already bears on the roads from then, not from before.
    const begun = instant(Math.max(from, declaredAt));
    const over = ended === null ? to : to === null ? ended.at : instant(Math.min(to, ended.at));
    if (over !== null && over <= begun) continue;
    for (const moment of [begun, amended === null || amended.at < begun ? null : amended.at, over]) {
      if (moment !== null && moment <= at && (last === null || moment > last)) last = moment;
    }
  }
  return last;
}
