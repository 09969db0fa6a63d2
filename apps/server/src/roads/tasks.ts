import type { LonLat, Result, Seconds } from '@lamplight/base';
import type { Fix, IsochroneCollection, RoadEffect, RoadsError, Route, RouteStep } from '@lamplight/roads';

/** Where units have gone since the thread was last told: number of the unit, longitude, latitude, and so on. */
export type Moves = Float64Array;

/** What can be asked of a road thread, and what it answers. Everything here is plain data that threads can pass on. */
export interface RoadTasks {
  /**
   * Seconds from every unit to a place, by the numbers of the units: `Infinity` where there is no way, `NaN` where the
   * unit is unknown or off the network. `null` when the place itself is off the network.
   */
  times: { ask: { readonly moves: Moves; readonly to: LonLat }; answer: Float64Array | null };
  /** The fastest way, and after it up to so many others worth a thought. */
  routes: {
    ask: { readonly from: LonLat; readonly to: LonLat; readonly count: number };
    answer: Result<readonly GuidedRoute[], RoadsError>;
  };
  isochrones: {
    ask: {
      readonly place: LonLat;
      readonly times: readonly Seconds[];
      readonly direction: 'away' | 'towards';
    };
    answer: Result<IsochroneCollection, RoadsError>;
  };
  match: {
    ask: { readonly fixes: readonly Fix[]; readonly againstOneWay: boolean };
    answer: MatchedTrace;
  };
  matrix: {
    ask: {
      readonly origins: readonly LonLat[];
      readonly destinations: readonly LonLat[];
      readonly limit: Seconds | null;
    };
    answer: Float64Array;
  };
  /** Exactly these effects from now on; the number of arcs that are under one. */
  effects: { ask: { readonly effects: readonly RoadEffect[] }; answer: number };
  /** A prepared hierarchy as bytes in shared memory, for the weights of the moment. Takes long: on a thread of its own. */
  prepare: { ask: Record<never, never>; answer: Uint8Array };
  /** Answer from this hierarchy while the weights are its own; false when they are others already. */
  hierarchy: { ask: { readonly bytes: Uint8Array }; answer: boolean };
  /** Other usual durations from now on, in deciseconds by arc. */
  usual: { ask: { readonly durations: Uint32Array }; answer: number };
}

export type RoadTask = keyof RoadTasks;

export interface GuidedRoute {
  readonly route: Route;
  /** The same steps in both languages. */
  readonly steps: readonly { readonly en: RouteStep; readonly zh: RouteStep }[];
}

export interface MatchedTrace {
  /** One for each fix; `null` where it has no place on the roads. */
  readonly fixes: readonly ({
    readonly position: LonLat;
    readonly street: string | null;
    readonly confidence: number;
    readonly segment: number;
  } | null)[];
  readonly segments: readonly {
    readonly firstFix: number;
    readonly lastFix: number;
    readonly metres: number;
    readonly geometry: readonly LonLat[];
  }[];
}
