import { metres, seconds } from '@lamplight/base';
import type {
  AssignmentCommand,
  CallCommand,
  ConditionCommand,
  IncidentCommand,
  Location,
  ReportedStage,
  RoadPlace,
  UnitCommand,
} from '../../src/index.js';
import { DAY, type Step, t } from './scenario.js';

/** Commands in a few words, with what does not matter filled in. */

export const AT_THE_BRIDGE: Location = {
  position: [121.47, 31.23],
  accuracy: metres(20),
  method: 'map',
  words: null,
  label: 'Waibaidu Bridge',
};
export const BY_WORDS: Location = {
  position: null,
  accuracy: null,
  method: 'words',
  words: 'by the old bridge, the north end',
  label: null,
};
/** What becomes of a place on the map when somebody described it before. */
export const AT_THE_BRIDGE_AS_TOLD: Location = { ...AT_THE_BRIDGE, words: BY_WORDS.words };

export const receive = (
  callId: string,
  location: Location | null = null,
): Extract<CallCommand, { type: 'ReceiveCall' }> => ({
  type: 'ReceiveCall',
  callId,
  channel: 'voice',
  externalId: null,
  line: '110',
  callerNumber: '13800000000',
  location,
  ringAt: null,
});
export const answer = (callId: string): CallCommand => ({ type: 'AnswerCall', callId });
export const link = (callId: string, incidentId: string): CallCommand => ({
  type: 'LinkCall',
  callId,
  incidentId,
});

type Opening = Partial<Omit<Extract<IncidentCommand, { type: 'OpenIncident' }>, 'type' | 'incidentId'>>;

export const open = (incidentId: string, details: Opening = {}): IncidentCommand => ({
  type: 'OpenIncident',
  incidentId,
  source: 'call',
  day: DAY,
  externalId: null,
  callId: null,
  location: null,
  classification: null,
  note: null,
  ...details,
});
/** ASSAULT is of priority 2, STABBING of 1, LARCENY of 4. */
export const openReady = (incidentId: string, typeCode = 'ASSAULT'): IncidentCommand =>
  open(incidentId, { location: AT_THE_BRIDGE, classification: { typeCode, priority: null } });
export const locate = (incidentId: string, location = AT_THE_BRIDGE): IncidentCommand => ({
  type: 'LocateIncident',
  incidentId,
  location,
});
export const classify = (incidentId: string, typeCode = 'ASSAULT'): IncidentCommand => ({
  type: 'ClassifyIncident',
  incidentId,
  typeCode,
  priority: null,
});
/** 18: settled in person. */
export const close = (incidentId: string, disposition = '18'): IncidentCommand => ({
  type: 'CloseIncident',
  incidentId,
  disposition,
});
export const cancel = (incidentId: string, reason = 'called off'): IncidentCommand => ({
  type: 'CancelIncident',
  incidentId,
  reason,
});
export const reopen = (incidentId: string, reason = 'they are back'): IncidentCommand => ({
  type: 'ReopenIncident',
  incidentId,
  reason,
});
export const merge = (incidentId: string, into: string): IncidentCommand => ({
  type: 'MergeIncident',
  incidentId,
  into,
});
export const split = (
  incidentId: string,
  newIncidentId: string,
  callIds: readonly string[],
  assignmentIds: readonly string[] = [],
): IncidentCommand => ({
  type: 'SplitIncident',
  incidentId,
  newIncidentId,
  day: DAY,
  callIds,
  assignmentIds,
  reason: 'another matter',
});

export const register = (unitId: string, capabilities: readonly string[] = ['patrol']): UnitCommand => ({
  type: 'RegisterUnit',
  unitId,
  callSign: unitId.toUpperCase(),
  unitType: 'car',
  capabilities,
  stationId: null,
  home: null,
  minimumCrew: 2,
});
export const beginDuty = (unitId: string, crew: readonly string[] = ['p1', 'p2']): UnitCommand => ({
  type: 'BeginDuty',
  unitId,
  crew,
});
export const endDuty = (unitId: string): UnitCommand => ({ type: 'EndDuty', unitId });
export const setStatus = (unitId: string, code: string): UnitCommand => ({
  type: 'SetUnitStatus',
  unitId,
  code,
});

/** An order for each unit; the order for `car1` to `i1` is called `i1-car1`. */
export const send = (
  incidentId: string,
  unitIds: readonly string[],
  whenCommitted: 'refuse' | 'preempt' | 'stack' = 'refuse',
): AssignmentCommand => ({
  type: 'DispatchUnits',
  incidentId,
  orders: unitIds.map((unitId) => ({
    assignmentId: `${incidentId}-${unitId}`,
    unitId,
    etaSeconds: seconds(240),
  })),
  whenCommitted,
});
export const report = (
  assignmentId: string,
  stage: ReportedStage,
  happenedAt: number | null = null,
): Extract<AssignmentCommand, { type: 'ReportProgress' }> => ({
  type: 'ReportProgress',
  assignmentId,
  stage,
  happenedAt: happenedAt === null ? null : t(happenedAt),
});

/** Units on duty before the story begins. */
export const onDuty = (...unitIds: readonly string[]): Step[] =>
  unitIds.flatMap((unitId): Step[] => [
    [-7200, register(unitId)],
    [-3600, beginDuty(unitId)],
  ]);

export const FERRY_STREET: RoadPlace = { kind: 'street', name: 'Ferry Street', within: null };

type Declaration = Partial<
  Omit<Extract<ConditionCommand, { type: 'DeclareRoadCondition' }>, 'type' | 'conditionId'>
>;

/** A closure of Ferry Street, which is three pieces, from now until it is lifted. */
export const declare = (
  conditionId: string,
  details: Declaration = {},
): Extract<ConditionCommand, { type: 'DeclareRoadCondition' }> => ({
  type: 'DeclareRoadCondition',
  conditionId,
  effect: { kind: 'closed' },
  place: FERRY_STREET,
  matched: 3,
  from: null,
  to: null,
  source: 'police',
  reason: 'a crane has fallen',
  ...details,
});
export const amend = (
  conditionId: string,
  changes: Extract<ConditionCommand, { type: 'AmendRoadCondition' }>['changes'],
): ConditionCommand => ({ type: 'AmendRoadCondition', conditionId, changes });
export const lift = (conditionId: string, reason = 'cleared away'): ConditionCommand => ({
  type: 'LiftRoadCondition',
  conditionId,
  reason,
});
export const expire = (conditionId: string): ConditionCommand => ({
  type: 'ExpireRoadCondition',
  conditionId,
});
