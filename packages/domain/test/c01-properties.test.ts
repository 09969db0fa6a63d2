import { responseEventSchema } from '@lamplight/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Context,
  type Decision,
  decide,
  ENTITY_OF_EVENT,
  type Entity,
  REFUSAL_CODES,
  ResponseBoard,
  type ResponseCommand,
  type ResponseCommandType,
  type ResponseEvent,
  type ResponseState,
  SHIPPED_RULES,
  touchedBy,
} from '../src/index.js';
import { type AnyStep, aim, anyStep } from './support/any-command.js';
import { deepFreeze } from './support/freeze.js';
import { INVARIANTS, TRANSITION_RULES } from './support/invariants.js';
import { LI, t } from './support/scenario.js';
import { onDuty } from './support/wording.js';

const RUNS = { seed: 20260131, numRuns: 400 };

/** A shift: sixty commands of any kind, by two people, some at the same moment. */
const shift: fc.Arbitrary<readonly AnyStep[]> = fc.array(anyStep, {
  minLength: 60,
  maxLength: 60,
  size: 'max',
});
const MUSTER: readonly AnyStep[] = onDuty('u1', 'u2').map(([, command]) => ({
  command,
  by: LI,
  pause: 0,
  target: 0,
}));

interface Taken {
  readonly command: ResponseCommand;
  readonly context: Context;
  readonly decision: Decision;
  /** As it is after the step. */
  readonly board: ResponseBoard;
}
type Change = (before: Entity | undefined, event: ResponseEvent, after: Entity) => void;

/** Plays the steps on a board with two units on duty; `look` sees each step, `change` each event. */
function play(
  steps: readonly AnyStep[],
  { look, change }: { readonly look?: (taken: Taken) => void; readonly change?: Change },
): { readonly board: ResponseBoard; readonly log: readonly ResponseEvent[] } {
  const board = new ResponseBoard();
  const log: ResponseEvent[] = [];
  let second = 0;
  for (const step of [...MUSTER, ...steps]) {
    second += step.pause;
    const context = { at: t(second), by: step.by, rules: SHIPPED_RULES };
    const command = aim(step, board);
    const decision = decide(command, board, context);
    for (const event of decision.ok ? decision.value : []) {
      const before = find(board, event);
      change?.(before, event, board.apply(event));
      if (!change) board.apply(event);
      log.push(event);
    }
    look?.({ command, context, decision, board });
  }
  return { board, log };
}

function find(board: ResponseBoard, { type, id }: ResponseEvent): Entity | undefined {
  const kind = ENTITY_OF_EVENT[type];
  if (kind === 'call') return some(board.calls.get(id), (entity) => ({ kind, entity }));
  if (kind === 'incident') return some(board.incidents.get(id), (entity) => ({ kind, entity }));
  if (kind === 'unit') return some(board.units.get(id), (entity) => ({ kind, entity }));
  if (kind === 'condition') return some(board.conditions.get(id), (entity) => ({ kind, entity }));
  return some(board.assignments.get(id), (entity) => ({ kind, entity }));
}

const some = <From, To>(value: From | undefined, wrap: (value: From) => To): To | undefined =>
  value === undefined ? undefined : wrap(value);

/** Everything that a board knows, in an order that does not depend on how it came about. */
function contentsOf(board: ResponseBoard): unknown {
  const byId = <Value>(entities: ReadonlyMap<string, Value>) =>
    Object.fromEntries([...entities].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    calls: byId(board.calls),
    incidents: byId(board.incidents),
    units: byId(board.units),
    assignments: byId(board.assignments),
    conditions: byId(board.conditions),
    stacks: [...board.units.keys()].sort().map((id) => board.stackOf(id).map((assignment) => assignment.id)),
    numbers: ['20260131', '20260201'].map((day) => board.highestNumber(day)),
  };
}

test('no sequence of commands leads to an impossible state', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      play(steps, {
        look({ board }) {
          const wrong = Object.entries(INVARIANTS).flatMap(([name, invariant]) =>
            invariant(board).map((what) => `${name}: ${what}`),
          );
          expect(wrong).toEqual([]);
        },
      });
    }),
    RUNS,
  );
});

test('no event does to its entity what it may not', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      play(steps, {
        change(before, event, after) {
          const wrong = Object.entries(TRANSITION_RULES).flatMap(([name, rule]) =>
            rule(before, event, after).map((what) => `${name}: ${what}`),
          );
          expect(wrong).toEqual([]);
        },
      });
    }),
    RUNS,
  );
});

test('folding the log, as it is written and read back, gives the state that was live', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      const { board, log } = play(steps, {});
      const written = log.map((event) => JSON.stringify(z.encode(responseEventSchema, event)));
      const folded = new ResponseBoard();
      for (const line of written) folded.apply(responseEventSchema.parse(JSON.parse(line)));
      expect(contentsOf(folded)).toEqual(contentsOf(board));
    }),
    RUNS,
  );
});

test('a board that starts from saved entities goes on as the one that was there all the time', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      const { board } = play(steps, {});
      const started = new ResponseBoard();
      for (const entity of board.assignments.values()) started.put({ kind: 'assignment', entity });
      for (const entity of board.calls.values()) started.put({ kind: 'call', entity });
      for (const entity of board.incidents.values()) started.put({ kind: 'incident', entity });
      for (const entity of board.units.values()) started.put({ kind: 'unit', entity });
      for (const entity of board.conditions.values()) started.put({ kind: 'condition', entity });
      expect(contentsOf(started)).toEqual(contentsOf(board));
    }),
    RUNS,
  );
});

test('deciding is pure: it changes nothing that it is given, and decides alike when asked again', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      const board = new ResponseBoard();
      let second = 0;
      for (const step of [...MUSTER, ...steps]) {
        second += step.pause;
        const context = { at: t(second), by: step.by, rules: SHIPPED_RULES };
        const command = deepFreeze(aim(step, board));
        const first = decide(command, readOnly(board), context);
        expect(decide(command, readOnly(board), context)).toEqual(first);
        for (const event of first.ok ? first.value : []) deepFreeze(board.apply(deepFreeze(event)));
      }
    }),
    RUNS,
  );
});

/** The board without any way to change it. */
function readOnly(board: ResponseBoard): ResponseState {
  return Object.freeze({
    findCall: (id: string) => board.findCall(id),
    findIncident: (id: string) => board.findIncident(id),
    findUnit: (id: string) => board.findUnit(id),
    findAssignment: (id: string) => board.findAssignment(id),
    findCondition: (id: string) => board.findCondition(id),
    listConditions: () => Object.freeze(board.listConditions()),
    callsOf: (id: string) => Object.freeze(board.callsOf(id)),
    assignmentsOf: (id: string) => Object.freeze(board.assignmentsOf(id)),
    stackOf: (id: string) => Object.freeze(board.stackOf(id)),
    highestNumber: (day: string) => board.highestNumber(day),
  });
}

/**
 * What becomes of a command that took effect and is given again at once: nothing follows, it is refused, or it is
 * said and recorded once more, as a second note is.
 */
const AGAIN: { readonly [Type in ResponseCommandType]: 'nothing' | 'refused' | 'recorded' } = {
  ReceiveCall: 'refused',
  AnswerCall: 'nothing',
  DescribeCaller: 'recorded',
  LocateCaller: 'recorded',
  LinkCall: 'nothing',
  UnlinkCall: 'refused',
  EndCall: 'nothing',
  OpenIncident: 'refused',
  LocateIncident: 'recorded',
  ClassifyIncident: 'recorded',
  RecordRecommendation: 'recorded',
  RaiseAlarm: 'refused',
  AddNote: 'recorded',
  LinkIncidents: 'nothing',
  UnlinkIncidents: 'refused',
  MergeIncident: 'refused',
  SplitIncident: 'refused',
  ResolveIncident: 'nothing',
  RecordRecovery: 'recorded',
  SettleIncident: 'recorded',
  CancelIncident: 'refused',
  CloseIncident: 'refused',
  ReopenIncident: 'nothing',
  DispatchUnits: 'refused',
  DispatchProposed: 'refused',
  ReportProgress: 'nothing',
  CorrectStamp: 'nothing',
  CancelAssignment: 'refused',
  DeclineAssignment: 'refused',
  ReviseEta: 'recorded',
  RegisterUnit: 'recorded',
  RetireUnit: 'nothing',
  BeginDuty: 'nothing',
  EndDuty: 'nothing',
  SetUnitStatus: 'nothing',
  DeclareRoadCondition: 'refused',
  AmendRoadCondition: 'nothing',
  LiftRoadCondition: 'nothing',
  ExpireRoadCondition: 'nothing',
  RecordFromPaper: 'refused',
};

test('the same command twice has one effect, for every command that has one', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      play(steps, {
        look({ command, context, decision, board }) {
          if (!decision.ok || decision.value.length === 0) return;
          const again = decide(command, board, context);
          const outcome = again.ok ? (again.value.length === 0 ? 'nothing' : 'recorded') : 'refused';
          expect([command.type, outcome]).toEqual([command.type, AGAIN[command.type]]);
          // What is recorded once more moves no stamp, opens nothing and sends nobody.
          if (outcome === 'recorded' && again.ok) {
            expect(again.value).toHaveLength(1);
            const [event] = again.value;
            const before = event && find(board, event);
            const after = event && board.apply(event);
            expect(before && { ...before.entity, version: 0, notes: 0 }).toEqual(
              after && { ...after.entity, version: 0, notes: 0 },
            );
          }
        },
      });
    }),
    RUNS,
  );
});

test('a command decides on nothing but what it names and what shares an incident or a unit with that', () => {
  fc.assert(
    fc.property(shift, (steps) => {
      const board = new ResponseBoard();
      let second = 0;
      for (const step of [...MUSTER, ...steps]) {
        second += step.pause;
        const context = { at: t(second), by: step.by, rules: SHIPPED_RULES };
        const command = aim(step, board);
        const all = decide(command, board, context);
        expect(decide(command, workingSet(board, touchedBy(command)), context)).toEqual(all);
        for (const event of all.ok ? all.value : []) board.apply(event);
      }
    }),
    { ...RUNS, numRuns: 100 },
  );
});

/** What a server keeps in memory: what is open, and of what is over only the incidents that are named, as a whole. */
function workingSet(board: ResponseBoard, named: readonly string[]): ResponseBoard {
  const roots = new Set(
    named.map((id) => board.findCall(id)?.incidentId ?? board.findAssignment(id)?.incidentId ?? id),
  );
  const kept = new ResponseBoard();
  for (const incident of board.incidents.values()) kept.put({ kind: 'incident', entity: incident });
  for (const entity of board.units.values()) {
    if (!entity.retired || named.includes(entity.id)) kept.put({ kind: 'unit', entity });
  }
  for (const entity of board.calls.values()) kept.put({ kind: 'call', entity });
  for (const entity of board.conditions.values()) {
    if (entity.ended === null || named.includes(entity.id)) kept.put({ kind: 'condition', entity });
  }
  for (const entity of board.assignments.values()) kept.put({ kind: 'assignment', entity });
  for (const incident of board.incidents.values()) {
    if (incident.status !== 'open' && !roots.has(incident.id)) kept.forget(incident.id);
  }
  return kept;
}

describe('the commands that are drawn', () => {
  test('lead to every kind of event and to nearly every refusal, or the properties above would say little', () => {
    const events = new Set<string>();
    const refusals = new Set<string>();
    let accepted = 0;
    let commands = 0;
    fc.assert(
      fc.property(shift, (steps) => {
        play(steps, {
          look({ decision }) {
            commands += 1;
            if (!decision.ok) refusals.add(decision.error.code);
            else {
              accepted += 1;
              for (const { type } of decision.value) events.add(type);
            }
          },
        });
      }),
      RUNS,
    );
    expect([...events].sort()).toEqual(Object.keys(ENTITY_OF_EVENT).sort());
    expect(REFUSAL_CODES.filter((code) => !refusals.has(code))).toEqual(['incident-changed']);
    expect(accepted / commands).toBeGreaterThan(0.3);
  });
});
