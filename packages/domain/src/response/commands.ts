import type { Instant, Seconds } from '@lamplight/base';
import type { Priority } from '../catalogue/vocabulary.js';
import type {
  AssignmentId,
  CallChannel,
  CallId,
  CallOutcome,
  IncidentId,
  IncidentSource,
  LinkRelation,
  Location,
  ProgressStage,
  RecommendationRecord,
  ReportedStage,
  UnitId,
} from './entities.js';
import type { UnitDescription } from './events.js';
import type { ConditionId, RoadCondition, RoadEffect, RoadPlace } from './road-condition.js';

/** What somebody wants to happen, in the imperative. Identifiers of new things are made by the caller. */
export type CallCommand =
  | {
      readonly type: 'ReceiveCall';
      readonly callId: CallId;
      readonly channel: CallChannel;
      readonly externalId: string | null;
      readonly line: string | null;
      readonly callerNumber: string | null;
      readonly location: Location | null;
      /** When it rang, if that was before now. */
      readonly ringAt: Instant | null;
    }
  | { readonly type: 'AnswerCall'; readonly callId: CallId }
  | {
      readonly type: 'DescribeCaller';
      readonly callId: CallId;
      readonly callerName: string | null;
      readonly callerNumber: string | null;
    }
  | { readonly type: 'LocateCaller'; readonly callId: CallId; readonly location: Location }
  | { readonly type: 'LinkCall'; readonly callId: CallId; readonly incidentId: IncidentId }
  | { readonly type: 'UnlinkCall'; readonly callId: CallId; readonly reason: string }
  | { readonly type: 'EndCall'; readonly callId: CallId; readonly outcome: CallOutcome };

export type IncidentCommand =
  | {
      readonly type: 'OpenIncident';
      readonly incidentId: IncidentId;
      readonly source: IncidentSource;
      /** The agency's local day, `YYYYMMDD`, in which the incident is counted. */
      readonly day: string;
      readonly externalId: string | null;
      readonly callId: CallId | null;
      readonly location: Location | null;
      readonly classification: Classification | null;
      readonly note: string | null;
    }
  | { readonly type: 'LocateIncident'; readonly incidentId: IncidentId; readonly location: Location }
  | ({ readonly type: 'ClassifyIncident'; readonly incidentId: IncidentId } & Classification)
  | {
      readonly type: 'RecordRecommendation';
      readonly incidentId: IncidentId;
      readonly recommendation: RecommendationRecord;
    }
  | { readonly type: 'RaiseAlarm'; readonly incidentId: IncidentId; readonly level: number }
  | { readonly type: 'AddNote'; readonly incidentId: IncidentId; readonly text: string }
  | {
      readonly type: 'LinkIncidents';
      readonly incidentId: IncidentId;
      readonly otherId: IncidentId;
      readonly relation: LinkRelation;
    }
  | { readonly type: 'UnlinkIncidents'; readonly incidentId: IncidentId; readonly otherId: IncidentId }
  | { readonly type: 'MergeIncident'; readonly incidentId: IncidentId; readonly into: IncidentId }
  | {
      readonly type: 'SplitIncident';
      readonly incidentId: IncidentId;
      readonly newIncidentId: IncidentId;
      readonly day: string;
      readonly callIds: readonly CallId[];
      readonly assignmentIds: readonly AssignmentId[];
      readonly reason: string;
    }
  | { readonly type: 'ResolveIncident'; readonly incidentId: IncidentId }
  | { readonly type: 'RecordRecovery'; readonly incidentId: IncidentId; readonly description: string }
  | { readonly type: 'SettleIncident'; readonly incidentId: IncidentId; readonly citizenTold: boolean }
  | { readonly type: 'CancelIncident'; readonly incidentId: IncidentId; readonly reason: string }
  | { readonly type: 'CloseIncident'; readonly incidentId: IncidentId; readonly disposition: string }
  | { readonly type: 'ReopenIncident'; readonly incidentId: IncidentId; readonly reason: string };

export interface Classification {
  readonly typeCode: string;
  /** `null` takes the default of the incident type. */
  readonly priority: Priority | null;
}

export type AssignmentCommand =
  | {
      readonly type: 'DispatchUnits';
      readonly incidentId: IncidentId;
      readonly orders: readonly {
        readonly assignmentId: AssignmentId;
        readonly unitId: UnitId;
        readonly etaSeconds: Seconds | null;
      }[];
      /**
       * What to do with a unit that is on other work: refuse, take it off work of lower priority, or put the order
       * on its stack.
       */
      readonly whenCommitted: 'refuse' | 'preempt' | 'stack';
    }
  | { readonly type: 'DispatchProposed'; readonly assignmentId: AssignmentId }
  | {
      readonly type: 'ReportProgress';
      readonly assignmentId: AssignmentId;
      readonly stage: ReportedStage;
      /** When the crew says it happened; `null` for now. */
      readonly happenedAt: Instant | null;
    }
  | {
      readonly type: 'CorrectStamp';
      readonly assignmentId: AssignmentId;
      readonly stage: ProgressStage;
      readonly to: Instant;
      readonly reason: string;
    }
  | { readonly type: 'CancelAssignment'; readonly assignmentId: AssignmentId; readonly reason: string }
  | { readonly type: 'DeclineAssignment'; readonly assignmentId: AssignmentId; readonly reason: string }
  | {
      readonly type: 'ReviseEta';
      readonly assignmentId: AssignmentId;
      /** Travel time that is left from now; `null` when there is no way any more. */
      readonly etaSeconds: Seconds | null;
    };

export type UnitCommand =
  | ({ readonly type: 'RegisterUnit'; readonly unitId: UnitId } & UnitDescription)
  | { readonly type: 'RetireUnit'; readonly unitId: UnitId; readonly reason: string }
  | { readonly type: 'BeginDuty'; readonly unitId: UnitId; readonly crew: readonly string[] }
  | { readonly type: 'EndDuty'; readonly unitId: UnitId }
  | { readonly type: 'SetUnitStatus'; readonly unitId: UnitId; readonly code: string };

export type ConditionCommand =
  | {
      readonly type: 'DeclareRoadCondition';
      readonly conditionId: ConditionId;
      readonly effect: RoadEffect;
      readonly place: RoadPlace;
      /** Pieces of street that the place stands for on the loaded network; `null` when none is loaded. */
      readonly matched: number | null;
      /** `null` for now. */
      readonly from: Instant | null;
      readonly to: Instant | null;
      readonly source: string;
      readonly reason: string;
    }
  | {
      readonly type: 'AmendRoadCondition';
      readonly conditionId: ConditionId;
      /** What is left out stays as it is. */
      readonly changes: Partial<Pick<RoadCondition, 'effect' | 'from' | 'to' | 'reason'>>;
    }
  | { readonly type: 'LiftRoadCondition'; readonly conditionId: ConditionId; readonly reason: string }
  | { readonly type: 'ExpireRoadCondition'; readonly conditionId: ConditionId };

/** A card that was filled in by hand, with the times that are written on it. */
export interface PaperCommand {
  readonly type: 'RecordFromPaper';
  readonly incidentId: IncidentId;
  /** `null` for what nobody rang about. */
  readonly callId: CallId | null;
  /** The agency's local day in which it is counted: that of the entry, whose numbers are known for sure. */
  readonly day: string;
  readonly paperNumber: string;
  readonly beganAt: Instant;
  readonly ringAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly callerName: string | null;
  readonly callerNumber: string | null;
  readonly location: Location;
  readonly classification: Classification;
  readonly notes: readonly { readonly at: Instant; readonly text: string }[];
  readonly orders: readonly {
    readonly assignmentId: AssignmentId;
    readonly unitId: UnitId;
    readonly stamps: { readonly dispatched: Instant } & { readonly [Stage in ReportedStage]?: Instant };
  }[];
  readonly closed: { readonly at: Instant; readonly disposition: string } | null;
}

export type ResponseCommand =
  | PaperCommand
  | CallCommand
  | IncidentCommand
  | AssignmentCommand
  | UnitCommand
  | ConditionCommand;
export type ResponseCommandType = ResponseCommand['type'];
