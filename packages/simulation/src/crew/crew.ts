import type { Instant, LonLat, Seconds } from '@lamplight/base';
import type { DrivenRoute } from './route.js';

/** Stages of an assignment as a crew is told of them. */
export type OrderStage =
  | 'dispatched'
  | 'acknowledged'
  | 'enroute'
  | 'staged'
  | 'onScene'
  | 'actionBegun'
  | 'transporting'
  | 'atDestination'
  | 'cleared'
  | 'cancelled'
  | 'preempted'
  | 'declined';

/** What a crew reports, in the order in which it does. */
export const REPORT_STAGES = ['acknowledged', 'enroute', 'onScene', 'actionBegun', 'cleared'] as const;
export type ReportStage = (typeof REPORT_STAGES)[number];

/** An assignment as the crew's device shows it now. */
export interface CrewOrder {
  readonly assignmentId: string;
  readonly stage: OrderStage;
  /** Where to go. */
  readonly position: LonLat;
  /** 1 is the most urgent. */
  readonly priority: number;
  readonly dispatchedAt: Instant;
}

/** How long the crew takes over each step: sampled, or as recorded. */
export interface CrewTimes {
  /** From dispatch to acknowledging. */
  readonly acknowledge: Seconds;
  /** From dispatch to wheels rolling; not before acknowledging. */
  readonly turnout: Seconds;
  /** From arrival to the first action. */
  readonly action: Seconds;
  /** From arrival to being free again. */
  readonly onScene: Seconds;
}

/** `id` is the same each time a report is sent again, so that it counts once. */
export interface CrewReport {
  readonly id: string;
  readonly assignmentId: string;
  readonly stage: ReportStage;
  /** When it happened; sending may be later. */
  readonly at: Instant;
}

export type RoutePurpose = 'incident' | 'station' | 'patrol';

export type CrewAction =
  | { readonly kind: 'send-report'; readonly report: CrewReport }
  | {
      readonly kind: 'request-route';
      readonly requestId: string;
      readonly from: LonLat;
      readonly to: LonLat;
      readonly purpose: RoutePurpose;
    }
  /** Wake the crew with a `timer` at this moment; an earlier wish need not be withdrawn. */
  | { readonly kind: 'set-timer'; readonly at: Instant };

export type CrewStimulus =
  /** All assignments of this crew that are not over; what is left away is over. */
  | { readonly kind: 'orders-changed'; readonly orders: readonly CrewOrder[] }
  | { readonly kind: 'timer' }
  | { readonly kind: 'route-found'; readonly requestId: string; readonly route: DrivenRoute | undefined };

/** What a crew is, apart from what it does. */
export interface CrewSetup {
  readonly unitId: string;
  readonly home: LonLat;
  /** Guard points it patrols between when free; none: it returns home and waits. */
  readonly patrolPoints: readonly LonLat[];
  /** How long it stays at a guard point. */
  readonly patrolStay: Seconds;
  /** How long it waits after clearing before it drives anywhere. */
  readonly idle: Seconds;
  /** A report not yet seen in the orders is sent again after this. */
  readonly resend: Seconds;
  /** A route that could not be had is asked for again after this. */
  readonly retryRoute: Seconds;
  /** The times for an order; asked once an order. `moving` when it finds the crew on the road. */
  readonly timesOf: (order: CrewOrder, moving: boolean) => CrewTimes;
}

/** One order's progress as the crew knows it. `reached` never goes back. */
export interface CrewTask {
  readonly order: CrewOrder;
  readonly times: CrewTimes;
  readonly reached: TaskStage;
  /** When the crew learned of it. */
  readonly seenAt: Instant;
  readonly onSceneAt?: Instant;
}

export type TaskStage = 'dispatched' | ReportStage;

/** An order that was over: remembered, so that a late or repeated list of orders cannot make it begin anew. */
export interface ClosedTask {
  readonly assignmentId: string;
  readonly reached: TaskStage;
}

export type CrewPlace =
  | { readonly kind: 'parked'; readonly position: LonLat; readonly since: Instant }
  | {
      readonly kind: 'driving';
      readonly route: DrivenRoute;
      readonly departedAt: Instant;
      readonly purpose: RoutePurpose;
      readonly to: LonLat;
      /** The assignment driven to, for purpose `incident`. */
      readonly assignmentId?: string;
    };

/** A route asked for, or one in hand that waits for its departure. */
export interface CrewPlan {
  readonly requestId: string;
  readonly purpose: RoutePurpose;
  readonly to: LonLat;
  readonly assignmentId?: string;
  readonly askedAt: Instant;
  readonly route?: DrivenRoute;
  /** No route was found; ask again then. */
  readonly retryAt?: Instant;
}

interface PendingReport {
  readonly report: CrewReport;
  readonly sentAt: Instant;
}

/** Everything the crew knows: plain data, replaced and never changed. */
export interface CrewState {
  readonly setup: CrewSetup;
  readonly place: CrewPlace;
  readonly tasks: readonly CrewTask[];
  /** The assignment being worked on. */
  readonly current?: string;
  readonly plan?: CrewPlan;
  readonly pending: readonly PendingReport[];
  readonly requests: number;
  /** Guard points visited so far. */
  readonly patrolled: number;
  /** Since when it has had nothing to do where it stands. */
  readonly freeSince: Instant;
  /** The last few orders that are over, oldest first. */
  readonly closed: readonly ClosedTask[];
}

export interface CrewDecision {
  readonly state: CrewState;
  readonly actions: readonly CrewAction[];
}
