import { seconds } from '@lamplight/base';
import { describe, expect, test } from 'vitest';
import { CHAIN_INTERVALS, clockOf, INTERVALS, type IncidentClock, intervalOf } from '../src/index.js';
import { getIncident, type Step, story, t } from './support/scenario.js';
import {
  AT_THE_BRIDGE,
  answer,
  classify,
  close,
  locate,
  merge,
  onDuty,
  open,
  openReady,
  receive,
  reopen,
  report,
  send,
} from './support/wording.js';

const clock = (...steps: readonly Step[]): IncidentClock => {
  const { board } = story(...onDuty('car1', 'car2'), ...steps);
  return clockOf(getIncident(board, 'i1'), board.callsOf('i1'), board.assignmentsOf('i1'));
};
const cancelOrder = (assignmentId: string) =>
  ({ type: 'CancelAssignment', assignmentId, reason: 'nearer one found' }) as const;

describe('the clock of an incident', () => {
  const WHOLE: readonly Step[] = [
    [0, receive('c1')],
    [6, answer('c1')],
    [20, open('i1', { callId: 'c1' })],
    [30, locate('i1')],
    [40, classify('i1')],
    [
      41,
      {
        type: 'RecordRecommendation',
        incidentId: 'i1',
        recommendation: { at: t(41), alarmLevel: 1, candidates: [], requirements: [], excluded: {} },
      },
    ],
    [60, send('i1', ['car1'])],
    [70, report('i1-car1', 'acknowledged')],
    [120, report('i1-car1', 'enroute')],
    [360, report('i1-car1', 'onScene')],
    [400, report('i1-car1', 'actionBegun')],
    [900, { type: 'ResolveIncident', incidentId: 'i1' }],
    [960, report('i1-car1', 'cleared')],
    [1000, { type: 'RecordRecovery', incidentId: 'i1', description: 'a wallet' }],
    [1100, close('i1')],
    [1200, { type: 'SettleIncident', incidentId: 'i1', citizenTold: true }],
  ];

  test('shows all fifteen stamps, t1 to t15, each at its moment', () => {
    expect(clock(...WHOLE)).toEqual({
      ring: t(0),
      answer: t(6),
      located: t(30),
      classified: t(40),
      queued: t(40),
      recommended: t(41),
      dispatched: t(60),
      acknowledged: t(70),
      enroute: t(120),
      onScene: t(360),
      actionBegun: t(400),
      resolved: t(900),
      cleared: t(960),
      recovered: t(1000),
      settled: t(1200),
    });
  });

  test('gives the intervals by their standard names', () => {
    const whole = clock(...WHOLE);
    expect(Object.fromEntries(CHAIN_INTERVALS.map((name) => [name, intervalOf(whole, name)]))).toEqual({
      alarmAnswering: 6,
      entry: 34,
      alarmProcessing: 54,
      acknowledgement: 10,
      turnout: 60,
      travel: 240,
      initiatingAction: 40,
      response: 360,
      commitment: 900,
    });
    expect([...CHAIN_INTERVALS].sort()).toEqual(Object.keys(INTERVALS).sort());
  });

  test('has nothing where nothing has happened, and then there is no interval', () => {
    const bare = clock([0, open('i1')]);
    expect(new Set(Object.values(bare))).toEqual(new Set([null]));
    for (const name of CHAIN_INTERVALS) expect(intervalOf(bare, name)).toBeUndefined();
  });
});

describe('of several calls and crews', () => {
  test('the first counts: first ring, first answer, first sent, first rolling, first there', () => {
    const both = clock(
      [0, receive('c1')],
      [5, receive('c2')],
      [8, answer('c2')],
      [12, answer('c1')],
      [20, openReady('i1')],
      [21, { type: 'LinkCall', callId: 'c2', incidentId: 'i1' }],
      [22, { type: 'LinkCall', callId: 'c1', incidentId: 'i1' }],
      [30, send('i1', ['car1'])],
      [40, send('i1', ['car2'])],
      [90, report('i1-car2', 'enroute')],
      [95, report('i1-car1', 'enroute')],
      [200, report('i1-car1', 'onScene')],
      [230, report('i1-car2', 'onScene')],
    );
    expect(both).toMatchObject({
      ring: t(0),
      answer: t(8),
      dispatched: t(30),
      enroute: t(90),
      onScene: t(200),
    });
  });

  test('all must be clear before the incident is, and then the last counts', () => {
    const steps: Step[] = [
      [0, openReady('i1')],
      [30, send('i1', ['car1', 'car2'])],
      [100, report('i1-car1', 'cleared')],
    ];
    expect(clock(...steps).cleared).toBeNull();
    expect(clock(...steps, [300, report('i1-car2', 'cleared')]).cleared).toBe(t(300));
  });

  test('those that came over with a merge count as well', () => {
    const merged = clock(
      [0, receive('c1')],
      [10, open('i2', { callId: 'c1', location: AT_THE_BRIDGE })],
      [20, openReady('i1')],
      [30, send('i2', ['car1'])],
      [40, send('i1', ['car2'])],
      [50, merge('i2', 'i1')],
    );
    expect(merged).toMatchObject({ ring: t(0), dispatched: t(30) });
  });
});

describe('when the first unit is called back before it is there', () => {
  const CALLED_BACK: readonly Step[] = [
    [0, openReady('i1')],
    [30, send('i1', ['car1'])],
    [60, report('i1-car1', 'enroute')],
    [90, cancelOrder('i1-car1')],
    [100, send('i1', ['car2'])],
    [150, report('i1-car2', 'enroute')],
    [400, report('i1-car2', 'onScene')],
  ];

  test('the centre had done its part when it was notified, and its wheels were the first to roll', () => {
    expect(clock(...CALLED_BACK)).toMatchObject({ dispatched: t(30), enroute: t(60), onScene: t(400) });
  });

  test('the citizen waited for the one that came: travel runs over both', () => {
    expect(intervalOf(clock(...CALLED_BACK), 'travel')).toBe(340);
  });

  test('it holds nobody up afterwards: the incident is clear when the other one is', () => {
    expect(clock(...CALLED_BACK, [900, report('i1-car2', 'cleared')]).cleared).toBe(t(900));
  });

  test('and nobody else goes: there is no arrival, nor any moment of being clear', () => {
    const nobody = clock([0, openReady('i1')], [30, send('i1', ['car1'])], [90, cancelOrder('i1-car1')]);
    expect(nobody).toMatchObject({ dispatched: t(30), onScene: null, cleared: null });
  });
});

test('an order that waits on a stack is no dispatch', () => {
  const waiting = clock(
    [0, openReady('i1')],
    [1, openReady('i2')],
    [2, send('i2', ['car1'])],
    [3, send('i1', ['car1'], 'stack')],
  );
  expect(waiting.dispatched).toBeNull();
});

test('stamps that contradict each other give a negative interval, and are not set right in silence', () => {
  const contradictory = clock(
    [0, openReady('i1')],
    [30, send('i1', ['car1'])],
    [200, report('i1-car1', 'onScene', 190)],
    [250, report('i1-car1', 'enroute', 220)],
  );
  expect(intervalOf(contradictory, 'travel')).toBe(seconds(-30));
});

test('after reopening, the chain is measured to the new end', () => {
  const again = clock(
    [0, openReady('i1')],
    [10, { type: 'ResolveIncident', incidentId: 'i1' }],
    [20, close('i1')],
    [30, reopen('i1')],
    [90, { type: 'ResolveIncident', incidentId: 'i1' }],
  );
  expect(again).toMatchObject({ queued: t(0), resolved: t(90) });
});
