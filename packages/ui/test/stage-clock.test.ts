import { instant, seconds } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepEntries, queueOf } from '../src/board-selectors.js';
import { emptyBoard } from '../src/board-state.js';
import { readStageClock, type StageTargets, stageClockOf } from '../src/stage-clock.js';
import { aCall, anAssignment, anIncident } from './fixtures/entities.js';

const target = (interval: string, scope: string, limit: number) => ({
  interval,
  scope,
  percentile: 90,
  seconds: seconds(limit),
});
const TARGETS: StageTargets = {
  targets: [
    target('alarmProcessing', 'any', 60),
    target('turnout', 'medical', 60),
    target('response', 'city', 300),
    target('alarmAnswering', 'any', 15),
    target('alarmAnswering', 'any', 10),
  ],
  familyOf: (code) => (code === 'FALL' ? 'medical' : 'property'),
};
const at = (second: number) => instant(second * 1000);

describe('the clock of a stage', () => {
  it('is the running interval with a target that is due first', () => {
    const calls = [aCall({ ringAt: at(0), answeredAt: at(5), incidentId: 'incident' })];
    const incident = anIncident({ openedAt: at(20), priority: 1 });
    expect(stageClockOf(incident, calls, [], TARGETS)).toEqual({
      interval: 'alarmProcessing',
      since: at(5),
      dueAt: at(65),
    });
  });

  it('begins with the opening where nobody called', () => {
    expect(stageClockOf(anIncident({ openedAt: at(20), priority: 4 }), [], [], TARGETS)?.dueAt).toBe(at(80));
  });

  it('takes the shortest of several targets for one interval', () => {
    const calls = [aCall({ ringAt: at(0), incidentId: 'incident' })];
    expect(stageClockOf(anIncident({ priority: 4 }), calls, [], TARGETS)?.dueAt).toBe(at(10));
  });

  it('leaves out targets of another service, and those for urgent calls where it is not urgent', () => {
    const sent = [
      anAssignment({ stage: 'acknowledged', stamps: { dispatched: at(30), acknowledged: at(40) } }),
    ];
    const medical = anIncident({ typeCode: 'FALL', priority: 4 });
    const theft = anIncident({ typeCode: 'LARCENY', priority: 4 });
    const urgent = anIncident({ typeCode: 'LARCENY', priority: 2 });
    expect(stageClockOf(medical, [], sent, TARGETS)?.interval).toBe('turnout');
    expect(stageClockOf(theft, [], sent, TARGETS)).toBeNull();
    expect(stageClockOf(urgent, [], sent, TARGETS)?.interval).toBe('response');
  });

  it('watches the acknowledgement of every order, not only of the first', () => {
    const sent = [
      anAssignment({ id: 'a', stage: 'enroute', stamps: { dispatched: at(0), enroute: at(10) } }),
      anAssignment({ id: 'b', unitId: 'other', stage: 'dispatched', stamps: { dispatched: at(100) } }),
    ];
    const clock = stageClockOf(anIncident({ typeCode: 'LARCENY', priority: 4 }), [], sent, TARGETS);
    expect(clock).toEqual({ interval: 'acknowledgement', since: at(100), dueAt: at(160) });
  });

  it('starts anew when the only order came to nothing', () => {
    const declined = [anAssignment({ stage: 'declined', stamps: { dispatched: at(30) }, endedAt: at(90) })];
    const clock = stageClockOf(anIncident({ priority: 4 }), [], declined, TARGETS);
    expect(clock).toEqual({ interval: 'alarmProcessing', since: at(90), dueAt: at(150) });
  });

  it('is none once the crew has done its work, or the incident is over', () => {
    const cleared = [
      anAssignment({ stage: 'cleared', stamps: { dispatched: at(30), cleared: at(400) }, endedAt: at(400) }),
    ];
    expect(stageClockOf(anIncident(), [], cleared, TARGETS)).toBeNull();
    expect(stageClockOf(anIncident({ status: 'closed' }), [], [], TARGETS)).toBeNull();
  });

  it('warns from three quarters of the target on and is over after it, never the other way round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 1200 }), (limit, passed) => {
        const clock = { interval: 'turnout', since: at(0), dueAt: at(limit) } as const;
        const { level, left } = readStageClock(clock, at(passed));
        expect(left).toBe(limit - passed);
        expect(level).toBe(passed > limit ? 'over' : passed >= limit * 0.75 ? 'warning' : 'calm');
      }),
      { seed: 20260131 },
    );
  });
});

describe('the queue with targets', () => {
  const board = {
    ...emptyBoard,
    incidents: new Map([
      ['early', anIncident({ id: 'early', priority: 2, openedAt: at(900) })],
      ['late', anIncident({ id: 'late', priority: 2, openedAt: at(0) })],
    ]),
    assignments: new Map(
      ['early', 'late'].map((incidentId) => [
        incidentId,
        anAssignment({
          id: incidentId,
          incidentId,
          unitId: incidentId,
          stage: 'enroute',
          stamps: { dispatched: at(900), enroute: at(901) },
        }),
      ]),
    ),
  };

  it('puts what is over its target before what is merely worked, and says so', () => {
    const entries = queueOf(board, at(910), TARGETS);
    expect(entries.map(({ incident, need }) => `${incident.id}:${need}`)).toEqual([
      'late:overdue',
      'early:working',
    ]);
  });

  it('keeps the entries that still say the same, so that only changed rows are drawn', () => {
    const before = queueOf(board, at(910), TARGETS);
    const after = keepEntries(before, queueOf(board, at(915), TARGETS));
    expect(after.map((entry, index) => entry === before[index])).toEqual([true, true]);
    const changed = anIncident({ id: 'late', version: 2, priority: 1, openedAt: at(0) });
    const next = { ...board, incidents: new Map(board.incidents).set('late', changed) };
    const kept = keepEntries(after, queueOf(next, at(920), TARGETS));
    expect(kept.map((entry) => after.includes(entry))).toEqual([false, true]);
  });
});
