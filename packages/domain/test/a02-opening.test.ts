import { describe, expect, test } from 'vitest';
import { DAY, getIncident, given, LI, story, t, told } from './support/scenario.js';
import {
  AT_THE_BRIDGE,
  AT_THE_BRIDGE_AS_TOLD,
  BY_WORDS,
  close,
  open,
  openReady,
  receive,
  split,
} from './support/wording.js';

describe('an incident is opened', () => {
  test('from nothing but the wish to: no place, no type, not yet before a dispatcher', () => {
    given()
      .when(open('i1'), { at: t(10) })
      .yields({
        type: 'IncidentOpened',
        id: 'i1',
        at: t(10),
        number: '20260131-0001',
        externalId: null,
        source: 'call',
        by: LI,
        splitFrom: null,
      });
  });

  test('from a call, which it is linked to and whose place and words it takes over', () => {
    const rung = told([0, receive('c1', AT_THE_BRIDGE_AS_TOLD)]);
    const { board } = given(...rung).when(open('i1', { callId: 'c1' }), { at: t(20) });
    expect(board.callsOf('i1').map(({ id }) => id)).toEqual(['c1']);
    expect(getIncident(board, 'i1')).toMatchObject({
      location: AT_THE_BRIDGE_AS_TOLD,
      stamps: { located: t(20), classified: null, queued: null },
    });
  });

  test('from a call that came with words only: those are kept, but it is not located by them', () => {
    const rung = told([0, receive('c1', BY_WORDS)]);
    const { board } = given(...rung).when(open('i1', { callId: 'c1' }), { at: t(20) });
    expect(getIncident(board, 'i1')).toMatchObject({ location: BY_WORDS, stamps: { located: null } });
  });

  test('with a place of its own from a call with words: the place of the one, the words of the other', () => {
    const rung = told([0, receive('c1', BY_WORDS)]);
    const { board } = given(...rung).when(open('i1', { callId: 'c1', location: AT_THE_BRIDGE }));
    expect(getIncident(board, 'i1').location).toEqual(AT_THE_BRIDGE_AS_TOLD);
  });

  test('with words of its own from a call with a position: the words of the one, the position of the other', () => {
    const rung = told([0, receive('c1', AT_THE_BRIDGE)]);
    const { board } = given(...rung).when(open('i1', { callId: 'c1', location: BY_WORDS }), { at: t(20) });
    expect(getIncident(board, 'i1')).toMatchObject({
      location: AT_THE_BRIDGE_AS_TOLD,
      stamps: { located: t(20) },
    });
  });

  test('with place, type and note at once, and so queued at once', () => {
    const { events } = given().when(
      open('i1', {
        location: AT_THE_BRIDGE,
        classification: { typeCode: 'ASSAULT', priority: null },
        note: 'two men, one with a bottle',
      }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'IncidentOpened',
      'IncidentLocated',
      'IncidentClassified',
      'IncidentQueued',
      'NoteAdded',
    ]);
  });

  test('under an identifier that is new', () => {
    given(...told([0, open('i1')]))
      .when(open('i1'))
      .isRefused('incident-already-known', 'i1');
  });

  test('from a call that is there and is not spoken for', () => {
    given()
      .when(open('i1', { callId: 'c9' }))
      .isRefused('call-unknown', 'c9');
    given(...told([0, receive('c1')], [10, open('i1', { callId: 'c1' })]))
      .when(open('i2', { callId: 'c1' }))
      .isRefused('call-already-linked', 'c1');
  });

  test('not with a type that the catalogue lacks: then nothing is opened at all', () => {
    given()
      .when(open('i1', { classification: { typeCode: 'NOSUCH', priority: null } }))
      .isRefused('incident-type-unknown', 'NOSUCH');
  });
});

describe('incidents are numbered', () => {
  test('by the day, from 1', () => {
    const { board } = story(
      [0, open('i1')],
      [60, open('i2')],
      [120, open('i3', { day: '20260201' })],
      [180, open('i4')],
    );
    expect([...board.incidents.values()].map(({ number }) => number)).toEqual([
      '20260131-0001',
      '20260131-0002',
      '20260201-0001',
      '20260131-0003',
    ]);
  });

  test('without giving a number twice: neither to one that was split off, nor after a close', () => {
    const { board } = story(
      [0, receive('c1')],
      [10, open('i1', { callId: 'c1' })],
      [20, split('i1', 'i2', ['c1'])],
      [30, close('i2')],
      [40, open('i3')],
    );
    expect([...board.incidents.values()].map(({ number }) => number)).toEqual([
      '20260131-0001',
      '20260131-0002',
      '20260131-0003',
    ]);
  });

  test('past 9999 with as many digits as it takes', () => {
    const busy = told([0, open('i1')]).map((event) =>
      event.type === 'IncidentOpened' ? { ...event, number: `${DAY}-9999` } : event,
    );
    const { board } = given(...busy).when(open('i2'));
    expect(getIncident(board, 'i2').number).toBe(`${DAY}-10000`);
  });

  test('on from what is remembered, also when the incident itself was forgotten', () => {
    const { board } = story([0, openReady('i1')], [60, close('i1')]);
    board.forget('i1');
    expect(board.findIncident('i1')).toBeUndefined();
    expect(board.highestNumber(DAY)).toBe(1);
  });
});
