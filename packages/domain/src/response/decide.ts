import { exhaustive } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { ResponseCommand } from './commands.js';
import { decideAssignment } from './decide-assignment.js';
import { decideCall } from './decide-call.js';
import { decideCondition } from './decide-condition.js';
import { decideIncident } from './decide-incident.js';
import { decidePaper } from './decide-paper.js';
import { decideUnit } from './decide-unit.js';
import type { Context, Decision } from './decision.js';

/**
 * What follows from a command, given the state it finds: events, or the reason why not. Nothing else is read and
 * nothing is changed. No events at all means that what was asked for is so already.
 */
export function decide(command: ResponseCommand, state: ResponseState, context: Context): Decision {
  switch (command.type) {
    case 'ReceiveCall':
    case 'AnswerCall':
    case 'DescribeCaller':
    case 'LocateCaller':
    case 'LinkCall':
    case 'UnlinkCall':
    case 'EndCall':
      return decideCall(command, state, context);
    case 'OpenIncident':
    case 'LocateIncident':
    case 'ClassifyIncident':
    case 'RecordRecommendation':
    case 'RaiseAlarm':
    case 'AddNote':
    case 'LinkIncidents':
    case 'UnlinkIncidents':
    case 'MergeIncident':
    case 'SplitIncident':
    case 'ResolveIncident':
    case 'RecordRecovery':
    case 'SettleIncident':
    case 'CancelIncident':
    case 'CloseIncident':
    case 'ReopenIncident':
      return decideIncident(command, state, context);
    case 'DispatchUnits':
    case 'DispatchProposed':
    case 'ReportProgress':
    case 'CorrectStamp':
    case 'CancelAssignment':
    case 'DeclineAssignment':
    case 'ReviseEta':
      return decideAssignment(command, state, context);
    case 'RegisterUnit':
    case 'RetireUnit':
    case 'BeginDuty':
    case 'EndDuty':
    case 'SetUnitStatus':
      return decideUnit(command, state, context);
    case 'DeclareRoadCondition':
    case 'AmendRoadCondition':
    case 'LiftRoadCondition':
    case 'ExpireRoadCondition':
      return decideCondition(command, state, context);
    case 'RecordFromPaper':
      return decidePaper(command, state, context);
    default:
      return exhaustive(command);
  }
}

/** The entities a command names, so that closed ones can be fetched before it is decided. */
export function touchedBy(command: ResponseCommand): readonly string[] {
  switch (command.type) {
    case 'ReceiveCall':
    case 'AnswerCall':
    case 'DescribeCaller':
    case 'LocateCaller':
    case 'UnlinkCall':
    case 'EndCall':
      return [command.callId];
    case 'LinkCall':
      return [command.callId, command.incidentId];
    case 'OpenIncident':
      return command.callId === null ? [command.incidentId] : [command.incidentId, command.callId];
    case 'LinkIncidents':
    case 'UnlinkIncidents':
      return [command.incidentId, command.otherId];
    case 'MergeIncident':
      return [command.incidentId, command.into];
    case 'SplitIncident':
      return [command.incidentId, command.newIncidentId];
    case 'LocateIncident':
    case 'ClassifyIncident':
    case 'RecordRecommendation':
    case 'RaiseAlarm':
    case 'AddNote':
    case 'ResolveIncident':
    case 'RecordRecovery':
    case 'SettleIncident':
    case 'CancelIncident':
    case 'CloseIncident':
    case 'ReopenIncident':
      return [command.incidentId];
    case 'DispatchUnits':
      return [
        command.incidentId,
        ...command.orders.flatMap(({ assignmentId, unitId }) => [assignmentId, unitId]),
      ];
    case 'DispatchProposed':
    case 'ReportProgress':
    case 'CorrectStamp':
    case 'CancelAssignment':
    case 'DeclineAssignment':
    case 'ReviseEta':
      return [command.assignmentId];
    case 'RegisterUnit':
    case 'RetireUnit':
    case 'BeginDuty':
    case 'EndDuty':
    case 'SetUnitStatus':
      return [command.unitId];
    case 'DeclareRoadCondition':
    case 'AmendRoadCondition':
    case 'LiftRoadCondition':
    case 'ExpireRoadCondition':
      return [command.conditionId];
    case 'RecordFromPaper':
      return [
        command.incidentId,
        ...(command.callId === null ? [] : [command.callId]),
        ...command.orders.flatMap(({ assignmentId, unitId }) => [assignmentId, unitId]),
      ];
    default:
      return exhaustive(command);
  }
}
