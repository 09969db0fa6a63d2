import { metres, seconds } from '@lamplight/base';
import fc from 'fast-check';
import {
  CALL_CHANNELS,
  CALL_OUTCOMES,
  type Incident,
  LINK_RELATIONS,
  type Location,
  PROGRESS_STAGES,
  REPORTED_STAGES,
  type ResponseBoard,
  type ResponseCommand,
  type ResponseCommandType,
  type RoadPlace,
} from '../../src/index.js';
import { LI, t, WANG } from './scenario.js';
import { AT_THE_BRIDGE, AT_THE_BRIDGE_AS_TOLD, BY_WORDS } from './wording.js';

/** Any command at all, about a handful of things, so that commands meet each other. */

const oneOf = (prefix: string, count: number) =>
  fc.constantFrom(...Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`));

const callId = oneOf('c', 4);
const incidentId = oneOf('i', 6);
const unitId = oneOf('u', 3);
const assignmentId = oneOf('a', 14);
const reason = fc.constantFrom('first reason', 'second reason');
const day = fc.constantFrom('20260131', '20260201');
const crew = fc.constantFrom(['p1'], ['p1', 'p2'], ['p3', 'p4']);
const location: fc.Arbitrary<Location> = fc.constantFrom(AT_THE_BRIDGE, AT_THE_BRIDGE_AS_TOLD, BY_WORDS, {
  ...AT_THE_BRIDGE,
  method: 'address' as const,
  words: 'the blue door',
});
const classification = fc.record({
  typeCode: fc.constantFrom('ASSAULT', 'STABBING', 'LARCENY', 'NOSUCH'),
  priority: fc.constantFrom(null, 1, 3),
});
/** Around the time span of a sequence, and some way outside of it. */
const moment = fc.integer({ min: -600, max: 5000 }).map(t);

const description = {
  callSign: fc.constantFrom('Alpha', 'Beta'),
  unitType: fc.constant('car'),
  capabilities: fc.constantFrom(['patrol'], ['ambulance-als', 'rescue']),
  stationId: fc.constantFrom(null, 's1'),
  home: fc.constantFrom(null, [121.4, 31.2] as const),
  minimumCrew: fc.constantFrom(1, 2),
};

const conditionId = oneOf('r', 4);
const effect = fc.constantFrom({ kind: 'closed' as const }, { kind: 'slowed' as const, factor: 0.5 });
const SQUARE = [
  [121.4, 31.2],
  [121.5, 31.2],
  [121.5, 31.3],
  [121.4, 31.3],
] as const;
const BOW_TIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]];
const width = fc.constantFrom(metres(20), metres(20), metres(0));
const place: fc.Arbitrary<RoadPlace> = fc.oneof(
  fc.record({
    kind: fc.constant('street' as const),
    name: fc.constantFrom('Ferry Street', 'ferry street', '渡口路'),
    within: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('polygon' as const),
    rings: fc.constantFrom(
      [SQUARE],
      [SQUARE],
      [BOW_TIE],
      [SQUARE.slice(0, 2)],
      [new Array(501).fill(SQUARE[0])],
    ),
  }),
  fc.record({
    kind: fc.constant('line' as const),
    points: fc.constantFrom(SQUARE, SQUARE.slice(0, 1)),
    width,
    direction: fc.constantFrom('both', 'along'),
  }),
  fc.record({
    kind: fc.constant('edges' as const),
    edges: fc.constant([{ way: 7, position: SQUARE[0] }]),
    direction: fc.constantFrom('both', 'against'),
  }),
);
const YEARS = 3 * 366 * 24 * 3600;
const conditionEnd = fc.option(fc.oneof({ weight: 9, arbitrary: moment }, fc.constant(t(YEARS))), {
  freq: 3,
});

const ANY: {
  readonly [Type in ResponseCommandType]: fc.Arbitrary<Extract<ResponseCommand, { type: Type }>>;
} = {
  ReceiveCall: fc.record({
    type: fc.constant('ReceiveCall'),
    callId,
    channel: fc.constantFrom(...CALL_CHANNELS),
    externalId: fc.constant(null),
    line: fc.constantFrom(null, '110'),
    callerNumber: fc.constantFrom(null, '1'),
    location: fc.option(location),
    ringAt: fc.option(moment),
  }),
  AnswerCall: fc.record({ type: fc.constant('AnswerCall'), callId }),
  DescribeCaller: fc.record({
    type: fc.constant('DescribeCaller'),
    callId,
    callerName: fc.constantFrom(null, 'Zhao', '赵'),
    callerNumber: fc.constantFrom(null, '2'),
  }),
  LocateCaller: fc.record({ type: fc.constant('LocateCaller'), callId, location }),
  LinkCall: fc.record({ type: fc.constant('LinkCall'), callId, incidentId }),
  UnlinkCall: fc.record({ type: fc.constant('UnlinkCall'), callId, reason }),
  EndCall: fc.record({ type: fc.constant('EndCall'), callId, outcome: fc.constantFrom(...CALL_OUTCOMES) }),
  OpenIncident: fc.record({
    type: fc.constant('OpenIncident'),
    incidentId,
    source: fc.constantFrom('call', 'self-initiated'),
    day,
    externalId: fc.constant(null),
    callId: fc.option(callId, { freq: 2 }),
    location: fc.option(location, { freq: 3 }),
    classification: fc.option(classification, { freq: 3 }),
    note: fc.constantFrom(null, 'a note'),
  }),
  LocateIncident: fc.record({ type: fc.constant('LocateIncident'), incidentId, location }),
  ClassifyIncident: fc.record({
    type: fc.constant('ClassifyIncident'),
    incidentId,
    typeCode: fc.constantFrom('ASSAULT', 'STABBING', 'LARCENY', 'NOSUCH'),
    priority: fc.constantFrom(null, 1, 3),
  }),
  RecordRecommendation: fc.record({
    type: fc.constant('RecordRecommendation'),
    incidentId,
    recommendation: fc.record({
      at: moment,
      alarmLevel: fc.constant(1),
      candidates: fc.array(
        fc.record({
          unitId,
          etaSeconds: fc.integer({ min: 0, max: 900 }).map(seconds),
          positionAgeSeconds: fc.constantFrom(null, seconds(4)),
          suggested: fc.boolean(),
          divertFrom: fc.option(incidentId),
        }),
        { maxLength: 2 },
      ),
      requirements: fc.constant([
        { capability: 'patrol', required: 2, assigned: 0, suggested: 1, lacking: 1 },
      ]),
      excluded: fc.constant({ 'off-duty': 1 }),
    }),
  }),
  RaiseAlarm: fc.record({
    type: fc.constant('RaiseAlarm'),
    incidentId,
    level: fc.integer({ min: 1, max: 4 }),
  }),
  AddNote: fc.record({ type: fc.constant('AddNote'), incidentId, text: fc.constantFrom('seen', '看见了') }),
  LinkIncidents: fc.record({
    type: fc.constant('LinkIncidents'),
    incidentId,
    otherId: incidentId,
    relation: fc.constantFrom(...LINK_RELATIONS),
  }),
  UnlinkIncidents: fc.record({ type: fc.constant('UnlinkIncidents'), incidentId, otherId: incidentId }),
  MergeIncident: fc.record({ type: fc.constant('MergeIncident'), incidentId, into: incidentId }),
  SplitIncident: fc.record({
    type: fc.constant('SplitIncident'),
    incidentId,
    newIncidentId: incidentId,
    day,
    callIds: fc.uniqueArray(callId, { maxLength: 1 }),
    assignmentIds: fc.uniqueArray(assignmentId, { maxLength: 1 }),
    reason,
  }),
  ResolveIncident: fc.record({ type: fc.constant('ResolveIncident'), incidentId }),
  RecordRecovery: fc.record({
    type: fc.constant('RecordRecovery'),
    incidentId,
    description: fc.constant('a bicycle'),
  }),
  SettleIncident: fc.record({ type: fc.constant('SettleIncident'), incidentId, citizenTold: fc.boolean() }),
  CancelIncident: fc.record({ type: fc.constant('CancelIncident'), incidentId, reason }),
  CloseIncident: fc.record({
    type: fc.constant('CloseIncident'),
    incidentId,
    disposition: fc.constantFrom('18', '14', 'no such'),
  }),
  ReopenIncident: fc.record({ type: fc.constant('ReopenIncident'), incidentId, reason }),
  DispatchUnits: fc.record({
    type: fc.constant('DispatchUnits'),
    incidentId,
    orders: fc.array(fc.record({ assignmentId, unitId, etaSeconds: fc.constantFrom(null, seconds(120.5)) }), {
      minLength: 1,
      maxLength: 2,
    }),
    whenCommitted: fc.constantFrom('refuse', 'preempt', 'stack'),
  }),
  DispatchProposed: fc.record({ type: fc.constant('DispatchProposed'), assignmentId }),
  ReportProgress: fc.record({
    type: fc.constant('ReportProgress'),
    assignmentId,
    stage: fc.constantFrom(...REPORTED_STAGES),
    happenedAt: fc.option(moment, { freq: 2 }),
  }),
  CorrectStamp: fc.record({
    type: fc.constant('CorrectStamp'),
    assignmentId,
    stage: fc.constantFrom(...PROGRESS_STAGES),
    to: moment,
    reason,
  }),
  CancelAssignment: fc.record({ type: fc.constant('CancelAssignment'), assignmentId, reason }),
  DeclineAssignment: fc.record({ type: fc.constant('DeclineAssignment'), assignmentId, reason }),
  ReviseEta: fc.record({
    type: fc.constant('ReviseEta'),
    assignmentId,
    etaSeconds: fc.constantFrom(null, seconds(90)),
  }),
  RegisterUnit: fc.record({ type: fc.constant('RegisterUnit'), unitId, ...description }),
  RetireUnit: fc.record({ type: fc.constant('RetireUnit'), unitId, reason }),
  BeginDuty: fc.record({ type: fc.constant('BeginDuty'), unitId, crew }),
  EndDuty: fc.record({ type: fc.constant('EndDuty'), unitId }),
  SetUnitStatus: fc.record({
    type: fc.constant('SetUnitStatus'),
    unitId,
    code: fc.constantFrom('AV', 'ML', 'OS', 'no such'),
  }),
  DeclareRoadCondition: fc.record({
    type: fc.constant('DeclareRoadCondition'),
    conditionId,
    effect: fc.oneof({ weight: 9, arbitrary: effect }, fc.constant({ kind: 'slowed' as const, factor: 1.5 })),
    place,
    matched: fc.constantFrom(null, 3, 3, 3, 0),
    from: fc.option(moment, { freq: 3 }),
    to: conditionEnd,
    source: fc.constant('police'),
    reason,
  }),
  AmendRoadCondition: fc.record({
    type: fc.constant('AmendRoadCondition'),
    conditionId,
    changes: fc.record({ effect, from: moment, to: conditionEnd, reason }, { requiredKeys: [] }),
  }),
  LiftRoadCondition: fc.record({ type: fc.constant('LiftRoadCondition'), conditionId, reason }),
  ExpireRoadCondition: fc.record({ type: fc.constant('ExpireRoadCondition'), conditionId }),
  RecordFromPaper: fc
    .record({
      incidentId,
      callId: fc.option(callId),
      day,
      began: moment,
      location,
      classification,
      notes: fc.array(fc.record({ at: moment, text: fc.constant('by hand') }), { maxLength: 2 }),
      orders: fc.array(fc.record({ assignmentId, unitId, cleared: fc.boolean() }), { maxLength: 2 }),
      closed: fc.boolean(),
    })
    .map(({ began, closed, orders, ...card }) => ({
      ...card,
      type: 'RecordFromPaper' as const,
      paperNumber: 'P-1',
      beganAt: began,
      ringAt: began,
      answeredAt: began,
      callerName: null,
      callerNumber: null,
      orders: orders.map(({ cleared, ...order }) => ({
        ...order,
        stamps: { dispatched: began, ...(cleared ? { cleared: began } : {}) },
      })),
      closed: closed ? { at: began, disposition: '18' } : null,
    })),
};

/** How often a command is drawn, once unless told: what starts and moves things comes more often than what ends them. */
const WEIGHTS: { readonly [Type in ResponseCommandType]?: number } = {
  ReceiveCall: 3,
  LinkCall: 2,
  OpenIncident: 5,
  DispatchUnits: 10,
  DispatchProposed: 5,
  ReportProgress: 14,
  CorrectStamp: 3,
  BeginDuty: 4,
  RegisterUnit: 2,
  SplitIncident: 3,
  MergeIncident: 2,
  ReopenIncident: 2,
  DeclareRoadCondition: 4,
  AmendRoadCondition: 2,
  ExpireRoadCondition: 2,
};

const weighted: { weight: number; arbitrary: fc.Arbitrary<ResponseCommand> }[] = [];
for (const type in ANY) {
  if (isCommandType(type)) weighted.push({ weight: WEIGHTS[type] ?? 1, arbitrary: ANY[type] });
}

function isCommandType(type: string): type is ResponseCommandType {
  return type in ANY;
}

export interface AnyStep {
  readonly command: ResponseCommand;
  readonly by: string;
  /** Seconds since the step before. */
  readonly pause: number;
  /** Whether the command is aimed at something that is there, and at which; see {@link aim}. */
  readonly target: number;
}

export const anyStep: fc.Arbitrary<AnyStep> = fc.record({
  command: fc.oneof(...weighted),
  by: fc.constantFrom(LI, WANG),
  pause: fc.constantFrom(0, 3, 20, 90),
  target: fc.nat({ max: 10_000 }),
});

/**
 * Most commands drawn blindly would miss: seven of eight are aimed at what is there, mostly at what is open, and make
 * new things under new names. The eighth stays as it was drawn.
 */
export function aim({ command, target }: AnyStep, board: ResponseBoard): ResponseCommand {
  if (target % 8 === 0) return command;
  const shot = Math.floor(target / 8);
  const nth = <Item>(items: readonly Item[], shift = 0): Item | undefined =>
    items[(shot + shift) % Math.max(1, items.length)];
  const openFirst = <Item extends { readonly id: string }>(
    items: Iterable<Item>,
    isOpen: (item: Item) => boolean,
    shift?: number,
  ): Item | undefined => {
    const all = [...items];
    const open = all.filter(isOpen);
    return nth(shot % 5 === 0 || open.length === 0 ? all : open, shift);
  };

  const call = openFirst(board.calls.values(), ({ endedAt }) => endedAt === null);
  const isOpen = ({ status }: Incident): boolean => status === 'open';
  const incident = openFirst(board.incidents.values(), isOpen);
  const other = openFirst(board.incidents.values(), isOpen, 1);
  const assignment = openFirst(board.assignments.values(), ({ endedAt }) => endedAt === null);
  const condition = openFirst(board.conditions.values(), ({ ended }) => ended === null);

  switch (command.type) {
    case 'ReceiveCall':
      return { ...command, callId: `c${board.calls.size + 1}` };
    case 'OpenIncident': {
      const waiting = nth([...board.calls.values()].filter(({ incidentId }) => incidentId === null));
      return {
        ...command,
        incidentId: `i${board.incidents.size + 1}`,
        callId: command.callId && (waiting?.id ?? null),
      };
    }
    case 'LinkIncidents':
      if (!incident || !other) return command;
      return { ...command, incidentId: incident.id, otherId: other.id };
    case 'UnlinkIncidents': {
      const linked = nth([...board.incidents.values()].filter(({ links }) => links.length > 0));
      const end = linked && nth(linked.links);
      return linked && end ? { ...command, incidentId: linked.id, otherId: end.incidentId } : command;
    }
    case 'MergeIncident':
      return incident && other ? { ...command, incidentId: incident.id, into: other.id } : command;
    case 'SplitIncident':
      if (!incident) return command;
      return {
        ...command,
        incidentId: incident.id,
        newIncidentId: `i${board.incidents.size + 1}`,
        callIds: board
          .callsOf(incident.id)
          .slice(0, 1)
          .map(({ id }) => id),
        assignmentIds: board
          .assignmentsOf(incident.id)
          .slice(-1)
          .map(({ id }) => id),
      };
    case 'ReopenIncident':
    case 'SettleIncident': {
      const over = nth([...board.incidents.values()].filter(({ status }) => status !== 'open'));
      return over ? { ...command, incidentId: over.id } : command;
    }
    case 'DispatchUnits':
      return {
        ...command,
        incidentId: incident?.id ?? command.incidentId,
        orders: command.orders.map((order, index) => ({
          ...order,
          assignmentId: `a${board.assignments.size + 1 + index}`,
        })),
      };
    case 'DeclareRoadCondition':
      return { ...command, conditionId: `r${board.conditions.size + 1}` };
    case 'LinkCall':
      return {
        ...command,
        callId: call?.id ?? command.callId,
        incidentId: incident?.id ?? command.incidentId,
      };
    default:
      if ('assignmentId' in command && assignment) return { ...command, assignmentId: assignment.id };
      if ('callId' in command && call) return { ...command, callId: call.id };
      if ('conditionId' in command && condition) return { ...command, conditionId: condition.id };
      if ('incidentId' in command && incident) return { ...command, incidentId: incident.id };
      return command;
  }
}
