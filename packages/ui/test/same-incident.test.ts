import { after, instant, type LonLat, offset, seconds } from '@lamplight/base';
import { decide, findIncidentType, ResponseBoard, SHIPPED_RULES } from '@lamplight/domain';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../src/entities.js';
import { bestToJoin, listSameIncidents } from '../src/same-incident.js';

const NOON = instant(Date.UTC(2026, 0, 31, 12));
const HERE: LonLat = [113.55, 24.8];
const familyOf = (code: string) => findIncidentType(code)?.family;

/** Open incidents, each so many metres to the east, opened so many minutes ago, of a type. */
function incidents(
  ...given: readonly (readonly [id: string, east: number, minutes: number, type: string | null])[]
): { readonly incidents: ReadonlyMap<string, Incident> } {
  const board = new ResponseBoard();
  for (const [id, east, minutes, typeCode] of given) {
    const decided = decide(
      {
        type: 'OpenIncident',
        incidentId: id,
        day: '20260131',
        source: 'call',
        externalId: null,
        callId: null,
        note: null,
        location: {
          position: offset(HERE, east, 0),
          accuracy: null,
          method: 'map',
          words: null,
          label: null,
        },
        classification: typeCode === null ? null : { typeCode, priority: null },
      },
      board,
      { at: after(NOON, seconds(-60 * minutes)), by: 'account:test', rules: SHIPPED_RULES },
    );
    if (!decided.ok) throw new Error(decided.error.code);
    for (const event of decided.value) board.apply(event);
  }
  return board;
}

const call = (typeCode: string | null) => ({ position: HERE, typeCode });

describe('incidents that a call may be about', () => {
  it('are those within sight and within the half hour, the likeliest first', () => {
    const board = incidents(
      ['far', 500, 1, 'FSTRU'],
      ['old', 10, 40, 'FSTRU'],
      ['near', 40, 3, 'FSTRU'],
      ['next', 200, 3, 'FSTRU'],
    );
    const found = listSameIncidents(board, call('FSTRU'), NOON, familyOf);
    expect(found.map(({ incident }) => incident.id)).toEqual(['near', 'next']);
  });

  it('rank a like kind before a strange one at the same place', () => {
    const board = incidents(
      ['strange', 30, 3, 'LARCENY'],
      ['alike', 30, 3, 'FSMOKE'],
      ['same', 30, 3, 'FSTRU'],
    );
    const found = listSameIncidents(board, call('FSTRU'), NOON, familyOf);
    expect(found.map(({ incident, kind }) => [incident.id, kind])).toEqual([
      ['same', 'same'],
      ['alike', 'alike'],
      ['strange', 'other'],
    ]);
  });

  it('are shown before anything but the place is known', () => {
    const found = listSameIncidents(incidents(['near', 40, 3, 'FSTRU']), call(null), NOON, familyOf);
    expect(found).toMatchObject([{ kind: 'unknown' }]);
    expect(bestToJoin(found)?.incident.id).toBe('near');
  });

  it('leave out what is closed, and never name more than three', () => {
    const board = incidents(...['a', 'b', 'c', 'd'].map((id) => [id, 10, 1, 'FIGHT'] as const));
    expect(listSameIncidents(board, call('FIGHT'), NOON, familyOf)).toHaveLength(3);
    const open = board.incidents.get('a');
    if (!open) throw new Error('no incident');
    const closed = { incidents: new Map([['a', { ...open, status: 'closed' as const }]]) };
    expect(listSameIncidents(closed, call('FIGHT'), NOON, familyOf)).toEqual([]);
  });
});

describe('the incident that one key joins', () => {
  it('is not one of another kind, however near', () => {
    const found = listSameIncidents(incidents(['strange', 0, 0, 'LARCENY']), call('FSTRU'), NOON, familyOf);
    expect(found).toHaveLength(1);
    expect(bestToJoin(found)).toBeUndefined();
  });

  it('is none when all are doubtful', () => {
    const found = listSameIncidents(incidents(['doubtful', 250, 20, null]), call('FSTRU'), NOON, familyOf);
    expect(bestToJoin(found)).toBeUndefined();
  });
});
