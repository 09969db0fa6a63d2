import { instant, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { type BoardState, emptyBoard } from '../src/board-state.js';
import {
  createUnitList,
  filterUnits,
  groupUnits,
  listDiverted,
  sortUnits,
  timeInState,
} from '../src/unit-list.js';
import { aFix, anAssignment, anIncident, aUnit } from './fixtures/entities.js';

type Units = readonly ReturnType<typeof aUnit>[];
const byId = <Entity extends { readonly id: string }>(entities: readonly Entity[]) =>
  new Map(entities.map((entity) => [entity.id, entity]));
const boardOf = (units: Units, part: Partial<BoardState> = {}): BoardState => ({
  ...emptyBoard,
  units: byId(units),
  ...part,
});
const effectOf = () => 'available' as const;
const duty = { since: instant(0), crew: ['Wang Li', 'Ann Bell'] };

const UNITS = [
  aUnit({
    id: 'e10',
    callSign: 'E10',
    unitType: 'engine',
    capabilities: ['fire-attack'],
    duty,
    stationId: 's1',
  }),
  aUnit({ id: 'e9', callSign: 'E9', unitType: 'engine', capabilities: ['fire-attack', 'rescue'], duty }),
  aUnit({ id: 'a1', callSign: 'A1', unitType: 'ambulance', capabilities: [], duty: null }),
];
const FILTER = { state: null, unitType: null, capability: null, text: '' };
const signs = (views: readonly { readonly unit: { readonly callSign: string } }[]) =>
  views.map(({ unit }) => unit.callSign);

describe('the list of units', () => {
  it('is in the order in which call signs are counted', () => {
    expect(signs(createUnitList()(boardOf(UNITS), effectOf))).toEqual(['A1', 'E9', 'E10']);
  });

  it('keeps the view of every unit of which nothing changed', () => {
    const list = createUnitList();
    const before = list(boardOf(UNITS), effectOf);
    const assignment = anAssignment({ id: 'a', unitId: 'e9', incidentId: 'i', stage: 'enroute' });
    const incident = anIncident({ id: 'i' });
    const busy = boardOf(UNITS, { assignments: byId([assignment]), incidents: byId([incident]) });
    const after = list(busy, effectOf);
    expect(after.map((view, index) => view === before[index])).toEqual([true, false, true]);
    expect(after[1]).toMatchObject({ availability: 'committed', incident: { id: 'i' } });
    expect(list(busy, effectOf)).toBe(after);
  });

  it('takes in who is new and leaves out who has retired', () => {
    const list = createUnitList();
    list(boardOf(UNITS), effectOf);
    const [first, ...rest] = UNITS;
    if (!first) throw new Error('there are units');
    const later = boardOf([
      { ...first, retired: true, version: 2 },
      ...rest,
      aUnit({ id: 'e1', callSign: 'E1' }),
    ]);
    expect(signs(list(later, effectOf))).toEqual(['A1', 'E1', 'E9']);
  });
});

describe('finding units', () => {
  const views = createUnitList()(boardOf(UNITS), effectOf);
  const find = (part: Partial<typeof FILTER>, name = (id: string) => id) =>
    signs(filterUnits(views, { ...FILTER, ...part }, name));

  it('looks at the call sign, the type, the capability by its name, and the crew', () => {
    expect(find({ text: 'e1' })).toEqual(['E10']);
    expect(find({ text: 'AMBU' })).toEqual(['A1']);
    expect(find({ text: '救援' }, (id) => (id === 'rescue' ? '救援' : id))).toEqual(['E9']);
    expect(find({ text: 'wang engine' })).toEqual(['E9', 'E10']);
    expect(find({ text: 'nobody' })).toEqual([]);
  });

  it('groups by station, with those that have none last, and by each capability a unit has', () => {
    const keys = (by: 'station' | 'capability') =>
      groupUnits(views, by).map(({ key, views: members }) => [key, signs(members)]);
    expect(keys('station')).toEqual([
      ['s1', ['E10']],
      ['', ['A1', 'E9']],
    ]);
    expect(keys('capability')).toEqual([
      ['fire-attack', ['E9', 'E10']],
      ['rescue', ['E9']],
      ['', ['A1']],
    ]);
  });

  it('sorts by nearness where there is a place, and keeps who is nowhere for the end', () => {
    const fixes = new Map([
      ['e10', aFix({ unitId: 'e10', position: [113.501, 24.8] })],
      ['e9', aFix({ unitId: 'e9', position: [113.6, 24.8] })],
    ]);
    expect(signs(sortUnits(views, 'nearest', [113.5, 24.8], fixes))).toEqual(['E10', 'E9', 'A1']);
    expect(sortUnits(views, 'nearest', null, fixes)).toBe(views);
  });
});

describe('the time in a state', () => {
  const onScene = anAssignment({
    id: 'a',
    unitId: 'e9',
    incidentId: 'i',
    stage: 'onScene',
    stamps: { onScene: instant(0) },
  });
  const at = (minutes: number) => {
    const views = createUnitList()(boardOf(UNITS, { assignments: byId([onScene]) }), effectOf);
    const view = views.find(({ unit }) => unit.id === 'e9');
    if (!view) throw new Error('there is one');
    return timeInState(view, instant(minutes * 60_000));
  };

  it('is fine, then near its limit, then over it', () => {
    expect(at(10)).toEqual({ age: seconds(600), verdict: 'fine' });
    expect(at(25)?.verdict).toBe('near');
    expect(at(31)?.verdict).toBe('over');
  });
});

describe('who would leave other work', () => {
  it('is whoever holds an active order elsewhere, and not who goes to the same incident', () => {
    const orders = [
      anAssignment({ id: '1', unitId: 'e9', incidentId: 'here', stage: 'enroute' }),
      anAssignment({ id: '2', unitId: 'e10', incidentId: 'there', stage: 'enroute' }),
      anAssignment({ id: '3', unitId: 'a1', incidentId: 'there', stage: 'proposed' }),
    ];
    const board = boardOf(UNITS, { assignments: byId(orders) });
    expect(listDiverted(board, ['e9', 'e10', 'a1'], 'here')).toEqual([{ unitId: 'e10', from: 'there' }]);
  });
});
