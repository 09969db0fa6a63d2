import { describe, expect, test } from 'vitest';
import { given, LI, t, told, WANG } from './support/scenario.js';
import {
  AT_THE_BRIDGE,
  AT_THE_BRIDGE_AS_TOLD,
  answer,
  BY_WORDS,
  cancel,
  close,
  link,
  open,
  receive,
} from './support/wording.js';

const RUNG = told([0, receive('c1')]);
const ANSWERED = told([0, receive('c1')], [4, answer('c1'), LI]);

describe('a call rings', () => {
  test('and is known from then on, unanswered and linked to nothing', () => {
    const { board } = given().when(receive('c1'), { at: t(0) });
    expect(board.findCall('c1')).toMatchObject({
      version: 1,
      ringAt: t(0),
      answeredAt: null,
      endedAt: null,
      incidentId: null,
    });
  });

  test('at the moment that the telephone system tells, when it tells one', () => {
    const { board } = given().when({ ...receive('c1'), ringAt: t(-3) }, { at: t(0) });
    expect(board.findCall('c1')?.ringAt).toBe(t(-3));
  });

  test('never in the future, whatever the telephone system tells', () => {
    const { board } = given().when({ ...receive('c1'), ringAt: t(90) }, { at: t(0) });
    expect(board.findCall('c1')?.ringAt).toBe(t(0));
  });

  test('once: a second call of the same identifier is refused', () => {
    given(...RUNG)
      .when(receive('c1'))
      .isRefused('call-already-known', 'c1');
  });
});

describe('a call is answered', () => {
  test('by one person, at one moment', () => {
    given(...RUNG)
      .when(answer('c1'), { at: t(4), by: LI })
      .yields({ type: 'CallAnswered', id: 'c1', at: t(4), by: LI });
  });

  test('once: who lifts it second is told that somebody has it', () => {
    given(...ANSWERED)
      .when(answer('c1'), { by: WANG })
      .isRefused('call-already-answered', 'c1');
  });

  test('and pressing the key again does no harm', () => {
    given(...ANSWERED)
      .when(answer('c1'), { by: LI })
      .changesNothing();
  });

  test('not after the caller has hung up', () => {
    given(...told([0, receive('c1')], [9, { type: 'EndCall', callId: 'c1', outcome: 'abandoned' }]))
      .when(answer('c1'))
      .isRefused('call-ended', 'c1');
  });
});

describe('the caller', () => {
  test('may be described bit by bit: what is not said again is kept', () => {
    const { board } = given(...ANSWERED).when({
      type: 'DescribeCaller',
      callId: 'c1',
      callerName: 'Zhao',
      callerNumber: null,
    });
    expect(board.findCall('c1')).toMatchObject({ callerName: 'Zhao', callerNumber: '13800000000' });
  });

  test('is located, and what they said of the place outlives every position that a machine finds', () => {
    const said = told([0, receive('c1', BY_WORDS)]);
    const { board } = given(...said).when({ type: 'LocateCaller', callId: 'c1', location: AT_THE_BRIDGE });
    expect(board.findCall('c1')?.location).toEqual(AT_THE_BRIDGE_AS_TOLD);
  });

  test('may tell what a machine has not seen: words alone do not take a position away', () => {
    const seen = told([0, receive('c1', AT_THE_BRIDGE)]);
    const { board } = given(...seen).when({ type: 'LocateCaller', callId: 'c1', location: BY_WORDS });
    expect(board.findCall('c1')?.location).toEqual(AT_THE_BRIDGE_AS_TOLD);
  });

  test('may say it in other words, which then count', () => {
    const said = told([0, receive('c1', BY_WORDS)]);
    const location = { ...AT_THE_BRIDGE, words: 'no, the south end' };
    const { board } = given(...said).when({ type: 'LocateCaller', callId: 'c1', location });
    expect(board.findCall('c1')?.location).toEqual(location);
  });
});

describe('a call belongs to an incident', () => {
  const OPENED = told([0, receive('c1')], [4, answer('c1')], [30, open('i1', { callId: 'c1' })]);

  test('and a second call about the same joins it, in the order of linking', () => {
    const { board } = given(...OPENED, ...told([40, receive('c2')])).when(link('c2', 'i1'));
    expect(board.callsOf('i1').map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  test('to one at a time: it must be unlinked before it is linked to another', () => {
    given(...told([0, receive('c1')], [30, open('i1', { callId: 'c1' })], [40, open('i2')]))
      .when(link('c1', 'i2'))
      .isRefused('call-already-linked', 'c1');
  });

  test('and linking it there again changes nothing', () => {
    given(...OPENED)
      .when(link('c1', 'i1'))
      .changesNothing();
  });

  test('that is there and open', () => {
    given(...RUNG)
      .when(link('c1', 'i9'))
      .isRefused('incident-unknown', 'i9');
    for (const end of [close('i1'), cancel('i1')]) {
      given(...told([0, receive('c1')], [30, open('i1')], [60, end]))
        .when(link('c1', 'i1'))
        .isRefused('incident-not-open', 'i1');
    }
  });

  test('until it is unlinked, with a reason', () => {
    const unlink = { type: 'UnlinkCall', callId: 'c1', reason: 'about something else' } as const;
    const { board } = given(...OPENED).when(unlink);
    expect(board.callsOf('i1')).toEqual([]);
    expect(board.findCall('c1')?.incidentId).toBeNull();
    given(...RUNG)
      .when(unlink)
      .isRefused('call-not-linked', 'c1');
  });
});

describe('a call ends', () => {
  const ENDED = told(
    [0, receive('c1')],
    [4, answer('c1')],
    [90, { type: 'EndCall', callId: 'c1', outcome: 'completed' }],
  );

  test('with an outcome', () => {
    given(...ANSWERED)
      .when({ type: 'EndCall', callId: 'c1', outcome: 'completed' }, { at: t(90) })
      .yields({ type: 'CallEnded', id: 'c1', at: t(90), outcome: 'completed' });
  });

  test('once: the same outcome again changes nothing, another is refused', () => {
    given(...ENDED)
      .when({ type: 'EndCall', callId: 'c1', outcome: 'completed' })
      .changesNothing();
    given(...ENDED)
      .when({ type: 'EndCall', callId: 'c1', outcome: 'nuisance' })
      .isRefused('call-ended', 'c1');
  });

  test('but may be linked and located afterwards, when it becomes clear what it was about', () => {
    const { board } = given(...ENDED, ...told([95, open('i1')])).when(link('c1', 'i1'));
    expect(board.findCall('c1')?.incidentId).toBe('i1');
  });
});

test('of a call that nobody knows, nothing can be done', () => {
  for (const command of [
    answer('c9'),
    link('c9', 'i1'),
    { type: 'UnlinkCall', callId: 'c9', reason: 'x' },
    { type: 'EndCall', callId: 'c9', outcome: 'silent' },
    { type: 'LocateCaller', callId: 'c9', location: BY_WORDS },
    { type: 'DescribeCaller', callId: 'c9', callerName: null, callerNumber: null },
  ] as const) {
    given(...told([0, open('i1')]))
      .when(command)
      .isRefused('call-unknown', 'c9');
  }
});
