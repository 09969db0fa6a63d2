import { instant } from '@lamplight/base';
import type { LoggedResponseEvent } from '@lamplight/contracts';
import { describe, expect, it } from 'vitest';
import {
  eventBeside,
  eventsUntil,
  gapsOf,
  stateAfter,
  wayUntil,
  whereabouts,
} from '../src/after/replay-state.js';

const at = (second: number) => instant(second * 1000);

const logged = (
  position: number,
  event: LoggedResponseEvent['event'],
  recorded: number,
): LoggedResponseEvent => ({
  position,
  recordedAt: at(recorded),
  actor: 'account:a',
  device: null,
  event,
});

const by = 'account:a';
/** A unit that was sent at 10 and reported at 100, from a tunnel, that it had arrived at 40. */
const events = [
  logged(
    1,
    {
      type: 'IncidentOpened',
      id: 'i',
      at: at(0),
      number: '20260131-0001',
      externalId: null,
      source: 'call',
      by,
      splitFrom: null,
    },
    0,
  ),
  logged(
    2,
    { type: 'UnitDispatched', id: 'a', at: at(10), incidentId: 'i', unitId: 'u', by, etaSeconds: null },
    10,
  ),
  logged(3, { type: 'ProgressReported', id: 'a', at: at(40), stage: 'onScene', by }, 100),
];

describe('a moment of an incident', () => {
  it('is what had happened by then, or what was known by then', () => {
    const stageAt = (second: number, view: 'happened' | 'known') =>
      stateAfter(eventsUntil(events, at(second), view)).findAssignment('a')?.stage;
    expect(stageAt(5, 'happened')).toBeUndefined();
    expect(stageAt(50, 'happened')).toBe('onScene');
    expect(stageAt(50, 'known')).toBe('dispatched');
    expect(stageAt(100, 'known')).toBe('onScene');
  });

  it('leaves out a report about something that was not there yet', () => {
    const early = [
      ...events.slice(0, 1),
      logged(
        2,
        { type: 'UnitDispatched', id: 'a', at: at(30), incidentId: 'i', unitId: 'u', by, etaSeconds: null },
        30,
      ),
      logged(3, { type: 'ProgressReported', id: 'a', at: at(20), stage: 'enroute', by }, 40),
    ];
    expect(stateAfter(eventsUntil(early, at(25), 'happened')).findAssignment('a')).toBeUndefined();
    expect(stateAfter(eventsUntil(early, at(45), 'happened')).findAssignment('a')?.stage).toBe('enroute');
  });

  it('leads to the event before and the next', () => {
    expect(eventBeside(events, at(10), 'happened', 'next')).toBe(at(40));
    expect(eventBeside(events, at(10), 'known', 'next')).toBe(at(100));
    expect(eventBeside(events, at(10), 'happened', 'previous')).toBe(at(0));
    expect(eventBeside(events, at(0), 'happened', 'previous')).toBeNull();
  });
});

describe('where a unit was', () => {
  const points: [number, number, number, number | null][] = [
    [10, 1, 1, 90],
    [20, 2, 1, 90],
    [200, 3, 1, null],
  ];

  it('lies between two near positions, and is not made up across a gap', () => {
    expect(whereabouts(points, 5)).toBeNull();
    expect(whereabouts(points, 15)).toMatchObject({ position: [1.5, 1], stale: false });
    expect(whereabouts(points, 50)).toMatchObject({ position: [2, 1], age: 30, stale: false });
    expect(whereabouts(points, 150)).toMatchObject({ position: [2, 1], age: 130, stale: true });
    expect(whereabouts(points, 200)).toMatchObject({ position: [3, 1], age: 0, stale: false });
  });

  it('is told to be missing where it is', () => {
    expect(gapsOf(points, 230)).toEqual([{ from: 20, to: 200 }]);
    expect(gapsOf([], 100)).toEqual([{ from: 0, to: 100 }]);
    expect(wayUntil(points, 25)).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
