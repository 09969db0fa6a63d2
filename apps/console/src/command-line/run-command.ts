import { seconds } from '@lamplight/base';
import { type Api, type BoardState, type DeskCommand, isActive } from '@lamplight/ui';
import type { Desk } from '../desk/desk.js';
import type { Timers } from '../timers/use-timers.js';
import { divertedBy } from './wording.js';

export interface CommandDesk {
  readonly api: Api;
  readonly desk: Desk;
  readonly board: BoardState;
  readonly timers: Timers;
  /** Shows what a search found. */
  find(text: string): Promise<void>;
  help(about: Extract<DeskCommand, { verb: 'help' }>['about']): void;
}

/** What came of a command: whom it was refused for, and why. Empty when all of it was done. */
export type Refusals = readonly { readonly unitId: string | null; readonly error: unknown }[];

/** What a command cannot be carried out for, besides what the server refuses. */
export class NothingToDo extends Error {
  readonly why: 'no-suggestion' | 'no-type' | 'not-allowed';

  constructor(why: NothingToDo['why']) {
    super(why);
    this.why = why;
  }
}

/**
 * Carries a command out. One order for several units is one command to the server, with one stamp; reports and changes
 * of single units are one each, so that a refusal of one does not hold back the others. `key` is that of the line: the
 * same line sent again after a lost answer does nothing twice.
 */
export async function runCommand(command: DeskCommand, key: string, with_: CommandDesk): Promise<Refusals> {
  const { api, desk, board, timers } = with_;
  const { powers } = desk;
  if (NEEDS_DISPATCH.has(command.verb) && !powers.dispatch) throw new NothingToDo('not-allowed');
  if (NEEDS_INTAKE.has(command.verb) && !powers.takeCalls) throw new NothingToDo('not-allowed');
  switch (command.verb) {
    case 'dispatch':
      return command.unitIds.length === 0
        ? dispatchSuggested(command.incidentId, key, api)
        : one(
            api.dispatch(
              key,
              command.incidentId,
              command.unitIds,
              divertedBy(command, board).length > 0 ? 'preempt' : 'refuse',
            ),
          );
    case 'transfer':
      return transfer(command, key, with_);
    case 'recall':
      return each(command.unitIds, (unitId) =>
        api.cancelAssignment(`${key}.${unitId}`, orderOf(unitId, board), command.reason),
      );
    case 'progress':
      return each(command.unitIds, (unitId) =>
        api.reportProgress(`${key}.${unitId}`, orderOf(unitId, board), command.stage),
      );
    case 'status':
      return each(command.unitIds, (unitId) => api.setUnitStatus(`${key}.${unitId}`, unitId, command.code));
    case 'note':
      return one(api.addNote(key, command.incidentId, command.text));
    case 'cancel':
      return one(api.cancelIncident(key, command.incidentId, command.reason));
    case 'type':
      return one(api.classify(key, command.incidentId, command.typeCode, null));
    case 'priority': {
      const typeCode = board.incidents.get(command.incidentId)?.typeCode;
      if (typeCode == null) throw new NothingToDo('no-type');
      return one(api.classify(key, command.incidentId, typeCode, command.priority));
    }
    case 'alarm': {
      const next = (board.incidents.get(command.incidentId)?.alarmLevel ?? 1) + 1;
      return one(api.raiseAlarm(key, command.incidentId, command.level ?? next));
    }
    case 'link':
      return one(api.linkIncidents(key, command.incidentId, command.otherId, 'related'));
    case 'merge':
      return one(api.mergeIncident(key, command.incidentId, command.otherId));
    case 'close':
      return one(api.close(key, command.incidentId, { disposition: command.disposition }));
    case 'timer':
      timers.add({
        delay: seconds(command.seconds),
        label: command.text,
        incidentId: desk.store.getState().incidentId,
      });
      return [];
    case 'find':
      await with_.find(command.text);
      return [];
    case 'open':
      desk.openIncident(command.incidentId);
      return [];
    case 'show': {
      const [first] = command.unitIds;
      if (first !== undefined) desk.selectUnit(first);
      desk.setArea('map');
      return [];
    }
    case 'go':
      desk.goTo(command.panel);
      return [];
    case 'call':
      desk.newCall();
      return [];
    case 'help':
      with_.help(command.about);
      return [];
  }
}

const NEEDS_DISPATCH: ReadonlySet<DeskCommand['verb']> = new Set<DeskCommand['verb']>([
  'dispatch',
  'transfer',
  'recall',
  'progress',
  'status',
  'cancel',
  'alarm',
  'merge',
  'close',
]);
const NEEDS_INTAKE: ReadonlySet<DeskCommand['verb']> = new Set<DeskCommand['verb']>([
  'note',
  'type',
  'priority',
  'link',
  'call',
]);

/** Sends what is suggested at this moment. */
async function dispatchSuggested(incidentId: string, key: string, api: Api): Promise<Refusals> {
  const { candidates } = await api.recommendation(incidentId);
  const suggested = candidates.filter((candidate) => candidate.suggested);
  if (suggested.length === 0) throw new NothingToDo('no-suggestion');
  const diverts = suggested.some(({ divertFrom }) => divertFrom !== null);
  return one(
    api.dispatch(
      key,
      incidentId,
      suggested.map(({ unitId }) => unitId),
      diverts ? 'preempt' : 'refuse',
    ),
  );
}

/** Whatever its priority, the other work is given up: that is what the word says, and it is asked for twice. */
async function transfer(
  command: Extract<DeskCommand, { verb: 'transfer' }>,
  key: string,
  { api, board }: CommandDesk,
): Promise<Refusals> {
  const number = board.incidents.get(command.incidentId)?.number ?? command.incidentId;
  for (const unitId of divertedBy(command, board)) {
    await api.cancelAssignment(`${key}.off.${unitId}`, orderOf(unitId, board), `→ ${number}`);
  }
  return one(api.dispatch(key, command.incidentId, command.unitIds, 'refuse'));
}

/** The order a unit is working; the unit itself where it has none, which the server refuses in words. */
function orderOf(unitId: string, board: BoardState): string {
  for (const assignment of board.assignments.values()) {
    if (assignment.unitId === unitId && isActive(assignment)) return assignment.id;
  }
  return `none-of-${unitId}`;
}

async function one(sent: Promise<unknown>): Promise<Refusals> {
  await sent;
  return [];
}

async function each(
  unitIds: readonly string[],
  send: (unitId: string) => Promise<unknown>,
): Promise<Refusals> {
  const outcomes = await Promise.allSettled(unitIds.map(send));
  const refusals = outcomes.flatMap((outcome, index) => {
    const unitId = unitIds[index];
    return outcome.status === 'rejected' && unitId !== undefined ? [{ unitId, error: outcome.reason }] : [];
  });
  const [only] = refusals;
  if (only && unitIds.length === 1) throw only.error;
  return refusals;
}
