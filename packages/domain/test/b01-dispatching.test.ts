import { describe, expect, test } from 'vitest';
import { availabilityOf, isActive, outranks, type RefusalCode, SHIPPED_RULES } from '../src/index.js';
import {
  getAssignment,
  getIncident,
  getUnit,
  given,
  LI,
  type Step,
  story,
  t,
  told,
} from './support/scenario.js';
import {
  beginDuty,
  cancel,
  classify,
  close,
  merge,
  onDuty,
  open,
  openReady,
  register,
  report,
  send,
  setStatus,
} from './support/wording.js';

const READY = told(...onDuty('car1', 'car2', 'car3'), [0, openReady('i1')]);

describe('units are sent', () => {
  test('several to one incident, each with an order of its own and the travel time that was expected', () => {
    const { board } = given(...READY).when(send('i1', ['car1', 'car2']), { at: t(50) });
    expect(board.assignmentsOf('i1').map(({ unitId }) => unitId)).toEqual(['car1', 'car2']);
    expect(getAssignment(board, 'i1-car1')).toMatchObject({
      version: 1,
      stage: 'dispatched',
      stamps: { dispatched: t(50) },
      createdBy: LI,
      etaSeconds: 240,
      endedAt: null,
    });
  });

  test('all or none: one that may not go holds back the others', () => {
    given(...READY)
      .when(send('i1', ['car1', 'car9']))
      .isRefused('unit-unknown', 'car9');
  });

  test('and are committed from that moment, whatever status they have set', () => {
    const { board } = given(...READY, ...given(...READY).when(setStatus('car1', 'AV')).events).when(
      send('i1', ['car1']),
    );
    const unit = getUnit(board, 'car1');
    expect(availabilityOf(unit, board.stackOf('car1'), SHIPPED_RULES.effectOf)).toBe('committed');
  });

  test('later ones too, as long as none is sent twice', () => {
    const sent = [...READY, ...given(...READY).when(send('i1', ['car1'])).events];
    const { board } = given(...sent).when(send('i1', ['car2']));
    expect(board.assignmentsOf('i1')).toHaveLength(2);
    const again = { ...send('i1', []), orders: [{ assignmentId: 'new', unitId: 'car1', etaSeconds: null }] };
    for (const whenCommitted of ['refuse', 'preempt', 'stack'] as const) {
      given(...sent)
        .when({ ...again, type: 'DispatchUnits', incidentId: 'i1', whenCommitted })
        .isRefused('unit-already-assigned', 'car1');
    }
  });

  test('again after they were done with it', () => {
    const { board } = story(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [1, send('i1', ['car1'])],
      [2, report('i1-car1', 'cleared')],
      [
        3,
        {
          type: 'DispatchUnits',
          incidentId: 'i1',
          orders: [{ assignmentId: 'second', unitId: 'car1', etaSeconds: null }],
          whenCommitted: 'refuse',
        },
      ],
    );
    expect(board.stackOf('car1').map(({ id }) => id)).toEqual(['second']);
  });

  test('before anybody knows what it is or exactly where, if the dispatcher thinks so', () => {
    const { board } = given(...told(...onDuty('car1'), [0, open('i1')])).when(send('i1', ['car1']));
    expect(getAssignment(board, 'i1-car1').stage).toBe('dispatched');
  });
});

describe('a unit is not sent', () => {
  const refused = (history: readonly Step[], code: RefusalCode): void =>
    given(...told(...history, [0, openReady('i1')]))
      .when(send('i1', ['car1']))
      .isRefused(code, 'car1');

  test('when nobody knows it', () => refused([], 'unit-unknown'));
  test('when it was retired', () =>
    refused(
      [
        [-9, register('car1')],
        [-8, { type: 'RetireUnit', unitId: 'car1', reason: 'sold' }],
      ],
      'unit-retired',
    ));
  test('when it is off duty', () => refused([[-9, register('car1')]], 'unit-off-duty'));
  test('when its crew is too small', () =>
    refused(
      [
        [-9, register('car1')],
        [-8, beginDuty('car1', ['p1'])],
      ],
      'crew-too-small',
    ));
  test('when its crew says that it cannot', () =>
    refused([...onDuty('car1'), [-8, setStatus('car1', 'OS')]], 'unit-unavailable'));

  test('but is sent from a meal, for it can leave that', () => {
    const history = told(...onDuty('car1'), [-8, setStatus('car1', 'ML')], [0, openReady('i1')]);
    expect(given(...history).when(send('i1', ['car1'])).events).toHaveLength(1);
  });

  test('twice by one command, nor under an order that exists, nor to what is not there or over', () => {
    given(...READY)
      .when(send('i1', ['car1', 'car1']))
      .isRefused('unit-repeated', 'car1');
    given(...READY, ...given(...READY).when(send('i1', ['car1'])).events)
      .when(send('i1', ['car1']))
      .isRefused('assignment-already-known', 'i1-car1');
    given(...READY)
      .when(send('i9', ['car1']))
      .isRefused('incident-unknown', 'i9');
    given(...READY, ...given(...READY).when(cancel('i1')).events)
      .when(send('i1', ['car1']))
      .isRefused('incident-not-open', 'i1');
  });

  test('under one order with another', () => {
    const order = { assignmentId: 'a', etaSeconds: null };
    given(...READY)
      .when({
        type: 'DispatchUnits',
        incidentId: 'i1',
        orders: [
          { ...order, unitId: 'car1' },
          { ...order, unitId: 'car2' },
        ],
        whenCommitted: 'refuse',
      })
      .isRefused('assignment-already-known', 'a');
  });
});

describe('a unit that is on other work', () => {
  /** car1 works on i1, of priority 2. i2 is of priority 4, i3 of 1, i4 of 2, i5 has none yet. */
  const BUSY = told(
    ...onDuty('car1', 'car2'),
    [0, openReady('i1')],
    [1, openReady('i2', 'LARCENY')],
    [2, openReady('i3', 'STABBING')],
    [3, openReady('i4')],
    [4, open('i5')],
    [9, send('i1', ['car1'])],
  );

  test('is not sent elsewhere unless the dispatcher says how', () => {
    given(...BUSY)
      .when(send('i3', ['car1']))
      .isRefused('unit-committed', 'car1');
  });

  test('is taken off it for something more urgent, and the order that it had says for what', () => {
    const { board } = given(...BUSY).when(send('i3', ['car1'], 'preempt'), { at: t(60) });
    expect(getAssignment(board, 'i1-car1')).toMatchObject({
      stage: 'preempted',
      endedAt: t(60),
      endReason: '20260131-0003',
    });
    expect(board.stackOf('car1').map(({ id }) => id)).toEqual(['i3-car1']);
  });

  test('is not taken off it for something as urgent or less, or of which nobody knows how urgent', () => {
    for (const incidentId of ['i2', 'i4', 'i5']) {
      given(...BUSY)
        .when(send(incidentId, ['car1'], 'preempt'))
        .isRefused('unit-on-equal-or-higher-work', 'car1');
    }
  });

  test('may have the new order put on its stack instead, and stays where it is', () => {
    const { board } = given(...BUSY).when(send('i2', ['car1'], 'stack'), { at: t(60) });
    expect(getAssignment(board, 'i2-car1')).toMatchObject({ stage: 'proposed', stamps: { proposed: t(60) } });
    expect(board.stackOf('car1').map(({ id }) => id)).toEqual(['i1-car1', 'i2-car1']);
    expect(
      board
        .stackOf('car1')
        .filter(isActive)
        .map(({ id }) => id),
    ).toEqual(['i1-car1']);
  });

  test('does not hold back another that is free: "stack" and "preempt" send it as usual', () => {
    for (const how of ['stack', 'preempt'] as const) {
      const { board } = given(...BUSY).when(send('i3', ['car1', 'car2'], how));
      expect(getAssignment(board, 'i3-car2').stage).toBe('dispatched');
    }
  });
});

test('work without a priority outranks nothing and gives way to nothing: it may turn out the more urgent', () => {
  const { board } = story([0, openReady('i1', 'LARCENY')], [1, open('i2')], [2, open('i3')]);
  const [some, none, other] = ['i1', 'i2', 'i3'].map((id) => getIncident(board, id));
  if (!some || !none || !other) throw new Error('unreachable');
  expect(outranks(some, none)).toBe(false);
  expect(outranks(none, some)).toBe(false);
  expect(outranks(none, other)).toBe(false);
  expect(outranks(some, undefined)).toBe(true);
});

describe('an order on the stack', () => {
  const STACKED = told(
    ...onDuty('car1'),
    [0, openReady('i1')],
    [1, openReady('i2')],
    [2, openReady('i3')],
    [9, send('i1', ['car1'])],
    [20, send('i2', ['car1'], 'stack')],
  );
  const FREE = [...STACKED, ...given(...STACKED).when(report('i1-car1', 'cleared'), { at: t(90) }).events];
  const give = { type: 'DispatchProposed', assignmentId: 'i2-car1' } as const;

  test('is given when the unit is free, and counts as dispatched from then', () => {
    const { board } = given(...FREE).when(give, { at: t(100) });
    expect(getAssignment(board, 'i2-car1')).toMatchObject({
      stage: 'dispatched',
      stamps: { proposed: t(20), dispatched: t(100) },
      createdAt: t(20),
    });
  });

  test('is not given before that', () => {
    given(...STACKED)
      .when(give)
      .isRefused('unit-committed', 'car1');
  });

  test('is given once, and not after it was taken back', () => {
    given(...FREE, ...given(...FREE).when(give).events)
      .when(give)
      .isRefused('assignment-not-proposed', 'i2-car1');
    given(...FREE, ...given(...FREE).when(cancel('i2')).events)
      .when(give)
      .isRefused('assignment-not-proposed', 'i2-car1');
  });

  test('is not given to a crew that cannot go any more', () => {
    given(...FREE, ...given(...FREE).when(setStatus('car1', 'OS')).events)
      .when(give)
      .isRefused('unit-unavailable', 'car1');
  });

  test('follows its incident into another; but not into the one that the unit is working on', () => {
    const moved = [...FREE, ...given(...FREE).when(merge('i2', 'i3')).events];
    expect(getAssignment(given(...moved).when(give).board, 'i2-car1')).toMatchObject({
      incidentId: 'i3',
      stage: 'dispatched',
    });
    for (const [from, into] of [
      ['i2', 'i1'],
      ['i1', 'i2'],
    ] as const) {
      given(...STACKED)
        .when(merge(from, into))
        .isRefused('unit-already-assigned', 'car1');
    }
  });

  test('does not keep a unit from being sent at once to something else', () => {
    const { board } = given(...FREE).when(send('i3', ['car1']));
    expect(board.stackOf('car1').map(({ id, stage }) => [id, stage])).toEqual([
      ['i2-car1', 'proposed'],
      ['i3-car1', 'dispatched'],
    ]);
  });

  test('does not make a unit unavailable', () => {
    const { board } = given(...FREE).when(classify('i3'));
    const { effectOf } = SHIPPED_RULES;
    expect(availabilityOf(getUnit(board, 'car1'), board.stackOf('car1'), effectOf)).toBe('available');
  });
});

describe('an order ends early', () => {
  const SENT = [...READY, ...given(...READY).when(send('i1', ['car1'])).events];
  const takeBack = { type: 'CancelAssignment', assignmentId: 'i1-car1', reason: 'nearer one found' } as const;
  const decline = { type: 'DeclineAssignment', assignmentId: 'i1-car1', reason: 'flat tyre' } as const;

  test.each([
    ['when the dispatcher takes it back', takeBack, 'cancelled'],
    ['when the crew declines it', decline, 'declined'],
  ] as const)('%s, with a reason, and the unit is free again', (_, command, stage) => {
    const { board } = given(...SENT).when(command, { at: t(77) });
    expect(getAssignment(board, 'i1-car1')).toMatchObject({
      stage,
      endedAt: t(77),
      endReason: command.reason,
    });
    expect(board.stackOf('car1')).toEqual([]);
  });

  test('only once', () => {
    for (const first of [takeBack, decline]) {
      for (const second of [takeBack, decline]) {
        given(...SENT, ...given(...SENT).when(first).events)
          .when(second)
          .isRefused('assignment-ended', 'i1-car1');
      }
    }
  });

  test('so that the incident can then be closed', () => {
    const { board } = given(...SENT, ...given(...SENT).when(takeBack).events).when(close('i1'));
    expect(getIncident(board, 'i1').status).toBe('closed');
  });
});

test('of an order that nobody gave, nothing can be said', () => {
  for (const command of [
    report('a9', 'enroute'),
    { type: 'DispatchProposed', assignmentId: 'a9' },
    { type: 'CancelAssignment', assignmentId: 'a9', reason: 'x' },
    { type: 'DeclineAssignment', assignmentId: 'a9', reason: 'x' },
    { type: 'CorrectStamp', assignmentId: 'a9', stage: 'enroute', to: t(0), reason: 'x' },
  ] as const) {
    given(...READY)
      .when(command)
      .isRefused('assignment-unknown', 'a9');
  }
});
