import type { Instant, LonLat, Seconds } from '@lamplight/base';
import type { Priority } from '../catalogue/vocabulary.js';
import type {
  Actor,
  AssignmentId,
  CallChannel,
  CallId,
  CallOutcome,
  DiscrepancyKind,
  IncidentId,
  IncidentSource,
  LinkRelation,
  Location,
  ProgressStage,
  RecommendationRecord,
  ReportedStage,
  SideExit,
  UnitId,
} from './entities.js';
import type { ConditionId, RoadCondition } from './road-condition.js';

/**
 * What has happened, in the past tense. Each event belongs to one entity, named by `id`, and is folded into that
 * entity alone. `at` is when it happened; when it was recorded is kept by the log beside it.
 */
interface Happened<Type extends string, Id> {
  readonly type: Type;
  readonly id: Id;
  readonly at: Instant;
}

export type CallEvent =
  | (Happened<'CallReceived', CallId> & {
      readonly channel: CallChannel;
      readonly externalId: string | null;
      readonly line: string | null;
      readonly callerNumber: string | null;
      readonly location: Location | null;
    })
  | (Happened<'CallAnswered', CallId> & { readonly by: Actor })
  | (Happened<'CallerDescribed', CallId> & {
      readonly callerName: string | null;
      readonly callerNumber: string | null;
    })
  | (Happened<'CallerLocated', CallId> & { readonly location: Location })
  | (Happened<'CallLinked', CallId> & { readonly incidentId: IncidentId })
  | (Happened<'CallUnlinked', CallId> & { readonly reason: string })
  | (Happened<'CallEnded', CallId> & { readonly outcome: CallOutcome });

export type IncidentEvent =
  | (Happened<'IncidentOpened', IncidentId> & {
      readonly number: string;
      readonly externalId: string | null;
      readonly source: IncidentSource;
      readonly by: Actor;
      readonly splitFrom: IncidentId | null;
    })
  | (Happened<'IncidentLocated', IncidentId> & { readonly location: Location })
  | (Happened<'IncidentClassified', IncidentId> & {
      readonly typeCode: string;
      readonly priority: Priority;
    })
  | Happened<'IncidentQueued', IncidentId>
  | (Happened<'UnitsRecommended', IncidentId> & { readonly recommendation: RecommendationRecord })
  | (Happened<'AlarmRaised', IncidentId> & { readonly level: number; readonly by: Actor })
  | (Happened<'NoteAdded', IncidentId> & { readonly by: Actor; readonly text: string })
  | (Happened<'IncidentLinked', IncidentId> & {
      readonly incidentId: IncidentId;
      readonly relation: LinkRelation;
    })
  | (Happened<'IncidentUnlinked', IncidentId> & { readonly incidentId: IncidentId })
  | (Happened<'IncidentMerged', IncidentId> & { readonly into: IncidentId; readonly by: Actor })
  | (Happened<'IncidentAbsorbed', IncidentId> & { readonly incidentId: IncidentId; readonly number: string })
  | (Happened<'IncidentSplit', IncidentId> & {
      readonly incidentId: IncidentId;
      readonly number: string;
      readonly reason: string;
    })
  | (Happened<'IncidentResolved', IncidentId> & { readonly by: Actor })
  | (Happened<'LossRecovered', IncidentId> & { readonly by: Actor; readonly description: string })
  | (Happened<'IncidentSettled', IncidentId> & { readonly by: Actor; readonly citizenTold: boolean })
  | (Happened<'IncidentCancelled', IncidentId> & { readonly by: Actor; readonly reason: string })
  | (Happened<'IncidentClosed', IncidentId> & { readonly by: Actor; readonly disposition: string })
  | (Happened<'IncidentReopened', IncidentId> & { readonly by: Actor; readonly reason: string });

export type UnitEvent =
  | (Happened<'UnitRegistered', UnitId> & UnitDescription)
  | (Happened<'UnitDescribed', UnitId> & UnitDescription)
  | (Happened<'UnitRetired', UnitId> & { readonly reason: string })
  | (Happened<'DutyBegun', UnitId> & { readonly crew: readonly string[] })
  | Happened<'DutyEnded', UnitId>
  | (Happened<'UnitStatusSet', UnitId> & { readonly code: string });

export interface UnitDescription {
  readonly callSign: string;
  readonly unitType: string;
  readonly capabilities: readonly string[];
  readonly stationId: string | null;
  readonly home: LonLat | null;
  readonly minimumCrew: number;
}

export type AssignmentEvent =
  | (Happened<'AssignmentProposed', AssignmentId> & {
      readonly incidentId: IncidentId;
      readonly unitId: UnitId;
      readonly by: Actor;
    })
  | (Happened<'UnitDispatched', AssignmentId> & {
      readonly incidentId: IncidentId;
      readonly unitId: UnitId;
      readonly by: Actor;
      readonly etaSeconds: Seconds | null;
    })
  | (Happened<'ProgressReported', AssignmentId> & { readonly stage: ReportedStage; readonly by: Actor })
  | (Happened<'ReportDisputed', AssignmentId> & {
      readonly stage: ReportedStage;
      readonly kind: DiscrepancyKind;
      readonly reported: Instant;
      readonly kept: Instant | null;
    })
  | (Happened<'StampCorrected', AssignmentId> & {
      readonly stage: ProgressStage;
      readonly to: Instant;
      readonly by: Actor;
      readonly reason: string;
    })
  | (Happened<'AssignmentMoved', AssignmentId> & { readonly incidentId: IncidentId })
  | (Happened<'EtaRevised', AssignmentId> & { readonly etaSeconds: Seconds | null })
  | (Happened<'AssignmentEnded', AssignmentId> & {
      readonly exit: SideExit;
      readonly by: Actor;
      readonly reason: string;
    });

export type ConditionEvent =
  | (Happened<'RoadConditionDeclared', ConditionId> &
      Pick<RoadCondition, 'effect' | 'place' | 'matched' | 'from' | 'to' | 'source' | 'reason'> & {
        readonly by: Actor;
      })
  | (Happened<'RoadConditionAmended', ConditionId> &
      Pick<RoadCondition, 'effect' | 'from' | 'to' | 'reason'> & { readonly by: Actor })
  | (Happened<'RoadConditionLifted', ConditionId> & { readonly by: Actor; readonly reason: string })
  | (Happened<'RoadConditionExpired', ConditionId> & { readonly by: Actor });

export type ResponseEvent = CallEvent | IncidentEvent | UnitEvent | AssignmentEvent | ConditionEvent;
export type ResponseEventType = ResponseEvent['type'];

/** The kinds of entity, each with its own streams in the log. */
export type EntityKind = 'call' | 'incident' | 'unit' | 'assignment' | 'condition';

/** Which entity an event belongs to. A new event type does not compile until it is placed here. */
export const ENTITY_OF_EVENT = {
  CallReceived: 'call',
  CallAnswered: 'call',
  CallerDescribed: 'call',
  CallerLocated: 'call',
  CallLinked: 'call',
  CallUnlinked: 'call',
  CallEnded: 'call',
  IncidentOpened: 'incident',
  IncidentLocated: 'incident',
  IncidentClassified: 'incident',
  IncidentQueued: 'incident',
  UnitsRecommended: 'incident',
  AlarmRaised: 'incident',
  NoteAdded: 'incident',
  IncidentLinked: 'incident',
  IncidentUnlinked: 'incident',
  IncidentMerged: 'incident',
  IncidentAbsorbed: 'incident',
  IncidentSplit: 'incident',
  IncidentResolved: 'incident',
  LossRecovered: 'incident',
  IncidentSettled: 'incident',
  IncidentCancelled: 'incident',
  IncidentClosed: 'incident',
  IncidentReopened: 'incident',
  UnitRegistered: 'unit',
  UnitDescribed: 'unit',
  UnitRetired: 'unit',
  DutyBegun: 'unit',
  DutyEnded: 'unit',
  UnitStatusSet: 'unit',
  AssignmentProposed: 'assignment',
  UnitDispatched: 'assignment',
  ProgressReported: 'assignment',
  ReportDisputed: 'assignment',
  StampCorrected: 'assignment',
  AssignmentMoved: 'assignment',
  EtaRevised: 'assignment',
  AssignmentEnded: 'assignment',
  RoadConditionDeclared: 'condition',
  RoadConditionAmended: 'condition',
  RoadConditionLifted: 'condition',
  RoadConditionExpired: 'condition',
} as const satisfies { readonly [Type in ResponseEventType]: EntityKind };
