import { instant, type LonLat, type Seconds, seconds } from '@lamplight/base';
import type { RecommendationView } from '@lamplight/contracts';
import type { RecordedResponse } from '@lamplight/simulation';
import { describe, expect, it } from 'vitest';
import { type ChoiceFacts, chooseUnits } from '../src/rehearsal/choose.js';

const TYPES = new Map([
  ['E1', 'ENGINE'],
  ['E2', 'ENGINE'],
  ['E3', 'ENGINE'],
  ['M1', 'MEDIC'],
  ['M2', 'MEDIC'],
  ['C1', 'CHIEF'],
]);

const wanted = (unitId: string, unitType: string): RecordedResponse => ({
  unitId,
  unitType,
  dispatchAt: instant(0),
});

const candidate = (unitId: string, eta: number, divertFrom: string | null = null) => ({
  unitId,
  eta: seconds(eta),
  etaP90: seconds(2 * eta),
  positionAge: seconds(0),
  suggested: false,
  divertFrom,
  reasons: [],
});

/** Nothing is known but what a test says; a unit's distance is the number at the end of its name. */
function facts(
  recommendation: Partial<Pick<RecommendationView, 'candidates' | 'excluded'>>,
  more: Partial<ChoiceFacts> = {},
): ChoiceFacts {
  return {
    recommendation: { candidates: [], excluded: [], ...recommendation },
    typeOf: TYPES,
    reserved: new Set(),
    stackSize: () => 0,
    isAssigned: () => false,
    positionOf: (unitId): LonLat => [Number(unitId.slice(1)), 0],
    timesTo: (origins): Seconds[] => origins.map(([lon]) => seconds(lon)),
    ...more,
  };
}

const chosen = (responses: readonly RecordedResponse[], given: ChoiceFacts): string[] =>
  chooseUnits(responses, given).map(({ unitId, kind }) => `${unitId} ${kind}`);

describe('choosing units for recorded responses', () => {
  it('takes the best free candidate of the recorded type, whatever unit the recording names', () => {
    const candidates = [candidate('M2', 10), candidate('E3', 20), candidate('E1', 30), candidate('M1', 40)];
    expect(chosen([wanted('E1', 'ENGINE'), wanted('M1', 'MEDIC')], facts({ candidates }))).toEqual([
      'E3 recommended',
      'M2 recommended',
    ]);
  });

  it('takes no unit twice, none that is being sent elsewhere and none that is there already', () => {
    const candidates = [candidate('E1', 10), candidate('E2', 20), candidate('E3', 30)];
    const engines = [wanted('E1', 'ENGINE'), wanted('E2', 'ENGINE')];
    expect(chosen(engines, facts({ candidates }))).toEqual(['E1 recommended', 'E2 recommended']);
    const given = facts(
      { candidates },
      { reserved: new Set(['E1']), isAssigned: (unitId) => unitId === 'E2' },
    );
    expect(chosen(engines, given)).toEqual(['E3 recommended']);
  });

  it('goes outside the run card to the nearest free unit of the type', () => {
    const excluded = ['E3', 'E2', 'C1'].map((unitId) => ({ unitId, reason: 'capability-not-needed' }));
    expect(chosen([wanted('E1', 'ENGINE')], facts({ excluded }))).toEqual(['E2 outside-run-card']);
  });

  it('takes a unit off other work only when nobody is free', () => {
    const candidates = [candidate('E1', 10, 'incident-1'), candidate('E2', 500)];
    const engines = [wanted('E1', 'ENGINE'), wanted('E2', 'ENGINE')];
    expect(chosen(engines, facts({ candidates }))).toEqual(['E2 recommended', 'E1 preempted']);
  });

  it('puts the order on the shortest stack when everyone is at work, but not on that of a unit off duty', () => {
    const excluded = [
      { unitId: 'E1', reason: 'committed' },
      { unitId: 'E2', reason: 'committed' },
      { unitId: 'E3', reason: 'off-duty' },
    ];
    const stackSize = (unitId: string): number => ({ E1: 2, E2: 1 })[unitId] ?? 0;
    expect(chosen([wanted('E1', 'ENGINE')], facts({ excluded }, { stackSize }))).toEqual(['E2 stacked']);
  });

  it('leaves out a response that no unit fits', () => {
    expect(chosen([wanted('B1', 'BOAT')], facts({}))).toEqual([]);
  });
});
