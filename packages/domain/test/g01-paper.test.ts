import { describe, expect, test } from 'vitest';
import type { PaperCommand } from '../src/index.js';
import { DAY, getAssignment, getIncident, given, t, told } from './support/scenario.js';
import { AT_THE_BRIDGE, onDuty, openReady, receive, send } from './support/wording.js';

/** A card of what was done between the first minute and the fiftieth. */
const card = (changes: Partial<PaperCommand> = {}): PaperCommand => ({
  type: 'RecordFromPaper',
  incidentId: 'i1',
  callId: 'c1',
  day: DAY,
  paperNumber: 'P-17',
  beganAt: t(70),
  ringAt: t(60),
  answeredAt: t(70),
  callerName: 'Wang',
  callerNumber: '138',
  location: AT_THE_BRIDGE,
  classification: { typeCode: 'ASSAULT', priority: 2 },
  notes: [{ at: t(90), text: 'two men' }],
  orders: [],
  closed: { at: t(3000), disposition: '18' },
  ...changes,
});

describe('a card that was filled in by hand', () => {
  test('is entered with its own times, as one decision, and says that it is from paper', () => {
    const { board } = given().when(card(), { at: t(7200) });
    expect(getIncident(board, 'i1')).toMatchObject({
      source: 'paper',
      externalId: 'P-17',
      openedAt: t(70),
      status: 'closed',
      notes: [{ at: t(90), text: 'two men' }],
      stamps: { queued: t(70), closed: t(3000) },
    });
    expect(board.findCall('c1')).toMatchObject({ ringAt: t(60), answeredAt: t(70), callerName: 'Wang' });
  });

  test('is refused whole when anything in it lies in the future', () => {
    given()
      .when(card(), { at: t(1000) })
      .isRefused('time-in-future', '2026-01-31T08:50:00.000Z');
  });

  test('is refused whole for a type or a disposition that is in no catalogue', () => {
    const unknown = { typeCode: 'NO-SUCH', priority: null };
    given()
      .when(card({ classification: unknown }), { at: t(7200) })
      .isRefused('incident-type-unknown', 'NO-SUCH');
    const closed = { at: t(3000), disposition: 'NO-SUCH' };
    given()
      .when(card({ closed }), { at: t(7200) })
      .isRefused('disposition-unknown', 'NO-SUCH');
  });

  test('is not entered over what is there already', () => {
    const rung = told([0, receive('c1', AT_THE_BRIDGE)]);
    given(...rung)
      .when(card(), { at: t(7200) })
      .isRefused('call-already-known', 'c1');
  });

  test('names only units that there are, each once', () => {
    const order = { assignmentId: 'a1', unitId: 'nobody', stamps: { dispatched: t(100), cleared: t(200) } };
    given()
      .when(card({ orders: [order] }), { at: t(7200) })
      .isRefused('unit-unknown', 'nobody');
    const twice = { ...order, unitId: 'u1' };
    given(...told(...onDuty('u1')))
      .when(card({ orders: [twice, { ...twice, assignmentId: 'a2' }] }), { at: t(7200) })
      .isRefused('unit-repeated', 'u1');
  });

  test('tells what a unit did that has gone off duty since', () => {
    const history = told(...onDuty('u1'), [3600, { type: 'EndDuty', unitId: 'u1' }]);
    const stamps = { dispatched: t(100), enroute: t(160), onScene: t(400), cleared: t(2900) };
    const { board } = given(...history).when(
      card({ orders: [{ assignmentId: 'a1', unitId: 'u1', stamps }] }),
      { at: t(7200) },
    );
    expect(getAssignment(board, 'a1')).toMatchObject({ stage: 'cleared', stamps, endedAt: t(2900) });
  });

  test('leaves nobody on two orders at once', () => {
    const busy = told(...onDuty('u1'), [1, openReady('i9')], [2, send('i9', ['u1'])]);
    const order = { assignmentId: 'a1', unitId: 'u1', stamps: { dispatched: t(100) } };
    given(...busy)
      .when(card({ orders: [order], closed: null }), { at: t(7200) })
      .isRefused('unit-committed', 'u1');
    given()
      .when(card({ orders: [{ ...order, unitId: 'u2' }] }), { at: t(7200) })
      .isRefused('unit-unknown', 'u2');
    given(...told(...onDuty('u1')))
      .when(card({ orders: [order] }), { at: t(7200) })
      .isRefused('assignments-active', 'i1');
  });
});
