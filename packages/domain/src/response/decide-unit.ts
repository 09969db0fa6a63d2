import { exhaustive, ok } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { UnitCommand } from './commands.js';
import { endAssignment } from './decide-assignment.js';
import type { Context, Decision } from './decision.js';
import { isActive, isEnded } from './entities.js';
import { refuse } from './refuse.js';

export function decideUnit(command: UnitCommand, state: ResponseState, context: Context): Decision {
  const { at, rules } = context;
  const id = command.unitId;
  const unit = state.findUnit(id);

  if (command.type === 'RegisterUnit') {
    const { callSign, unitType, capabilities, stationId, home, minimumCrew } = command;
    const description = { callSign, unitType, capabilities, stationId, home, minimumCrew };
    return ok([{ type: unit ? 'UnitDescribed' : 'UnitRegistered', id, at, ...description }]);
  }

  if (!unit) return refuse('unit-unknown', id);
  switch (command.type) {
    case 'RetireUnit':
      if (unit.retired) return ok([]);
      if (unit.duty !== null) return refuse('unit-on-duty', id);
      return ok([{ type: 'UnitRetired', id, at, reason: command.reason }]);

    case 'BeginDuty':
      if (unit.retired) return refuse('unit-retired', id);
      // A device that signs on again must not wipe out the status that the crew has set meanwhile.
      if (unit.duty && isSameCrew(unit.duty.crew, command.crew)) return ok([]);
      return ok([{ type: 'DutyBegun', id, at, crew: command.crew }]);

    case 'EndDuty': {
      if (unit.duty === null) return ok([]);
      const stack = state.stackOf(id);
      if (stack.some(isActive)) return refuse('assignments-active', id);
      return ok([
        ...stack
          .filter((assignment) => !isEnded(assignment))
          .map((proposed) => endAssignment(proposed, 'cancelled', 'duty-ended', context)),
        { type: 'DutyEnded', id, at },
      ]);
    }

    case 'SetUnitStatus':
      if (unit.duty === null) return refuse('unit-off-duty', id);
      if (rules.effectOf(command.code) === undefined) return refuse('status-unknown', command.code);
      if (unit.status?.code === command.code) return ok([]);
      return ok([{ type: 'UnitStatusSet', id, at, code: command.code }]);

    default:
      return exhaustive(command);
  }
}

const isSameCrew = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((member) => b.includes(member)) && b.every((member) => a.includes(member));
