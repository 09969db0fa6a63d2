import { describe, expect, test } from 'vitest';
import { availabilityOf, type ResponseBoard, SHIPPED_RULES } from '../src/index.js';
import { getAssignment, getUnit, given, t, told } from './support/scenario.js';
import {
  beginDuty,
  endDuty,
  onDuty,
  openReady,
  register,
  report,
  send,
  setStatus,
} from './support/wording.js';

const KNOWN = told([-9000, register('car1')]);
const ON_DUTY = told(...onDuty('car1'));
const availability = (board: ResponseBoard) =>
  availabilityOf(getUnit(board, 'car1'), board.stackOf('car1'), SHIPPED_RULES.effectOf);
const retire = { type: 'RetireUnit', unitId: 'car1', reason: 'sold' } as const;

describe('a unit is registered', () => {
  test('and is off duty until its crew begins', () => {
    const { board } = given().when(register('car1'));
    expect(getUnit(board, 'car1')).toMatchObject({ version: 1, retired: false, duty: null, status: null });
    expect(availability(board)).toBe('off-duty');
  });

  test('again to describe it anew, which leaves its duty and work alone', () => {
    const { board } = given(...ON_DUTY).when(register('car1', ['patrol', 'k9']));
    expect(getUnit(board, 'car1')).toMatchObject({
      capabilities: ['patrol', 'k9'],
      duty: { crew: ['p1', 'p2'] },
    });
  });

  test('again after it was retired: then it is back', () => {
    const { board } = given(...KNOWN, ...given(...KNOWN).when(retire).events).when(register('car1'));
    expect(getUnit(board, 'car1').retired).toBe(false);
  });
});

describe('duty', () => {
  test('begins with a crew, and then the unit is available', () => {
    const { board } = given(...KNOWN).when(beginDuty('car1'), { at: t(0) });
    expect(getUnit(board, 'car1').duty).toEqual({ since: t(0), crew: ['p1', 'p2'] });
    expect(availability(board)).toBe('available');
  });

  test('goes on when the same crew signs on again, with the status that it has set', () => {
    const busy = [...ON_DUTY, ...given(...ON_DUTY).when(setStatus('car1', 'OS')).events];
    given(...busy)
      .when(beginDuty('car1', ['p2', 'p1']))
      .changesNothing();
  });

  test('begins anew with another crew', () => {
    const busy = [...ON_DUTY, ...given(...ON_DUTY).when(setStatus('car1', 'OS')).events];
    const { board } = given(...busy).when(beginDuty('car1', ['p3', 'p4']), { at: t(60) });
    expect(getUnit(board, 'car1')).toMatchObject({
      duty: { since: t(60), crew: ['p3', 'p4'] },
      status: null,
    });
  });

  test('ends, and the unit is off duty; ending it again changes nothing', () => {
    const { board } = given(...ON_DUTY).when(endDuty('car1'));
    expect(availability(board)).toBe('off-duty');
    given(...KNOWN)
      .when(endDuty('car1'))
      .changesNothing();
  });

  test('does not end in the middle of work', () => {
    given(...told(...onDuty('car1'), [0, openReady('i1')], [1, send('i1', ['car1'])]))
      .when(endDuty('car1'))
      .isRefused('assignments-active', 'car1');
  });

  test('takes with it, at its end, the orders that still wait', () => {
    const waiting = told(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [1, openReady('i2')],
      [2, send('i1', ['car1'])],
      [3, send('i2', ['car1'], 'stack')],
      [4, report('i1-car1', 'cleared')],
    );
    const { board } = given(...waiting).when(endDuty('car1'));
    expect(getAssignment(board, 'i2-car1')).toMatchObject({ stage: 'cancelled', endReason: 'duty-ended' });
  });

  test('is not begun by a unit that is retired', () => {
    given(...KNOWN, ...given(...KNOWN).when(retire).events)
      .when(beginDuty('car1'))
      .isRefused('unit-retired', 'car1');
  });
});

describe('the status that a crew sets', () => {
  test.each([
    ['PT', 'available'],
    ['ML', 'delayed'],
    ['OS', 'unavailable'],
  ])('%s makes the unit %s', (code, expected) => {
    expect(availability(given(...ON_DUTY).when(setStatus('car1', code)).board)).toBe(expected);
  });

  test('of which nobody knows the meaning any more counts as unavailable, to be safe', () => {
    const { board } = given(...ON_DUTY).when(setStatus('car1', 'PT'));
    expect(availabilityOf(getUnit(board, 'car1'), [], () => undefined)).toBe('unavailable');
  });

  test('is one of the catalogue, and set on duty', () => {
    given(...ON_DUTY)
      .when(setStatus('car1', 'XX'))
      .isRefused('status-unknown', 'XX');
    given(...KNOWN)
      .when(setStatus('car1', 'PT'))
      .isRefused('unit-off-duty', 'car1');
  });

  test('said again holds since it was first said', () => {
    const set = [...ON_DUTY, ...given(...ON_DUTY).when(setStatus('car1', 'ML'), { at: t(10) }).events];
    given(...set)
      .when(setStatus('car1', 'ML'), { at: t(50) })
      .changesNothing();
  });

  test('ends with the duty', () => {
    const set = [...ON_DUTY, ...given(...ON_DUTY).when(setStatus('car1', 'OS')).events];
    const off = [...set, ...given(...set).when(endDuty('car1')).events];
    expect(availability(given(...off).when(beginDuty('car1')).board)).toBe('available');
  });

  test('never wins over work: a unit with an order is committed, whatever its crew says', () => {
    const sent = told(...onDuty('car1'), [0, openReady('i1')], [1, send('i1', ['car1'])]);
    for (const code of ['AV', 'ML', 'OS']) {
      expect(availability(given(...sent).when(setStatus('car1', code)).board)).toBe('committed');
    }
  });
});

describe('a unit is retired', () => {
  test('off duty, and only once', () => {
    given(...ON_DUTY)
      .when(retire)
      .isRefused('unit-on-duty', 'car1');
    given(...KNOWN)
      .when(retire, { at: t(5) })
      .yields({ type: 'UnitRetired', id: 'car1', at: t(5), reason: 'sold' });
    given(...KNOWN, ...given(...KNOWN).when(retire).events)
      .when(retire)
      .changesNothing();
  });
});

test('with a unit that nobody knows, nothing can be done', () => {
  for (const command of [retire, beginDuty('car1'), endDuty('car1'), setStatus('car1', 'PT')]) {
    given().when(command).isRefused('unit-unknown', 'car1');
  }
});
