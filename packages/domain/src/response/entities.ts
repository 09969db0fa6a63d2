import type { Instant, LonLat, Metres, Seconds } from '@lamplight/base';
import type { Priority } from '../catalogue/vocabulary.js';

/** Opaque identifiers, made outside the domain (UUID version 7 in the server). */
export type CallId = string;
export type IncidentId = string;
export type UnitId = string;
export type AssignmentId = string;
/** Who acted: an account, a device or a process of the system, as `account:…`, `device:…`, `process:…`. */
export type Actor = string;

export const CALL_CHANNELS = ['voice', 'text', 'web', 'app', 'alarm', 'transfer'] as const;
export type CallChannel = (typeof CALL_CHANNELS)[number];

export const CALL_OUTCOMES = ['completed', 'abandoned', 'transferred', 'silent', 'nuisance'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** How a position became known, best last. */
export const LOCATION_METHODS = ['words', 'cell', 'device', 'map', 'address', 'field'] as const;
export type LocationMethod = (typeof LOCATION_METHODS)[number];

/** Where something is, as far as is known. The caller's own words are kept beside whatever a machine made of them. */
export interface Location {
  readonly position: LonLat | null;
  /** Radius within which the position is believed to lie. */
  readonly accuracy: Metres | null;
  readonly method: LocationMethod;
  /** What the caller said, word for word; never overwritten by a geocoder. */
  readonly words: string | null;
  /** What the system calls the place, such as the nearest street. */
  readonly label: string | null;
}

/**
 * What is known of a place after `location` was said of it: a position takes the place of the one before, words take
 * the place of the words before, and neither takes the other away.
 */
export const refineLocation = (location: Location, before: Location | null): Location => ({
  ...(location.position === null && before?.position ? before : location),
  words: location.words ?? before?.words ?? null,
});

export interface Call {
  readonly id: CallId;
  readonly version: number;
  readonly channel: CallChannel;
  readonly externalId: string | null;
  readonly line: string | null;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly location: Location | null;
  readonly ringAt: Instant;
  readonly answeredAt: Instant | null;
  readonly answeredBy: Actor | null;
  readonly endedAt: Instant | null;
  readonly outcome: CallOutcome | null;
  readonly incidentId: IncidentId | null;
}

export const INCIDENT_STATUSES = ['open', 'closed', 'cancelled', 'merged'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const INCIDENT_SOURCES = ['call', 'self-initiated', 'alarm', 'transfer', 'split', 'paper'] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];

/** EIDO link codes (NENA-STA-021.1): what the other incident is to this one. */
export const LINK_RELATIONS = ['parent', 'child', 'related'] as const;
export type LinkRelation = (typeof LINK_RELATIONS)[number];

export interface IncidentLink {
  readonly incidentId: IncidentId;
  readonly relation: LinkRelation;
}

export interface Note {
  readonly at: Instant;
  readonly by: Actor;
  readonly text: string;
}

/** A unit that was offered for an incident, as it was shown to the dispatcher. */
export interface RecommendedUnit {
  readonly unitId: UnitId;
  readonly etaSeconds: Seconds;
  /** `null` when no position was known and the unit was taken to be at its station. */
  readonly positionAgeSeconds: Seconds | null;
  /** True when the unit is one of those that together fill the run card soonest. */
  readonly suggested: boolean;
  /** The lower-priority incident that it would be taken from, if any. */
  readonly divertFrom: IncidentId | null;
}

/** How far the run card is filled for one capability. */
export interface RequirementTally {
  readonly capability: string;
  readonly required: number;
  readonly assigned: number;
  readonly suggested: number;
  readonly lacking: number;
}

/** What was recommended and when: kept in the log, so that it can be shown later what the dispatcher saw. */
export interface RecommendationRecord {
  readonly at: Instant;
  readonly alarmLevel: number;
  readonly candidates: readonly RecommendedUnit[];
  readonly requirements: readonly RequirementTally[];
  /** Number of units left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** The stamps that belong to the incident itself; those of crews live on assignments, those of callers on calls. */
export interface IncidentStamps {
  readonly located: Instant | null;
  readonly classified: Instant | null;
  readonly queued: Instant | null;
  readonly recommended: Instant | null;
  readonly resolved: Instant | null;
  readonly recovered: Instant | null;
  readonly settled: Instant | null;
  readonly closed: Instant | null;
}

export interface Incident {
  readonly id: IncidentId;
  readonly version: number;
  /** Spoken number: local day and a count that starts at 1 each day, `20170101-0042`. */
  readonly number: string;
  readonly externalId: string | null;
  readonly source: IncidentSource;
  readonly status: IncidentStatus;
  readonly typeCode: string | null;
  readonly priority: Priority | null;
  readonly alarmLevel: number;
  readonly location: Location | null;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly stamps: IncidentStamps;
  readonly notes: readonly Note[];
  readonly links: readonly IncidentLink[];
  readonly mergedInto: IncidentId | null;
  readonly splitFrom: IncidentId | null;
  readonly disposition: string | null;
  readonly cancelReason: string | null;
  readonly reopenings: readonly { readonly at: Instant; readonly by: Actor; readonly reason: string }[];
  readonly recommendation: RecommendationRecord | null;
}

/** The status a crew set for itself, as one of the agency's codes; their meanings are in the catalogue. */
export interface CurrentStatus {
  readonly code: string;
  readonly since: Instant;
}

export interface Unit {
  readonly id: UnitId;
  readonly version: number;
  readonly callSign: string;
  readonly unitType: string;
  readonly capabilities: readonly string[];
  readonly stationId: string | null;
  readonly home: LonLat | null;
  /** The smallest crew with which the unit may be sent. */
  readonly minimumCrew: number;
  readonly retired: boolean;
  readonly duty: { readonly since: Instant; readonly crew: readonly string[] } | null;
  /** The crew's own status between assignments, as one of the agency's codes. */
  readonly status: CurrentStatus | null;
}

/** The stages of an assignment, in the order in which they follow. `proposed` waits on the unit's stack. */
export const PROGRESS_STAGES = [
  'proposed',
  'dispatched',
  'acknowledged',
  'enroute',
  'staged',
  'onScene',
  'actionBegun',
  'transporting',
  'atDestination',
  'cleared',
] as const;
export type ProgressStage = (typeof PROGRESS_STAGES)[number];

/** Ways in which an assignment ends other than by being worked off. */
export const SIDE_EXITS = ['cancelled', 'preempted', 'declined'] as const;
export type SideExit = (typeof SIDE_EXITS)[number];

export type AssignmentStage = ProgressStage | SideExit;

/** The stages that a crew reports. */
export const REPORTED_STAGES = [
  'acknowledged',
  'enroute',
  'staged',
  'onScene',
  'actionBegun',
  'transporting',
  'atDestination',
  'cleared',
] as const satisfies readonly ProgressStage[];
export type ReportedStage = (typeof REPORTED_STAGES)[number];

export const DISCREPANCY_KINDS = [
  /** The stage was stamped before with another time; the first stamp is kept. */
  'already-stamped',
  /** The device's clock is ahead of ours; the time of receipt is used. */
  'clock-ahead',
  /** Reported earlier than the order was given; the time of receipt is used. */
  'before-dispatch',
  /** Reported after the assignment had ended; the stamp is not taken. */
  'after-end',
  /** Taken as reported, though a stage that should come before has a later time. */
  'out-of-order',
] as const;
export type DiscrepancyKind = (typeof DISCREPANCY_KINDS)[number];

/** A report that did not fit: what was said, what was kept, and why. Nothing is moved unnoticed. */
export interface Discrepancy {
  readonly stage: ReportedStage;
  readonly kind: DiscrepancyKind;
  readonly reported: Instant;
  readonly kept: Instant | null;
  readonly notedAt: Instant;
}

export interface StampCorrection {
  readonly stage: ProgressStage;
  readonly from: Instant | null;
  readonly to: Instant;
  readonly by: Actor;
  readonly at: Instant;
  readonly reason: string;
}

export interface RevisedEta {
  readonly at: Instant;
  /** `null` when there was no way any more. */
  readonly seconds: Seconds | null;
}

export interface Assignment {
  readonly id: AssignmentId;
  readonly version: number;
  readonly incidentId: IncidentId;
  readonly unitId: UnitId;
  readonly stage: AssignmentStage;
  readonly stamps: Readonly<Partial<Record<ProgressStage, Instant>>>;
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  /** Expected travel time when the order was given. */
  readonly etaSeconds: Seconds | null;
  /** Travel time that was left at a later moment, worked out again because the roads changed. */
  readonly revisedEta: RevisedEta | null;
  /** When the assignment ended, whichever way. */
  readonly endedAt: Instant | null;
  /**
   * Why, in the words of who ended it; for `preempted` the number of the incident it was sent to instead. What the system
   * ends by itself says `incident-closed` or `duty-ended`.
   */
  readonly endReason: string | null;
  readonly discrepancies: readonly Discrepancy[];
  readonly corrections: readonly StampCorrection[];
}

export const isEnded = (assignment: Assignment): boolean => assignment.endedAt !== null;
/** Ordered and not yet ended: this is what makes a unit unavailable. A proposed assignment does not. */
export const isActive = (assignment: Assignment): boolean =>
  !isEnded(assignment) && assignment.stage !== 'proposed';

/** Ordered and not yet there: somebody waits for its arrival. */
export const isUnderWay = ({ stage, endedAt }: Assignment): boolean =>
  endedAt === null && (stage === 'dispatched' || stage === 'acknowledged' || stage === 'enroute');
