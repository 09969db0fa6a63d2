import { instant, metres } from '@lamplight/base';
import { LIVE_PROTOCOL_VERSION, type ServerMessage } from '@lamplight/contracts';
import type { Assignment, Call, Incident, RoadCondition, Unit } from '@lamplight/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoardState, emptyBoard, reduceBoard, serverTimeAt } from '../src/board-state.js';
import { BoardStore } from '../src/board-store.js';
import { aCall, aCondition, aFix, anAssignment, anIncident, aUnit } from './fixtures/entities.js';

const SEED = { seed: 20260131, numRuns: 200 };
type Change = Extract<ServerMessage, { type: 'change' }>;

const reset = (
  position: number,
  part: Partial<Extract<ServerMessage, { type: 'reset' }>> = {},
): ServerMessage => ({
  type: 'reset',
  position,
  calls: [],
  incidents: [],
  units: [],
  assignments: [],
  conditions: [],
  fixes: [],
  ...part,
});
const change = (position: number, part: Partial<Change> = {}): Change => ({
  type: 'change',
  position,
  calls: [],
  incidents: [],
  units: [],
  assignments: [],
  conditions: [],
  causes: [],
  ...part,
});
const hello = (epoch = 'log-1'): ServerMessage => ({
  type: 'hello',
  protocol: LIVE_PROTOCOL_VERSION,
  epoch,
  now: instant(1000),
});
const board = (...messages: readonly ServerMessage[]): BoardState =>
  reduceBoard(
    emptyBoard,
    messages.map((message) => ({ message, local: 0 })),
  );

const person = { account: 'a', name: 'Ann', incidentId: 'incident', doing: 'viewing' } as const;

describe('who is where', () => {
  it('is replaced as a whole, and touches nothing else of the board', () => {
    const before = board(hello(), reset(1));
    const after = reduceBoard(before, [{ message: { type: 'presence', people: [person] }, local: 0 }]);
    expect(after.people).toEqual([person]);
    expect(after.incidents).toBe(before.incidents);
    expect(after.position).toBe(before.position);
    const gone = reduceBoard(after, [{ message: { type: 'presence', people: [] }, local: 0 }]);
    expect(gone.people).toEqual([]);
  });

  it('is forgotten with the line: the next hello begins with nobody', () => {
    const before = board(hello(), reset(1), { type: 'presence', people: [person] });
    expect(reduceBoard(before, [{ message: hello(), local: 0 }]).people).toEqual([]);
  });
});

/** A log of changes: each touches a few of a handful of entities, whose versions grow. */
const changeStream: fc.Arbitrary<Change[]> = fc
  .array(
    fc.array(
      fc.record({
        kind: fc.constantFrom('call', 'incident', 'unit', 'assignment', 'condition'),
        n: fc.nat(3),
      }),
      {
        maxLength: 4,
      },
    ),
    {
      maxLength: 25,
    },
  )
  .map((log) => {
    const versions = new Map<string, number>();
    return log.map((touches, index) => {
      const calls: Call[] = [];
      const incidents: Incident[] = [];
      const units: Unit[] = [];
      const assignments: Assignment[] = [];
      const conditions: RoadCondition[] = [];
      const touched = new Set<string>();
      for (const { kind, n } of touches) {
        const id = `${kind}-${n}`;
        if (touched.has(id)) continue;
        touched.add(id);
        const version = (versions.get(id) ?? 0) + 1;
        versions.set(id, version);
        if (kind === 'call') calls.push(aCall({ id, version }));
        else if (kind === 'incident') incidents.push(anIncident({ id, version }));
        else if (kind === 'unit') units.push(aUnit({ id, version }));
        else if (kind === 'assignment') assignments.push(anAssignment({ id, version }));
        else conditions.push(aCondition({ id, version }));
      }
      return change(index + 1, { calls, incidents, units, assignments, conditions });
    });
  });

describe('the board', () => {
  it('is the same however a stream of changes is split into batches and whatever comes twice', () => {
    const split = fc.record({
      stream: changeStream,
      cuts: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      again: fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(split, ({ stream, cuts, again }) => {
        const whole = board(hello(), reset(0), ...stream);
        let state = board(hello(), reset(0));
        let batch: ServerMessage[] = [];
        stream.forEach((message, index) => {
          // Some of what came before comes again, as after a line that broke in the middle.
          const back = again[index] ?? 0;
          batch.push(...stream.slice(Math.max(0, index - back), index), message);
          if (cuts[index]) {
            state = reduceBoard(
              state,
              batch.map((each) => ({ message: each, local: 0 })),
            );
            batch = [];
          }
        });
        state = reduceBoard(
          state,
          batch.map((each) => ({ message: each, local: 0 })),
        );
        expect(state).toEqual(whole);
      }),
      SEED,
    );
  });

  it('taken up by a reset in the middle of a stream is the one that saw the whole stream', () => {
    fc.assert(
      fc.property(changeStream, fc.nat(25), (stream, at) => {
        const whole = board(hello(), reset(0), ...stream);
        const seen = board(hello(), reset(0), ...stream.slice(0, at));
        const { calls, incidents, units, assignments, conditions } = seen;
        const snapshot = reset(Math.min(at, stream.length), {
          calls: [...calls.values()],
          incidents: [...incidents.values()],
          units: [...units.values()],
          assignments: [...assignments.values()],
          conditions: [...conditions.values()],
        });
        expect(board(hello(), snapshot, ...stream)).toEqual(whole);
      }),
      SEED,
    );
  });

  it('keeps the maps that nothing touched, so that what shows them need not be drawn again', () => {
    const before = board(
      hello(),
      reset(5, { units: [aUnit({ id: 'u' })], incidents: [anIncident({ id: 'i' })] }),
    );
    const after = reduceBoard(before, [
      { message: change(6, { incidents: [anIncident({ id: 'i', version: 2 })] }), local: 0 },
    ]);
    expect(after.units).toBe(before.units);
    expect(after.calls).toBe(before.calls);
    expect(after.incidents).not.toBe(before.incidents);
    expect(before.incidents.get('i')?.version).toBe(1);
  });

  it('copies a map once for a batch of many changes', () => {
    const units = Array.from({ length: 10_000 }, (_, n) => aUnit({ id: `u${n}` }));
    const before = board(hello(), reset(0, { units }));
    const arrivals = units.slice(0, 5000).map((unit, n) => ({
      message: change(n + 1, { units: [{ ...unit, version: 2 }] }),
      local: 0,
    }));
    const after = reduceBoard(before, arrivals);
    expect([...after.units.values()].filter(({ version }) => version === 2)).toHaveLength(5000);
    expect(before.units.get('u0')?.version).toBe(1);
  });

  it('forgets everything when the server has another log', () => {
    const before = board(hello('log-1'), reset(90, { units: [aUnit({ id: 'u' })] }));
    const after = reduceBoard(before, [{ message: hello('log-2'), local: 0 }]);
    expect(after).toMatchObject({ epoch: 'log-2', position: -1 });
    expect(after.units.size).toBe(0);
  });

  it('keeps the later of two positions of a unit, whichever comes first', () => {
    const early = aFix({ unitId: 'u', receivedAt: instant(1000), position: [1, 1], accuracy: metres(5) });
    const late = aFix({ unitId: 'u', receivedAt: instant(2000), position: [2, 2], accuracy: metres(5) });
    for (const fixes of [
      [early, late],
      [late, early],
    ]) {
      const state = board(
        hello(),
        reset(0),
        ...fixes.map((fix): ServerMessage => ({ type: 'positions', fixes: [fix] })),
      );
      expect(state.fixes.get('u')?.position).toEqual([2, 2]);
    }
  });
});

describe('the server’s time', () => {
  it('goes on at the server’s pace between messages', () => {
    const clock = { server: instant(1_000_000), local: 500 };
    expect(serverTimeAt(clock, 2500, 1)).toBe(1_002_000);
    expect(serverTimeAt(clock, 2500, 10)).toBe(1_020_000);
  });
});

describe('the store', () => {
  it('tells its listeners once for all that came in between two frames', () => {
    const frames: (() => void)[] = [];
    const store = new BoardStore({ schedule: (flush) => frames.push(flush), now: () => 7 });
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.take(hello());
    store.take(reset(3));
    store.take(change(4));
    expect(frames).toHaveLength(1);
    expect(store.getSnapshot().board.position).toBe(-1);
    frames[0]?.();
    expect(told).toBe(1);
    expect(store.getSnapshot()).toMatchObject({ heardAt: 7, board: { position: 4 } });
  });

  it('asks to go on from where the board stands, counting what has not been drawn yet', () => {
    const store = new BoardStore({ schedule: () => undefined, now: () => 0 });
    expect(store.since()).toBeNull();
    store.take(hello());
    store.take(reset(41));
    expect(store.since()).toEqual({ epoch: 'log-1', position: 41 });
  });
});
