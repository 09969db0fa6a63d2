import { exhaustive, instant, ok } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { CallCommand } from './commands.js';
import type { Context, Decision } from './decision.js';
import { refineLocation } from './entities.js';
import { refuse } from './refuse.js';

export function decideCall(command: CallCommand, state: ResponseState, { at, by }: Context): Decision {
  const id = command.callId;
  const call = state.findCall(id);

  if (command.type === 'ReceiveCall') {
    if (call) return refuse('call-already-known', id);
    const { channel, externalId, line, callerNumber, location, ringAt } = command;
    const rang = instant(Math.min(ringAt ?? at, at));
    return ok([{ type: 'CallReceived', id, at: rang, channel, externalId, line, callerNumber, location }]);
  }

  if (!call) return refuse('call-unknown', id);
  switch (command.type) {
    case 'AnswerCall':
      if (call.answeredAt !== null) {
        return call.answeredBy === by ? ok([]) : refuse('call-already-answered', id);
      }
      if (call.endedAt !== null) return refuse('call-ended', id);
      return ok([{ type: 'CallAnswered', id, at, by }]);

    case 'DescribeCaller': {
      const { callerName, callerNumber } = command;
      return ok([{ type: 'CallerDescribed', id, at, callerName, callerNumber }]);
    }

    case 'LocateCaller':
      return ok([
        { type: 'CallerLocated', id, at, location: refineLocation(command.location, call.location) },
      ]);

    case 'LinkCall': {
      const incident = state.findIncident(command.incidentId);
      if (!incident) return refuse('incident-unknown', command.incidentId);
      if (incident.status !== 'open') return refuse('incident-not-open', incident.id);
      if (call.incidentId === incident.id) return ok([]);
      if (call.incidentId !== null) return refuse('call-already-linked', id);
      return ok([{ type: 'CallLinked', id, at, incidentId: incident.id }]);
    }

    case 'UnlinkCall':
      if (call.incidentId === null) return refuse('call-not-linked', id);
      return ok([{ type: 'CallUnlinked', id, at, reason: command.reason }]);

    case 'EndCall':
      if (call.endedAt !== null) {
        return call.outcome === command.outcome ? ok([]) : refuse('call-ended', id);
      }
      return ok([{ type: 'CallEnded', id, at, outcome: command.outcome }]);

    default:
      return exhaustive(command);
  }
}
