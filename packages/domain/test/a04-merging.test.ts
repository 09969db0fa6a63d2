import { describe, expect, test } from 'vitest';
import { getAssignment, getIncident, given, story, t, told } from './support/scenario.js';
import {
  AT_THE_BRIDGE,
  cancel,
  close,
  merge,
  onDuty,
  open,
  openReady,
  receive,
  reopen,
  report,
  send,
  split,
} from './support/wording.js';

describe('two incidents turn out to be one', () => {
  const TWO = told(
    ...onDuty('car1', 'car2', 'car3'),
    [0, receive('c1')],
    [10, open('i1', { callId: 'c1', location: AT_THE_BRIDGE })],
    [20, receive('c2')],
    [30, open('i2', { callId: 'c2', location: AT_THE_BRIDGE })],
    [40, send('i1', ['car1'])],
    [50, send('i2', ['car2', 'car3'])],
    [60, report('i2-car3', 'cleared')],
  );

  test('calls and crews go over, those that are done with it included, and the clock of the whole stays whole', () => {
    const { board } = given(...TWO).when(merge('i2', 'i1'), { at: t(90) });
    expect(board.callsOf('i1').map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect(board.assignmentsOf('i1').map(({ id }) => id)).toEqual(['i1-car1', 'i2-car2', 'i2-car3']);
    expect(board.callsOf('i2')).toEqual([]);
    expect(board.assignmentsOf('i2')).toEqual([]);
    expect(getAssignment(board, 'i2-car2').stamps).toEqual({ dispatched: t(50) });
  });

  test('the one ends as merged and says into what; the other goes on', () => {
    const { board } = given(...TWO).when(merge('i2', 'i1'), { at: t(90) });
    expect(getIncident(board, 'i2')).toMatchObject({
      status: 'merged',
      mergedInto: 'i1',
      stamps: { closed: t(90) },
    });
    expect(getIncident(board, 'i1').status).toBe('open');
  });

  test('a unit that is on both cannot be on one of them twice', () => {
    given(...TWO, ...send2())
      .when(merge('i2', 'i1'))
      .isRefused('unit-already-assigned', 'car2');
  });

  test('a unit that was on both, but is done with one of them, is no obstacle', () => {
    const done = story(
      ...onDuty('car1'),
      [0, open('i1')],
      [1, open('i2')],
      [2, send('i1', ['car1'])],
      [3, report('i1-car1', 'cleared')],
      [4, send('i2', ['car1'])],
      [5, merge('i2', 'i1')],
    );
    expect(done.board.assignmentsOf('i1').map(({ id }) => id)).toEqual(['i1-car1', 'i2-car1']);
    expect(done.board.stackOf('car1').map(({ id }) => id)).toEqual(['i2-car1']);
  });

  test('an order that waits for a unit goes over too, and can then be given', () => {
    const waiting = story(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [1, openReady('i2')],
      [2, openReady('i3')],
      [3, send('i1', ['car1'])],
      [4, send('i2', ['car1'], 'stack')],
      [5, merge('i2', 'i3')],
      [6, report('i1-car1', 'cleared')],
      [7, { type: 'DispatchProposed', assignmentId: 'i2-car1' }],
    );
    expect(getAssignment(waiting.board, 'i2-car1')).toMatchObject({ incidentId: 'i3', stage: 'dispatched' });
  });

  test('not with itself, nor with what is not there or over', () => {
    given(...TWO)
      .when(merge('i1', 'i1'))
      .isRefused('incident-same', 'i1');
    given(...TWO)
      .when(merge('i1', 'i9'))
      .isRefused('incident-unknown', 'i9');
    for (const end of [close('i2'), cancel('i2')]) {
      given(...told([0, open('i1')], [1, open('i2')], [2, end]))
        .when(merge('i1', 'i2'))
        .isRefused('incident-not-open', 'i2');
    }
  });

  test('for good: a merged incident is not reopened', () => {
    given(...told([0, open('i1')], [1, open('i2')], [2, merge('i2', 'i1')]))
      .when(reopen('i2'))
      .isRefused('incident-not-open', 'i2');
  });

  test('three become one by way of the second, and every call is found at the last', () => {
    const { board } = story(
      [0, receive('c1')],
      [1, open('i1', { callId: 'c1' })],
      [2, open('i2')],
      [3, open('i3')],
      [4, merge('i1', 'i2')],
      [5, merge('i2', 'i3')],
    );
    expect(board.callsOf('i3').map(({ id }) => id)).toEqual(['c1']);
    expect(getIncident(board, 'i1').mergedInto).toBe('i2');
  });

  /** car2, busy with i2, gets an order for i1 on its stack. */
  function send2() {
    return given(...TWO).when(send('i1', ['car2'], 'stack')).events;
  }
});

describe('one incident turns out to be two', () => {
  const ONE = told(
    ...onDuty('car1', 'car2'),
    [0, receive('c1')],
    [5, receive('c2')],
    [10, open('i1', { callId: 'c1', location: AT_THE_BRIDGE })],
    [20, { type: 'LinkCall', callId: 'c2', incidentId: 'i1' }],
    [30, send('i1', ['car1', 'car2'])],
  );

  test('the calls and crews that are named go to a new one with a number of its own, which knows where it is from', () => {
    const { board } = given(...ONE).when(split('i1', 'i2', ['c2'], ['i1-car2']));
    expect(board.callsOf('i1').map(({ id }) => id)).toEqual(['c1']);
    expect(board.callsOf('i2').map(({ id }) => id)).toEqual(['c2']);
    expect(board.assignmentsOf('i1').map(({ id }) => id)).toEqual(['i1-car1']);
    expect(board.assignmentsOf('i2').map(({ id }) => id)).toEqual(['i1-car2']);
    expect(getIncident(board, 'i2')).toMatchObject({
      number: '20260131-0002',
      source: 'split',
      splitFrom: 'i1',
      location: AT_THE_BRIDGE,
      typeCode: null,
      stamps: { queued: null },
    });
  });

  test('the two are related, from both ends', () => {
    const { board } = given(...ONE).when(split('i1', 'i2', ['c2']));
    expect(getIncident(board, 'i1').links).toEqual([{ incidentId: 'i2', relation: 'related' }]);
    expect(getIncident(board, 'i2').links).toEqual([{ incidentId: 'i1', relation: 'related' }]);
  });

  test('and can become one again, either way round', () => {
    const apart = [...ONE, ...given(...ONE).when(split('i1', 'i2', ['c2'], ['i1-car2'])).events];
    const back = given(...apart).when(merge('i2', 'i1')).board;
    expect(back.callsOf('i1').map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect(back.assignmentsOf('i1').map(({ id }) => id)).toEqual(['i1-car1', 'i1-car2']);
    const forth = given(...apart).when(merge('i1', 'i2')).board;
    expect(forth.callsOf('i2').map(({ id }) => id)).toEqual(['c2', 'c1']);
    expect(getIncident(forth, 'i2')).toMatchObject({ status: 'open', splitFrom: 'i1' });
  });

  test('only by something that belongs to it', () => {
    given(...ONE)
      .when(split('i1', 'i2', []))
      .isRefused('nothing-to-split', 'i1');
    given(...ONE, ...told([40, receive('c3')]))
      .when(split('i1', 'i2', ['c1', 'c3']))
      .isRefused('call-not-linked', 'c3');
    given(...ONE)
      .when(split('i1', 'i2', ['c1'], ['i9-car9']))
      .isRefused('assignment-elsewhere', 'i9-car9');
    given(...ONE)
      .when(split('i1', 'i1', ['c1']))
      .isRefused('incident-already-known', 'i1');
  });
});
