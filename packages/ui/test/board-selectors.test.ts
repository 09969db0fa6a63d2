import { instant } from '@lamplight/base';
import type { Assignment, Call, Incident, Unit } from '@lamplight/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockHolderOf,
  findIncidentView,
  listRingingCalls,
  listUnitViews,
  queueOf,
} from '../src/board-selectors.js';
import { type BoardState, emptyBoard } from '../src/board-state.js';
import { unitMarkOf } from '../src/symbols.js';
import { aCall, anAssignment, anIncident, aUnit, noStamps } from './fixtures/entities.js';

const NOW = instant(600_000);

interface Parts {
  readonly calls?: readonly Call[];
  readonly incidents?: readonly Incident[];
  readonly units?: readonly Unit[];
  readonly assignments?: readonly Assignment[];
}

const byId = <Entity extends { readonly id: string }>(entities: readonly Entity[] = []) =>
  new Map(entities.map((entity) => [entity.id, entity]));
const boardOf = ({ calls, incidents, units, assignments }: Parts): BoardState => ({
  ...emptyBoard,
  calls: byId(calls),
  incidents: byId(incidents),
  units: byId(units),
  assignments: byId(assignments),
});
const queue = (parts: Parts): string[] =>
  queueOf(boardOf(parts), NOW).map(({ incident, need }) => `${incident.id}:${need}`);

describe('the queue', () => {
  it('puts what waits for a unit before what is being worked, whatever the priority', () => {
    const incidents = [anIncident({ id: 'worked', priority: 1 }), anIncident({ id: 'waiting', priority: 4 })];
    const assignments = [anAssignment({ incidentId: 'worked', stage: 'enroute' })];
    expect(queue({ incidents, assignments })).toEqual(['waiting:undispatched', 'worked:working']);
  });

  it('orders what waits by priority, then by age; without a priority it counts as urgent', () => {
    const incidents = [
      anIncident({ id: 'old-3', priority: 3, openedAt: instant(1000) }),
      anIncident({ id: 'new-2', priority: 2, openedAt: instant(9000) }),
      anIncident({ id: 'old-2', priority: 2, openedAt: instant(2000) }),
      anIncident({
        id: 'unknown',
        priority: null,
        typeCode: null,
        stamps: { ...noStamps, located: instant(0) },
      }),
      anIncident({ id: 'new-1', priority: 1, openedAt: instant(9000) }),
    ];
    expect(queue({ incidents })).toEqual([
      'new-1:undispatched',
      'unknown:unclassified',
      'old-2:undispatched',
      'new-2:undispatched',
      'old-3:undispatched',
    ]);
  });

  it('brings an incident back when its order was declined', () => {
    const assignments = [anAssignment({ stage: 'declined', endedAt: instant(5000) })];
    expect(queue({ incidents: [anIncident()], assignments })).toEqual(['incident:declined']);
  });

  it('calls for a hand when no crew has acknowledged within a minute', () => {
    const at = (dispatched: number) => [
      anAssignment({ stage: 'dispatched', stamps: { dispatched: instant(dispatched) } }),
    ];
    const incidents = [anIncident()];
    expect(queue({ incidents, assignments: at(NOW - 59_000) })).toEqual(['incident:working']);
    expect(queue({ incidents, assignments: at(NOW - 61_000) })).toEqual(['incident:unacknowledged']);
  });

  it('puts what only waits to be closed last, and leaves out what is closed', () => {
    const incidents = [
      anIncident({ id: 'done' }),
      anIncident({ id: 'closed', status: 'closed' }),
      anIncident({ id: 'worked', priority: 5 }),
    ];
    const assignments = [
      anAssignment({ id: 'a', incidentId: 'done', stage: 'cleared', endedAt: instant(9) }),
      anAssignment({ id: 'b', incidentId: 'worked', stage: 'onScene' }),
    ];
    expect(queue({ incidents, assignments })).toEqual(['worked:working', 'done:unclosed']);
  });

  it('does not depend on the order in which the board got to know things', () => {
    const incident = fc
      .record({ n: fc.nat(50), priority: fc.constantFrom(1, 2, 3, 4, 5, null), openedAt: fc.nat(5) })
      .map(({ n, priority, openedAt }) => anIncident({ id: `i${n}`, priority, openedAt: instant(openedAt) }));
    fc.assert(
      fc.property(fc.uniqueArray(incident, { selector: ({ id }) => id }), (incidents) => {
        expect(queue({ incidents: incidents.toReversed() })).toEqual(queue({ incidents }));
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

describe('who holds the clock', () => {
  const call = aCall({ incidentId: 'incident', answeredAt: instant(3000) });

  it('is the call-taker from the answer until the incident is before a dispatcher', () => {
    const incident = anIncident({ stamps: noStamps, openedAt: instant(5000) });
    expect(clockHolderOf(incident, [call], [])).toEqual({ role: 'call-taker', since: 3000 });
  });

  it('is then the dispatcher, the crew, and the supervisor until it is closed', () => {
    const incident = anIncident({ openedAt: instant(5000) });
    expect(clockHolderOf(incident, [call], [])).toEqual({ role: 'dispatcher', since: 5000 });
    const sent = anAssignment({
      stage: 'enroute',
      stamps: { dispatched: instant(7000), enroute: instant(8000) },
    });
    expect(clockHolderOf(incident, [call], [sent])).toEqual({ role: 'crew', since: 8000 });
    const clear = { ...sent, stage: 'cleared' as const, endedAt: instant(9000) };
    expect(clockHolderOf(incident, [call], [clear])).toEqual({ role: 'supervisor', since: 9000 });
    expect(clockHolderOf({ ...incident, status: 'closed' }, [call], [clear]).role).toBe('nobody');
  });

  it('is the dispatcher again, from the moment at which the only crew declined', () => {
    const declined = anAssignment({ stage: 'declined', endedAt: instant(9000) });
    expect(clockHolderOf(anIncident(), [call], [declined])).toEqual({ role: 'dispatcher', since: 9000 });
  });
});

describe('the unit board', () => {
  const effectOf = (code: string) => (code === 'ML' ? ('delayed' as const) : undefined);
  const view = (unit: Unit, assignments: readonly Assignment[] = []) => {
    const [only] = listUnitViews(
      boardOf({ units: [unit], assignments, incidents: [anIncident()] }),
      effectOf,
    );
    if (!only) throw new Error('no view');
    return only;
  };

  it('shows availability as derived, never from the crew’s status while it is on a call', () => {
    const atMeal = aUnit({ status: { code: 'ML', since: instant(1) } });
    expect(view(atMeal).availability).toBe('delayed');
    const assigned = view(atMeal, [anAssignment()]);
    expect(assigned).toMatchObject({ availability: 'committed', incident: { id: 'incident' }, stacked: 0 });
    expect(view(aUnit({ duty: null })).availability).toBe('off-duty');
  });

  it('counts a waiting order without taking the unit for busy', () => {
    const proposed = anAssignment({ stage: 'proposed', stamps: { proposed: instant(1) } });
    expect(view(aUnit(), [proposed])).toMatchObject({
      availability: 'available',
      assignment: null,
      stacked: 1,
    });
  });

  it('draws a unit on its way, at the scene and free with different signs', () => {
    expect(unitMarkOf(view(aUnit()))).toBe('available');
    expect(unitMarkOf(view(aUnit(), [anAssignment({ stage: 'enroute' })]))).toBe('moving');
    expect(unitMarkOf(view(aUnit(), [anAssignment({ stage: 'onScene' })]))).toBe('scene');
  });

  it('lists call signs as a person would: E2 before E10; retired units are gone', () => {
    const units = ['E10', 'E2', 'A1'].map((callSign) => aUnit({ id: callSign, callSign }));
    const views = listUnitViews(boardOf({ units: [...units, aUnit({ id: 'x', retired: true })] }), effectOf);
    expect(views.map(({ unit }) => unit.callSign)).toEqual(['A1', 'E2', 'E10']);
  });
});

describe('calls and incidents', () => {
  it('lists calls that ring, the longest first', () => {
    const calls = [
      aCall({ id: 'late', ringAt: instant(2) }),
      aCall({ id: 'early', ringAt: instant(1) }),
      aCall({ id: 'answered', answeredAt: instant(3) }),
      aCall({ id: 'gone', endedAt: instant(3) }),
    ];
    expect(listRingingCalls(boardOf({ calls })).map(({ id }) => id)).toEqual(['early', 'late']);
  });

  it('gathers the calls and assignments of an incident, open ones first', () => {
    const board = boardOf({
      incidents: [anIncident()],
      calls: [aCall({ id: 'mine', incidentId: 'incident' }), aCall({ id: 'other' })],
      assignments: [
        anAssignment({ id: 'ended', stage: 'cancelled', endedAt: instant(1) }),
        anAssignment({ id: 'open' }),
        anAssignment({ id: 'elsewhere', incidentId: 'another' }),
      ],
    });
    const view = findIncidentView(board, 'incident');
    expect(view?.calls.map(({ id }) => id)).toEqual(['mine']);
    expect(view?.assignments.map(({ id }) => id)).toEqual(['open', 'ended']);
    expect(findIncidentView(board, 'nowhere')).toBeUndefined();
  });
});
