import { metresPerSecond, type Seconds, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  type BrokenReason,
  buildNetwork,
  createEmergencyProfile,
  type DrivingSide,
  EDGE_FLAGS,
  emergencyProfile,
  footProfile,
  openNetwork,
  ordinaryProfile,
  type RoadNetwork,
  type RoadProfile,
  serializeNetwork,
  type TurnFacts,
} from '../src/index.js';
import {
  type OsmData,
  type OsmRelation,
  type OsmWay,
  writePbf,
  writeXml,
  writeXmlGz,
} from './fixtures/osm-writer.js';
import { networkOf, node, randomTown, way } from './fixtures/towns.js';
import { controlAt, type Leg, listLegs } from './fixtures/walks.js';

/** A crossing at node 5 with arms to the west (1), north (2), east (3) and south (4), and a ring road that joins them. */
const ARMS = [
  node(1, -200, 0),
  node(2, 0, 200),
  node(3, 200, 0),
  node(4, 0, -200),
  node(5, 0, 0),
  node(6, -300, 300),
  node(7, 300, 300),
  node(8, 300, -300),
  node(9, -300, -300),
];
const WEST = way(11, [1, 5]);
const NORTH = way(12, [5, 2]);
const EAST = way(13, [5, 3]);
const SOUTH = way(14, [4, 5]);
const RING = way(15, [1, 6, 2, 7, 3, 8, 4, 9, 1]);

type Member = OsmRelation['members'][number];
const from = (id: number): Member => ({ type: 'way', id, role: 'from' });
const to = (id: number): Member => ({ type: 'way', id, role: 'to' });
const via = (id: number): Member => ({ type: 'node', id, role: 'via' });
const over = (id: number): Member => ({ type: 'way', id, role: 'via' });

function fail(): never {
  throw new Error('the profile has no turns');
}

let nextId = 1;
const rule = (
  restriction: string,
  members: readonly Member[],
  tags: Record<string, string> = {},
): OsmRelation => ({
  id: nextId++,
  members,
  tags: { type: 'restriction', ...(restriction !== '' && { restriction }), ...tags },
});

const crossing = (
  relations: readonly OsmRelation[],
  ways: readonly OsmWay[] = [WEST, NORTH, EAST, SOUTH],
): OsmData => ({
  nodes: ARMS,
  ways: [...ways, RING],
  relations,
});

/** The delay in seconds of the turn between two legs, given by their nodes, or `undefined` where it is not made. */
function turn(
  network: RoadNetwork,
  data: OsmData,
  [a, b]: readonly [number, number],
  [c, d]: readonly [number, number],
): number | undefined {
  const legs = listLegs(network, data.nodes);
  const arcOf = (tail: number, head: number): number | undefined =>
    legs.find((leg: Leg) => leg.tail === tail && leg.head === head)?.arc;
  const { firstTurn, turnState, turnDelay, stateArc } = network.arrays;
  const [before, after] = [arcOf(a, b), arcOf(c, d)];
  if (before === undefined || after === undefined) throw new Error('no such leg');
  for (let i = firstTurn[before] ?? 0; i < (firstTurn[before + 1] ?? 0); i++) {
    if (stateArc[turnState[i] ?? 0] === after) return (turnDelay[i] ?? 0) / 10;
  }
  return undefined;
}

const fromWest = (network: RoadNetwork, data: OsmData): (number | undefined)[] =>
  [2, 3, 4, 1].map((arm) => turn(network, data, [1, 5], [5, arm]));

const obeyedBy = (profile: RoadProfile, ...relations: OsmRelation[]): (number | undefined)[] => {
  const data = crossing(relations);
  return fromWest(networkOf(data, { profile }), data);
};

const [LEFT, STRAIGHT, RIGHT] = obeyedBy(ordinaryProfile);

describe('a01 restrictions at a crossing', () => {
  it('leave all ways on but back where there are none', () => {
    expect(obeyedBy(ordinaryProfile)).toEqual([expect.any(Number), 0, expect.any(Number), undefined]);
  });

  it('forbid one way on', () => {
    const noLeft = rule('no_left_turn', [from(11), via(5), to(12)]);
    expect(obeyedBy(ordinaryProfile, noLeft)).toEqual([undefined, STRAIGHT, RIGHT, undefined]);
  });

  it('forbid all ways on but one', () => {
    const onlyStraight = rule('only_straight_on', [from(11), via(5), to(13)]);
    expect(obeyedBy(ordinaryProfile, onlyStraight)).toEqual([undefined, STRAIGHT, undefined, undefined]);
  });

  it('do not bind those who come from elsewhere', () => {
    const data = crossing([rule('only_straight_on', [from(11), via(5), to(13)])]);
    const network = networkOf(data, { profile: ordinaryProfile });
    expect([1, 2, 3].map((arm) => turn(network, data, [4, 5], [5, arm]))).toEqual([LEFT, STRAIGHT, RIGHT]);
  });

  it('let several forms of entry and exit be shut at once', () => {
    const noExit = rule('no_exit', [from(11), via(5), to(12), to(14)]);
    expect(obeyedBy(ordinaryProfile, noExit)).toEqual([undefined, STRAIGHT, undefined, undefined]);
    const noEntry = rule('no_entry', [from(11), from(14), via(5), to(13)]);
    const data = crossing([noEntry]);
    const network = networkOf(data, { profile: ordinaryProfile });
    expect(fromWest(network, data)).toEqual([LEFT, undefined, RIGHT, undefined]);
    expect(turn(network, data, [4, 5], [5, 3])).toBeUndefined();
  });

  it('cost an emergency vehicle five seconds, and nothing where it is exempt', () => {
    const [left = 0, ...others] = obeyedBy(emergencyProfile);
    const rules = (tags: Record<string, string>) => rule('no_left_turn', [from(11), via(5), to(12)], tags);
    expect(obeyedBy(emergencyProfile, rules({}))).toEqual([left + 5, ...others]);
    expect(obeyedBy(emergencyProfile, rules({ except: 'psv; emergency' }))).toEqual([left, ...others]);
    expect(obeyedBy(ordinaryProfile, rules({ except: 'emergency' }))[0]).toBeUndefined();
    expect(obeyedBy(ordinaryProfile, rules({ except: 'motorcar;psv' }))[0]).toBe(LEFT);
  });

  it('are read for the kind of vehicle that they name', () => {
    const named = (key: string, value = 'no_left_turn') =>
      obeyedBy(ordinaryProfile, rule('', [from(11), via(5), to(12)], { [key]: value }))[0];
    expect(named('restriction:motorcar')).toBeUndefined();
    expect(named('restriction:motor_vehicle')).toBeUndefined();
    expect(named('restriction:hgv')).toBe(LEFT);
    expect(named('restriction:conditional', 'no_left_turn @ (Mo-Fr 07:00-09:00)')).toBe(LEFT);
    expect(named('restriction', 'no_right_turn_on_red')).toBe(LEFT);
    const both = rule('no_left_turn', [from(11), via(5), to(12)], { 'restriction:motorcar': 'none' });
    expect(obeyedBy(ordinaryProfile, both)[0]).toBe(LEFT);
  });

  it('do not bind walkers, who are not even counted', () => {
    const data = crossing([rule('only_straight_on', [from(11), via(5), to(13)])]);
    const network = networkOf(data, { profile: footProfile });
    expect(fromWest(network, data)).toEqual([0, 0, 0, 0]);
    expect(network.report.restrictions.read).toBe(0);
  });

  it('mean the edge at the via of a way that is cut into several', () => {
    const nodes = [...ARMS, node(10, -100, 0), node(20, -100, 90)];
    const ways = [way(11, [1, 10, 5]), NORTH, EAST, SOUTH, way(16, [10, 20]), RING];
    const data = { nodes, ways, relations: [rule('no_left_turn', [from(11), via(5), to(12)])] };
    const network = networkOf(data, { profile: ordinaryProfile });
    expect(turn(network, data, [10, 5], [5, 2])).toBeUndefined();
    expect(turn(network, data, [1, 10], [10, 20])).toBe(LEFT);
  });

  it('go by the side of the turn where a way passes through the via', () => {
    const through = way(17, [4, 5, 2]);
    const data = crossing([rule('no_left_turn', [from(11), via(5), to(17)])], [WEST, EAST, through]);
    const network = networkOf(data, { profile: ordinaryProfile });
    expect(fromWest(network, data)).toEqual([undefined, STRAIGHT, RIGHT, undefined]);
    const vague = crossing([rule('no_entry', [from(11), via(5), to(17)])], [WEST, EAST, through]);
    const free = networkOf(vague, { profile: ordinaryProfile });
    expect(fromWest(free, vague)).toEqual([LEFT, STRAIGHT, RIGHT, undefined]);
    expect(free.report.restrictions.broken.ambiguous).toBe(1);
  });
});

describe('a02 restrictions over ways', () => {
  // Two carriageways, joined by a short way from 5 to 20; north of it 21.
  const nodes = [...ARMS, node(20, 0, 15), node(21, -200, 15), node(22, 200, 15)];
  const ways = [
    way(11, [1, 5]),
    way(13, [5, 3]),
    way(16, [5, 20]),
    way(18, [20, 21]),
    way(19, [20, 22]),
    SOUTH,
    RING,
  ];
  const joins = [way(30, [21, 1]), way(31, [22, 3])];
  const data = (...relations: OsmRelation[]): OsmData => ({ nodes, ways: [...ways, ...joins], relations });

  /** Whether the legs can be driven one after another. */
  function drives(network: RoadNetwork, town: OsmData, route: readonly number[]): boolean {
    const legs = listLegs(network, town.nodes);
    const arcs = route
      .slice(1)
      .map((head, i) => legs.find((leg) => leg.tail === route[i] && leg.head === head)?.arc);
    const { firstTurn, turnState, stateArc } = network.arrays;
    let states = [arcs[0] ?? -1];
    for (const arc of arcs.slice(1)) {
      states = states.flatMap((state) =>
        [...turnState.subarray(firstTurn[state], firstTurn[state + 1])].filter(
          (next) => stateArc[next] === arc,
        ),
      );
    }
    return states.length > 0;
  }

  it('forbid the way through and nothing else', () => {
    const town = data(rule('no_u_turn', [from(11), over(16), to(18)]));
    const network = networkOf(town, { profile: ordinaryProfile });
    expect(network.stateCount).toBe(network.arcCount + 1);
    expect(drives(network, town, [1, 5, 20, 21])).toBe(false);
    expect(drives(network, town, [1, 5, 20, 22])).toBe(true);
    expect(drives(network, town, [4, 5, 20, 21])).toBe(true);
    expect(drives(network, town, [1, 5, 3])).toBe(true);
  });

  it('hold him to the way through who has come on it from there', () => {
    const town = data(rule('only_right_turn', [from(11), over(16), to(19)]));
    const network = networkOf(town, { profile: ordinaryProfile });
    expect(drives(network, town, [1, 5, 20, 22])).toBe(true);
    expect(drives(network, town, [1, 5, 20, 21])).toBe(false);
    expect(drives(network, town, [4, 5, 20, 21])).toBe(true);
    expect(drives(network, town, [1, 5, 3])).toBe(true);
  });

  it('take several via ways in any order', () => {
    const cut = ways.map((old) => (old.id === 16 ? way(16, [5, 40]) : old));
    const relation = rule('no_u_turn', [over(36), from(11), to(18), over(16)]);
    const town: OsmData = {
      nodes: [...nodes, node(40, 0, 7)],
      ways: [...cut, way(36, [40, 20]), ...joins],
      relations: [relation],
    };
    const network = networkOf(town, { profile: ordinaryProfile });
    expect(network.report.restrictions.obeyed).toBe(1);
    expect(drives(network, town, [1, 5, 40, 20, 21])).toBe(false);
    expect(drives(network, town, [1, 5, 40, 20, 22])).toBe(true);
  });
});

describe('a03 restrictions that point nowhere', () => {
  const oneway = [
    WEST,
    way(12, [2, 5], { oneway: 'yes' }),
    EAST,
    SOUTH,
    way(40, [5, 6], { highway: 'footway' }),
    way(41, [7, 8]),
  ];

  it.each<[BrokenReason, OsmRelation]>([
    ['unknown-kind', rule('no_flying', [from(11), via(5), to(12)])],
    ['unknown-kind', rule('', [from(11), via(5), to(12)])],
    ['members', rule('no_left_turn', [from(11), to(12)])],
    ['members', rule('no_left_turn', [from(11), via(5)])],
    ['members', rule('no_left_turn', [via(5), to(12)])],
    ['members', rule('no_left_turn', [from(11), via(5), via(4), to(12)])],
    ['members', rule('no_left_turn', [from(11), via(5), over(14), to(12)])],
    ['missing-way', rule('no_left_turn', [from(999), via(5), to(12)])],
    ['missing-way', rule('no_left_turn', [from(11), over(999), to(12)])],
    ['not-driven', rule('no_left_turn', [from(11), via(5), to(12)])], // against the one-way street
    ['not-driven', rule('only_left_turn', [from(11), via(5), to(40)])], // into a footpath
    ['not-driven', rule('no_left_turn', [from(11), over(12), to(15)])],
    ['not-joined', rule('no_left_turn', [from(11), via(999), to(13)])],
    ['not-joined', rule('no_left_turn', [from(11), via(2), to(13)])],
    ['not-joined', rule('no_left_turn', [from(11), over(41), to(12)])],
  ])('are counted as %s and restrict nothing: %j', (reason, relation) => {
    const free = networkOf(crossing([], oneway), { profile: ordinaryProfile });
    const data = crossing([relation], oneway);
    const network = networkOf(data, { profile: ordinaryProfile });
    const { read, obeyed, broken } = network.report.restrictions;
    expect({ read, obeyed, broken: broken[reason] }).toEqual({ read: 1, obeyed: 0, broken: 1 });
    expect(network.arrays.turnState).toEqual(free.arrays.turnState);
  });

  it('are counted once each, and those that come twice are too', () => {
    const first = rule('no_left_turn', [from(11), via(5), to(12)]);
    const relations = [
      first,
      first,
      rule('', [from(11), via(5), to(12)], { 'restriction:hgv': 'no_u_turn' }),
    ];
    const { report } = networkOf(crossing(relations), { profile: ordinaryProfile });
    expect(report.restrictions).toMatchObject({ read: 3, obeyed: 1, disregarded: 0, exempt: 1 });
    expect(report.restrictions.broken.duplicate).toBe(1);
  });

  it('count as partial where only some members are of no use', () => {
    const relation = rule('no_entry', [from(11), from(999), via(5), to(12)]);
    const { report } = networkOf(crossing([relation]), { profile: ordinaryProfile });
    expect(report.restrictions).toMatchObject({ read: 1, obeyed: 1, partial: 1 });
  });

  it('are a warning where they cut something off', () => {
    const shut = [1, 2, 3].map((arm) => rule('no_exit', [from(14), via(5), to(10 + arm)]));
    const blind: OsmData = {
      nodes: ARMS,
      ways: [WEST, NORTH, EAST, SOUTH, way(15, [1, 6, 2, 7, 3])],
      relations: shut,
    };
    const { report } = networkOf(blind, { profile: ordinaryProfile });
    // Who is in the blind arm does not get out of it; who enters it does neither.
    expect(report.stuckStates).toBe(2);
    expect(networkOf(blind, { profile: emergencyProfile }).report.stuckStates).toBe(0);
  });
});

describe('a04 turning round', () => {
  const blind: OsmData = { nodes: ARMS, ways: [WEST, NORTH, EAST, SOUTH, way(15, [1, 6, 2, 7, 3])] };

  it('is always possible at a dead end', () => {
    expect(turn(networkOf(blind, { profile: ordinaryProfile }), blind, [5, 4], [4, 5])).toBe(20);
    expect(turn(networkOf(blind), blind, [5, 4], [4, 5])).toBe(15);
  });

  it('is done elsewhere by emergency vehicles only', () => {
    expect(turn(networkOf(blind, { profile: ordinaryProfile }), blind, [4, 5], [5, 4])).toBeUndefined();
    expect(turn(networkOf(blind), blind, [4, 5], [5, 4])).toBe(15);
  });

  it('is forbidden where a sign says so', () => {
    const noUTurn = rule('no_u_turn', [from(14), via(5), to(14)]);
    const data = crossing([noUTurn]);
    expect(turn(networkOf(data), data, [4, 5], [5, 4])).toBe(20);
  });
});

const facts = (more: Partial<TurnFacts>): TurnFacts => ({
  kind: 'straight',
  angle: 0,
  drivingSide: 'right',
  fromClass: 'residential',
  toClass: 'residential',
  fromSpeed: metresPerSecond(50 / 3.6),
  toSpeed: metresPerSecond(50 / 3.6),
  control: 'none',
  passedControl: false,
  degree: 4,
  crossedClass: 'residential',
  ...more,
});

const delayOf = ({ turns }: RoadProfile, more: Partial<TurnFacts>): Seconds | undefined =>
  turns?.delay(facts(more));

describe('a05 what turns take', () => {
  it('is nothing straight on without a control, nor where a road only bends', () => {
    for (const profile of [ordinaryProfile, emergencyProfile]) {
      expect(delayOf(profile, {})).toBe(0);
      expect(delayOf(profile, { kind: 'left', angle: 90, degree: 2 })).toBe(0);
    }
  });

  it('is the time of slowing down to the corner and speeding up again', () => {
    // (13.9 − 5)² / (2 · 1.8 · 13.9) on either side
    expect(delayOf(ordinaryProfile, { kind: 'right', angle: -90 })).toBeCloseTo(3.16, 2);
    expect(delayOf(ordinaryProfile, { kind: 'right', angle: -45 })).toBeLessThan(1);
    expect(delayOf(ordinaryProfile, { kind: 'right', angle: -150 })).toBeCloseTo(4.74, 2);
  });

  it('grows by a gap in oncoming traffic, on the side where that is', () => {
    const [left, right] = [{ kind: 'left', angle: 90 } as const, { kind: 'right', angle: -90 } as const];
    const main = { fromClass: 'secondary', toClass: 'secondary' } as const;
    const difference = (drivingSide: DrivingSide, profile: RoadProfile): number =>
      (delayOf(profile, { ...left, ...main, drivingSide }) ?? 0) -
      (delayOf(profile, { ...right, ...main, drivingSide }) ?? 0);
    expect(difference('right', ordinaryProfile)).toBeCloseTo(3, 9);
    expect(difference('left', ordinaryProfile)).toBeCloseTo(-3, 9);
    expect(difference('right', emergencyProfile)).toBeCloseTo(1, 9);
  });

  it('is level of service B at a signal for everybody, and a quarter of that for a crew with its siren on', () => {
    const ordinary = delayOf(ordinaryProfile, { control: 'signal' }) ?? 0;
    expect(ordinary).toBeGreaterThan(10);
    expect(ordinary).toBeLessThan(20);
    expect(ordinary).toBeCloseTo(0.55 * (16.5 + 50 / 3.6 / 1.8), 2);
    expect(delayOf(emergencyProfile, { control: 'signal' })).toBeCloseTo(3.16, 2);
  });

  it('rises from a mini roundabout over give-way and stop to a signal', () => {
    const rising = (['none', 'mini-roundabout', 'give-way', 'stop', 'signal'] as const).map(
      (control) => delayOf(ordinaryProfile, { control }) ?? 0,
    );
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    expect(new Set(rising).size).toBe(5);
  });

  it('holds who comes from a lesser road to a main one, sign or none, and not who is on the main one', () => {
    const give = delayOf(ordinaryProfile, { control: 'give-way' });
    expect(delayOf(ordinaryProfile, { crossedClass: 'primary' })).toBe(give);
    expect(delayOf(ordinaryProfile, { crossedClass: 'primary', degree: 2 })).toBe(0);
    expect(delayOf(ordinaryProfile, { fromClass: 'primary', crossedClass: 'primary' })).toBe(0);
    expect(delayOf(ordinaryProfile, { fromClass: 'service', crossedClass: 'residential' })).toBe(0);
  });

  it('is told left from right by the map', () => {
    const [left = 0, straight, right = 0] = obeyedBy(ordinaryProfile);
    expect(straight).toBe(0);
    expect(left).toBeGreaterThan(right);
    const data = crossing([]);
    const mirrored = networkOf(data, { profile: ordinaryProfile, drivingSide: 'left' });
    expect(fromWest(mirrored, data)).toEqual([right, 0, left, undefined]);
    expect(mirrored.report.drivingSide).toBe('left');
  });
});

describe('a profile with turns that cannot be', () => {
  it.each([-1, Number.NaN, 7_000])('is a bug of its author and throws: %s s', (delay) => {
    const turns = { ...(ordinaryProfile.turns ?? fail()), delay: () => seconds(delay) };
    const build = () => networkOf(crossing([]), { profile: { ...ordinaryProfile, turns } });
    expect(build).toThrow(/the profile has a turn that takes/);
  });
});

describe('a06 signals and signs', () => {
  const signals = { highway: 'traffic_signals' };
  const faced = (data: OsmData, before: readonly [number, number], after: readonly [number, number]) =>
    turn(networkOf(data, { profile: ordinaryProfile }), data, before, after) ?? 0;
  const ways = [WEST, NORTH, EAST, SOUTH, RING];
  const SIGNAL = faced(
    { nodes: ARMS.map((n) => (n.id === 5 ? { ...n, tags: signals } : n)), ways },
    [1, 5],
    [5, 3],
  );

  it('count at the junction itself', () => {
    expect(SIGNAL).toBeGreaterThan(8);
  });

  it('count once when they stand at the stop lines, for those who come', () => {
    const nodes = [...ARMS, node(50, -15, 0, signals), node(51, 15, 0, signals)];
    const data = { nodes, ways: [way(11, [1, 50, 5]), NORTH, way(13, [5, 51, 3]), SOUTH, RING] };
    expect(faced(data, [1, 5], [5, 3])).toBe(SIGNAL);
    expect(faced(data, [3, 5], [5, 1])).toBe(SIGNAL);
    const bare = { nodes: nodes.map(({ tags: _, ...rest }) => rest), ways: data.ways };
    expect(faced(data, [5, 3], [3, 4])).toBe(faced(bare, [5, 3], [3, 4]));
    expect(faced(data, [4, 5], [5, 2])).toBe(0);
    expect(controlAt(networkOf(data), nodes, 5)).toBe('signal');
  });

  it('count for both directions where they stand far from any junction', () => {
    const nodes = [...ARMS, node(50, -100, 0, signals)];
    const data = { nodes, ways: [way(11, [1, 50, 5]), NORTH, EAST, SOUTH, RING] };
    const bare = { nodes: nodes.map(({ tags: _, ...rest }) => rest), ways: data.ways };
    expect(faced(data, [1, 5], [5, 3])).toBe(SIGNAL);
    expect(faced(data, [5, 1], [1, 4])).toBeGreaterThan(faced(bare, [5, 1], [1, 4]) + 5);
  });

  it('count once when ways are cut at the stop lines, on the way in and out', () => {
    const nodes = [...ARMS, node(50, -15, 0, signals), node(51, 15, 0, signals)];
    const cut = [way(11, [1, 50]), way(61, [50, 5]), NORTH, way(13, [5, 51]), way(63, [51, 3]), SOUTH, RING];
    const total = (list: OsmData): number =>
      faced(list, [1, 50], [50, 5]) + faced(list, [50, 5], [5, 51]) + faced(list, [5, 51], [51, 3]);
    expect(total({ nodes, ways: cut })).toBe(SIGNAL);
    const both = nodes.map((n) => (n.id === 5 ? { ...n, tags: signals } : n));
    expect(total({ nodes: both, ways: cut })).toBe(SIGNAL);
  });

  it('face the direction that they name', () => {
    const nodes = [...ARMS, node(50, -100, 0, { ...signals, 'traffic_signals:direction': 'forward' })];
    const data = { nodes, ways: [way(11, [1, 50, 5]), NORTH, EAST, SOUTH, RING] };
    expect(faced(data, [1, 5], [5, 3])).toBe(SIGNAL);
    expect(faced(data, [3, 5], [5, 1])).toBe(0);
    const back = {
      ...data,
      nodes: nodes.map((n) => (n.id === 50 ? { ...n, tags: { highway: 'stop', direction: 'backward' } } : n)),
    };
    expect(faced(back, [1, 5], [5, 3])).toBe(0);
    expect(controlAt(networkOf(back), nodes, 1)).toBe('stop');
  });

  it('count once on the crossing of two dual carriageways', () => {
    // Eastbound along y = 0, westbound along y = 20; northbound along x = 20, southbound along x = 0.
    const crossings = [
      node(50, 0, 0, signals),
      node(51, 20, 0, signals),
      node(52, 0, 20, signals),
      node(53, 20, 20, signals),
    ];
    const nodes = [
      ...ARMS,
      ...crossings,
      node(54, -200, 20),
      node(55, 220, 20),
      node(56, 20, 200),
      node(57, 20, -200),
    ];
    const oneway = { oneway: 'yes' };
    const data: OsmData = {
      nodes,
      ways: [
        way(21, [1, 50, 51, 3], oneway),
        way(22, [55, 53, 52, 54], oneway),
        way(23, [2, 52, 50, 4], oneway),
        way(24, [57, 51, 53, 56], oneway),
        way(25, [54, 1]),
        way(26, [3, 55]),
        way(27, [56, 2]),
        way(28, [4, 57]),
      ],
    };
    expect(faced(data, [1, 50], [50, 51]) + faced(data, [50, 51], [51, 3])).toBe(SIGNAL);
    const network = networkOf(data, { profile: ordinaryProfile });
    const left =
      (turn(network, data, [1, 50], [50, 51]) ?? 0) + (turn(network, data, [50, 51], [51, 53]) ?? 0);
    expect(left).toBeGreaterThan(SIGNAL);
    expect(left).toBeLessThan(SIGNAL + 5);
  });

  it('on the junction bind only the lesser road, when they are signs and roads differ', () => {
    const main = { highway: 'secondary' };
    const nodes = ARMS.map((n) => (n.id === 5 ? { ...n, tags: { highway: 'stop' } } : n));
    const data = { nodes, ways: [way(11, [1, 5], main), NORTH, way(13, [5, 3], main), SOUTH, RING] };
    expect(faced(data, [1, 5], [5, 3])).toBe(0);
    expect(faced(data, [4, 5], [5, 2])).toBeGreaterThan(5);
    expect(faced({ nodes, ways }, [1, 5], [5, 3])).toBeGreaterThan(5);
  });

  it('are there unsaid where a roundabout is entered, not where it is left', () => {
    const ring = way(15, [1, 6, 2, 7, 3, 8, 4, 9, 1], { junction: 'roundabout' });
    const data = { nodes: ARMS, ways: [WEST, NORTH, EAST, SOUTH, ring] };
    const network = networkOf(data, { profile: ordinaryProfile });
    const entering = turn(network, data, [5, 1], [1, 2]) ?? 0;
    const leaving = turn(network, data, [4, 1], [1, 5]) ?? 0;
    expect(entering).toBeGreaterThan(leaving);
    expect(network.arrays.edgeFlags.filter((flags) => flags & EDGE_FLAGS.roundabout)).toHaveLength(4);
  });
});

describe('a07 contraflow', () => {
  const town = (tags: Record<string, string>): OsmData =>
    crossing([], [WEST, way(12, [5, 2], { oneway: 'yes', ...tags }), EAST, SOUTH]);
  const contraflow = createEmergencyProfile({ contraflow: true });
  const arcs = (tags: Record<string, string>, profile: RoadProfile): number =>
    networkOf(town(tags), { profile }).arcCount;

  it('is off unless the profile has it, and has a name of its own', () => {
    expect(arcs({}, contraflow)).toBe(arcs({}, emergencyProfile) + 1);
    expect(networkOf(town({}), { profile: contraflow }).report.profile).toBe('emergency-contraflow');
  });

  it('is half as fast as the street, at most 30 km/h, and marked', () => {
    const network = networkOf(town({ maxspeed: '50' }), { profile: contraflow });
    const legs = listLegs(network, ARMS);
    const timeOf = (tail: number, head: number): number =>
      network.arrays.arcDuration[legs.find((leg) => leg.tail === tail && leg.head === head)?.arc ?? -1] ?? 0;
    expect(timeOf(2, 5)).toBeCloseTo(2 * timeOf(5, 2), -1);
    expect(
      [...network.arrays.edgeFlags].filter((flags) => flags & EDGE_FLAGS.contraflowBackward),
    ).toHaveLength(1);
    expect(
      contraflow.way(
        new Map([
          ['highway', 'tertiary'],
          ['oneway', '-1'],
          ['maxspeed', '80'],
        ]),
      ),
    ).toMatchObject({
      forward: metresPerSecond(30 / 3.6),
      contraflow: 'forward',
    });
  });

  it('is never on main roads, ramps or roundabouts', () => {
    for (const tags of [
      { highway: 'motorway' },
      { highway: 'secondary' },
      { highway: 'trunk_link' },
      { junction: 'roundabout' },
    ]) {
      expect(arcs(tags, contraflow)).toBe(arcs(tags, emergencyProfile));
    }
  });
});

describe('a08 the tables', () => {
  const town = randomTown('tables', 60);
  const relations = town.ways
    .slice(0, 60)
    .map((from_, i) =>
      rule('no_left_turn', [from(from_.id), via(from_.refs.at(-1) ?? 0), to(town.ways[i + 1]?.id ?? 0)]),
    );
  const data = { ...town, relations };

  it.each(
    [ordinaryProfile, emergencyProfile, footProfile].map((profile) => [profile.name, profile] as const),
  )('list incoming turns that mirror the outgoing ones: %s', (_, profile) => {
    const { arrays, stateCount, report } = networkOf(data, { profile });
    const outgoing: string[] = [];
    const incoming: string[] = [];
    for (let state = 0; state < stateCount; state++) {
      const [tail, head] = [arrays.stateArc[state] ?? -1, arrays.arcHead[arrays.stateArc[state] ?? -1] ?? -1];
      expect(tail).toBeGreaterThanOrEqual(0);
      for (let turn_ = arrays.firstTurn[state] ?? 0; turn_ < (arrays.firstTurn[state + 1] ?? 0); turn_++) {
        const next = arrays.turnState[turn_] ?? -1;
        outgoing.push(`${turn_}: ${state} → ${next}`);
        const arc = arrays.stateArc[next] ?? -1;
        expect(arc >= (arrays.firstArc[head] ?? 0) && arc < (arrays.firstArc[head + 1] ?? 0)).toBe(true);
      }
      for (
        let i = arrays.firstIncomingTurn[state] ?? 0;
        i < (arrays.firstIncomingTurn[state + 1] ?? 0);
        i++
      ) {
        incoming.push(`${arrays.incomingTurn[i]}: ${arrays.incomingTurnState[i]} → ${state}`);
      }
    }
    expect(incoming.sort()).toEqual(outgoing.sort());
    expect([report.states, report.turns]).toEqual([stateCount, outgoing.length]);
  });

  it('let everybody go everywhere where turns are free', () => {
    const { arrays, arcCount, stateCount, report } = networkOf(data, { profile: footProfile });
    expect(stateCount).toBe(arcCount);
    expect(Math.max(...arrays.turnDelay)).toBe(0);
    const pairs = arrays.arcHead.reduce(
      (sum, n) => sum + (arrays.firstArc[n + 1] ?? 0) - (arrays.firstArc[n] ?? 0),
      0,
    );
    expect(report.turns).toBe(pairs);
    expect(report.stuckStates).toBe(0);
  });

  it('are in the file, with the report', () => {
    const network = networkOf(data, { profile: ordinaryProfile, drivingSide: 'left' });
    expect(openNetwork(serializeNetwork(network))).toEqual({ ok: true, value: network });
    expect(network.report.restrictions.read).toBe(60);
  });
});

describe('an extract with restrictions that is cut at any byte', () => {
  const data = crossing([
    rule('no_left_turn', [from(11), via(5), to(12)]),
    rule('only_straight_on', [from(14), via(5), to(12)]),
  ]);
  const files: [string, Uint8Array][] = [
    ['pbf', writePbf(data).bytes],
    ['pbf, not compressed', writePbf(data, { compress: false }).bytes],
    ['xml', writeXml(data)],
    ['xml.gz', writeXmlGz(data)],
  ];

  it.each(files)(
    'is refused, or read as whole, or shows in its report that no restriction was read: %s',
    (_, file) => {
      const whole = buildNetwork(file, { profile: ordinaryProfile });
      if (!whole.ok) throw new Error(whole.error.message);
      expect(whole.value.report.restrictions).toMatchObject({ read: 2, obeyed: 2 });
      for (let length = 0; length < file.length; length++) {
        const built = buildNetwork(file.slice(0, length), { profile: ordinaryProfile });
        if (!built.ok) continue;
        if (built.value.report.restrictions.read > 0)
          expect(built.value.network).toEqual(whole.value.network);
        else expect(built.value.report.states).toBe(whole.value.report.states);
      }
    },
  );
});
