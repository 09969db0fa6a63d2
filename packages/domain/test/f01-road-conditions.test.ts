import { instant, type LonLat, metres } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findPlaceFault,
  lastRoadChange,
  nextPhaseAt,
  phaseOf,
  type ResponseBoard,
  type RoadCondition,
  type RoadPlace,
} from '../src/index.js';
import { getAssignment, given, LI, t, told, WANG } from './support/scenario.js';
import {
  amend,
  declare,
  expire,
  FERRY_STREET,
  lift,
  onDuty,
  openReady,
  report,
  send,
} from './support/wording.js';

const DAY = 24 * 3600;
const CLOSED = told([0, declare('r1')]);
const UNTIL_TWO_HOURS = told([0, declare('r1', { to: t(7200) })]);
const FROM_NOON = told([0, declare('r1', { from: t(4 * 3600), to: t(6 * 3600) })]);

function getCondition(board: ResponseBoard, id = 'r1'): RoadCondition {
  const condition = board.findCondition(id);
  if (!condition) throw new Error(`no condition ${id}`);
  return condition;
}

describe('a road condition is declared', () => {
  test('from now until it is lifted, with who said so and what it stands for', () => {
    const { board } = given().when(declare('r1'), { at: t(10), by: WANG });
    expect(getCondition(board)).toEqual({
      id: 'r1',
      version: 1,
      effect: { kind: 'closed' },
      place: FERRY_STREET,
      matched: 3,
      from: t(10),
      to: null,
      source: 'police',
      reason: 'a crane has fallen',
      declaredAt: t(10),
      declaredBy: WANG,
      amended: null,
      ended: null,
    });
  });

  test('also where no network is loaded that could say what it stands for', () => {
    const { board } = given().when(declare('r1', { matched: null }));
    expect(getCondition(board).matched).toBeNull();
  });

  test('once: the same name is not given twice', () => {
    given(...CLOSED)
      .when(declare('r1', { to: t(DAY) }))
      .isRefused('condition-already-known', 'r1');
  });

  test('but not for what is declared already, for some of the same time', () => {
    given(...UNTIL_TWO_HOURS)
      .when(declare('r2', { place: { kind: 'street', name: ' FERRY street', within: null } }), { at: t(60) })
      .isRefused('condition-duplicate', 'r1');
    given(...UNTIL_TWO_HOURS).when(declare('r2'), { at: t(7200) }).events;
    given(...UNTIL_TWO_HOURS).when(declare('r2', { from: t(7200) }), { at: t(60) }).events;
    given(...UNTIL_TWO_HOURS).when(declare('r2', { effect: { kind: 'slowed', factor: 0.5 } }), { at: t(60) })
      .events;
    given(...CLOSED, ...given(...CLOSED).when(lift('r1')).events).when(declare('r2')).events;
  });

  test.each([0, -1, 1.01, Number.NaN])('with a factor above 0 and at most 1, not %d', (factor) => {
    given()
      .when(declare('r1', { effect: { kind: 'slowed', factor } }))
      .isRefused('condition-factor-invalid', 'effect.factor');
  });

  test('for a time that there will be', () => {
    given()
      .when(declare('r1', { from: t(100), to: t(100) }), { at: t(0) })
      .isRefused('condition-period-empty', 'to');
    given()
      .when(declare('r1', { from: t(-100), to: t(0) }), { at: t(0) })
      .isRefused('condition-period-empty', 'to');
    given().when(declare('r1', { from: t(-100), to: t(1) }), { at: t(0) }).events;
  });

  test('for a year at most', () => {
    const at = t(0);
    given()
      .when(declare('r1', { from: t(400 * DAY) }), { at })
      .isRefused('condition-period-too-long', 'from');
    given()
      .when(declare('r1', { from: t(-400 * DAY) }), { at })
      .isRefused('condition-period-too-long', 'from');
    given()
      .when(declare('r1', { to: t(367 * DAY) }), { at })
      .isRefused('condition-period-too-long', 'to');
    given().when(declare('r1', { from: t(300 * DAY), to: t(500 * DAY) }), { at }).events;
  });

  test('for streets that there are', () => {
    given()
      .when(declare('r1', { matched: 0 }))
      .isRefused('street-unknown', 'Ferry Street');
    given()
      .when(declare('r1', { matched: 0, place: { kind: 'polygon', rings: [SQUARE] } }))
      .isRefused('place-matches-nothing', 'place');
  });
});

const SQUARE: readonly LonLat[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const corner = (index: number): LonLat => SQUARE[index] ?? [0, 0];
const ring = (...corners: readonly LonLat[]): RoadPlace => ({ kind: 'polygon', rings: [corners] });
const line = (points: readonly LonLat[], width = 20): RoadPlace => ({
  kind: 'line',
  points,
  width: metres(width),
  direction: 'both',
});

describe('the shape of a place', () => {
  test.each<[string, RoadPlace, string, string]>([
    ['two corners', ring(corner(0), corner(1)), 'place-points-missing', 'place.rings.0'],
    [
      'two corners and the first again',
      ring(corner(0), corner(1), corner(0)),
      'place-points-missing',
      'place.rings.0',
    ],
    ['no ring', { kind: 'polygon', rings: [] }, 'place-points-missing', 'place.rings'],
    ['a bow tie', ring(corner(0), corner(2), corner(1), corner(3)), 'place-crosses-itself', 'place.rings.0'],
    ['a ring without area', ring([0, 0], [1, 1], [2, 2]), 'place-crosses-itself', 'place.rings.0'],
    [
      'a ring that touches itself',
      ring([0, 0], [2, 0], [2, 2], [1, 0], [0, 2]),
      'place-crosses-itself',
      'place.rings.0',
    ],
    [
      'a second ring that crosses itself',
      { kind: 'polygon', rings: [SQUARE, [corner(0), corner(2), corner(1), corner(3)]] },
      'place-crosses-itself',
      'place.rings.1',
    ],
    ['501 corners', ring(...circle(501)), 'place-too-large', 'place.rings'],
    ['a line of one position', line([corner(0)]), 'place-points-missing', 'place.points'],
    ['a line that goes nowhere', line([corner(0), corner(0)]), 'place-points-missing', 'place.points'],
    ['a line of 501 positions', line(circle(501)), 'place-too-large', 'place.points'],
    ['a line without width', line(SQUARE, 0), 'place-width-invalid', 'place.width'],
    ['a line as wide as a town', line(SQUARE, 1001), 'place-width-invalid', 'place.width'],
    [
      'no pieces of street',
      { kind: 'edges', edges: [], direction: 'both' },
      'place-points-missing',
      'place.edges',
    ],
    ['a street without a name', { kind: 'street', name: '  ', within: null }, 'street-unknown', '  '],
  ])('is refused for %s', (_, place, code, subject) => {
    expect(findPlaceFault(place)).toEqual({ code, subject });
    expect(given().when(declare('r1', { place })).refusal).toEqual({ code, subject });
  });

  test.each<[string, RoadPlace]>([
    ['a square', ring(...SQUARE)],
    ['a square that repeats its first corner', ring(...SQUARE, corner(0))],
    ['a square drawn the other way round', ring(...[...SQUARE].reverse())],
    ['a square with a corner on a side', ring([0, 0], [0.5, 0], [1, 0], [1, 1], [0, 1])],
    ['a circle of 500 corners', ring(...circle(500))],
    ['a line that crosses itself', line([corner(0), corner(2), corner(1), corner(3)])],
  ])('is taken for %s', (_, place) => {
    expect(findPlaceFault(place)).toBeUndefined();
  });

  test('is found to cross itself exactly when two sides that are no neighbours meet', () => {
    // On a coarse grid, so that sides often touch, overlap and end on each other.
    const grid = fc.tuple(fc.nat(4), fc.nat(4)).map(([x, y]): LonLat => [x, y]);
    fc.assert(
      fc.property(fc.uniqueArray(grid, { minLength: 3, maxLength: 7, selector: String }), (corners) => {
        expect(findPlaceFault({ kind: 'polygon', rings: [corners] }) !== undefined).toBe(
          sidesShareMore(corners),
        );
      }),
      { seed: 20260301, numRuns: 3000 },
    );
  });
});

function circle(count: number): LonLat[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/** The oracle: two sides have a point in common other than the corner of neighbours. */
function sidesShareMore(corners: readonly LonLat[]): boolean {
  const count = corners.length;
  const at = (index: number): LonLat => corners[index % count] ?? [0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const shared = overlap([at(i), at(i + 1)], [at(j), at(j + 1)]);
      const neighbours = j === i + 1 || (i === 0 && j === count - 1);
      if (shared === 'segment' || (shared === 'point' && !neighbours)) return true;
    }
  }
  return false;
}

function overlap(
  [a, b]: readonly [LonLat, LonLat],
  [c, d]: readonly [LonLat, LonLat],
): 'none' | 'point' | 'segment' {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  const [qx, qy] = [c[0] - a[0], c[1] - a[1]];
  if (cross !== 0) {
    const [along, across] = [(qx * sy - qy * sx) / cross, (qx * ry - qy * rx) / cross];
    return along >= 0 && along <= 1 && across >= 0 && across <= 1 ? 'point' : 'none';
  }
  if (qx * ry - qy * rx !== 0) return 'none';
  const length = rx * rx + ry * ry;
  const [t0, t1] = [(qx * rx + qy * ry) / length, ((qx + sx) * rx + (qy + sy) * ry) / length];
  const [low, high] = [Math.max(0, Math.min(t0, t1)), Math.min(1, Math.max(t0, t1))];
  return low > high ? 'none' : low === high ? 'point' : 'segment';
}

describe('a road condition holds', () => {
  test('from its beginning until just before its end', () => {
    const condition = getCondition(boardFrom(FROM_NOON));
    const [from, to] = [t(4 * 3600), t(6 * 3600)];
    expect(phaseOf(condition, instant(from - 1))).toBe('scheduled');
    expect(phaseOf(condition, from)).toBe('active');
    expect(phaseOf(condition, instant(to - 1))).toBe('active');
    expect(phaseOf(condition, to)).toBe('ended');
    expect([t(0), from, to].map((at) => nextPhaseAt(condition, at))).toEqual([from, to, null]);
  });

  test('no longer once it is lifted, whatever its times say', () => {
    const { board } = given(...UNTIL_TWO_HOURS).when(lift('r1'), { at: t(60), by: WANG });
    const condition = getCondition(board);
    expect(condition.ended).toEqual({ at: t(60), by: WANG, how: 'lifted', reason: 'cleared away' });
    expect(phaseOf(condition, t(61))).toBe('ended');
    expect(nextPhaseAt(condition, t(61))).toBeNull();
  });
});

const boardFrom = (events: ReturnType<typeof told>): ResponseBoard =>
  given(...events).when(expire('r1'), { at: t(0) }).board;

describe('a road condition is amended', () => {
  test('in its end, its effect and its reason', () => {
    const effect = { kind: 'slowed', factor: 0.3 } as const;
    const { board } = given(...CLOSED).when(amend('r1', { to: t(DAY), effect, reason: 'one lane is free' }), {
      at: t(60),
      by: WANG,
    });
    expect(getCondition(board)).toMatchObject({
      version: 2,
      effect,
      from: t(0),
      to: t(DAY),
      reason: 'one lane is free',
      amended: { at: t(60), by: WANG },
    });
  });

  test('so that it has no end any more', () => {
    const { board } = given(...UNTIL_TWO_HOURS).when(amend('r1', { to: null }), { at: t(60) });
    expect(getCondition(board).to).toBeNull();
  });

  test('in its beginning only before it has begun', () => {
    const { board } = given(...FROM_NOON).when(amend('r1', { from: t(3600) }), { at: t(60) });
    expect(getCondition(board).from).toBe(t(3600));
    given(...FROM_NOON)
      .when(amend('r1', { from: t(3600) }), { at: t(4 * 3600) })
      .isRefused('condition-begun', 'from');
  });

  test('not so that it says what another one says already', () => {
    const two = told([0, declare('r1', { to: t(60) })], [1, declare('r2', { from: t(60) })]);
    given(...two)
      .when(amend('r1', { to: t(61) }), { at: t(2) })
      .isRefused('condition-duplicate', 'r2');
    given(...two).when(amend('r1', { to: t(59) }), { at: t(2) }).events;
  });

  test('also after it has held for more than a year', () => {
    const at = t(400 * DAY);
    given(...CLOSED).when(amend('r1', { reason: 'a bridge is built', to: t(500 * DAY) }), { at }).events;
    given(...CLOSED)
      .when(amend('r1', { to: t(800 * DAY) }), { at })
      .isRefused('condition-period-too-long', 'to');
  });

  test('and goes on, when its expiry was recorded too soon by a clock that was ahead', () => {
    const early = [
      ...UNTIL_TWO_HOURS,
      ...given(...UNTIL_TWO_HOURS).when(expire('r1'), { at: t(7200) }).events,
    ];
    expect(phaseOf(getCondition(given(...early).when(expire('r1')).board), t(60))).toBe('active');
    const { board } = given(...early).when(amend('r1', { to: t(9000) }), { at: t(60) });
    expect(getCondition(board)).toMatchObject({ to: t(9000), ended: null });
  });

  test('to what it is already, which changes nothing', () => {
    given(...CLOSED)
      .when(amend('r1', { to: null, effect: { kind: 'closed' } }))
      .changesNothing();
    given(...CLOSED)
      .when(amend('r1', {}))
      .changesNothing();
  });

  test('by the rules by which it is declared', () => {
    given(...FROM_NOON)
      .when(amend('r1', { to: t(3600) }), { at: t(0) })
      .isRefused('condition-period-empty', 'to');
    given(...CLOSED)
      .when(amend('r1', { to: t(50) }), { at: t(60) })
      .isRefused('condition-period-empty', 'to');
    given(...CLOSED)
      .when(amend('r1', { effect: { kind: 'slowed', factor: 2 } }))
      .isRefused('condition-factor-invalid', 'effect.factor');
    given(...CLOSED)
      .when(amend('r1', { to: t(500 * DAY) }))
      .isRefused('condition-period-too-long', 'to');
  });

  test('not after its end, also when nobody has noted the end yet', () => {
    given(...UNTIL_TWO_HOURS)
      .when(amend('r1', { to: null }), { at: t(7200) })
      .isRefused('condition-ended', 'r1');
    given(...UNTIL_TWO_HOURS)
      .when(lift('r1'), { at: t(7200) })
      .isRefused('condition-ended', 'r1');
  });
});

describe('a road condition ends', () => {
  test('by being lifted, once', () => {
    const lifted = [...CLOSED, ...given(...CLOSED).when(lift('r1')).events];
    given(...lifted)
      .when(lift('r1', 'again'))
      .changesNothing();
    given(...lifted)
      .when(amend('r1', { reason: 'more' }))
      .isRefused('condition-ended', 'r1');
  });

  test('before it has begun, when it is lifted then', () => {
    const { board } = given(...FROM_NOON).when(lift('r1'), { at: t(60) });
    expect(phaseOf(getCondition(board), t(5 * 3600))).toBe('ended');
  });

  test('at its time; the expiry is noted once, with that time, whenever somebody comes to it', () => {
    given(...UNTIL_TWO_HOURS)
      .when(expire('r1'), { at: t(7199) })
      .changesNothing();
    const late = given(...UNTIL_TWO_HOURS).when(expire('r1'), { at: t(9000), by: LI });
    late.yields({ type: 'RoadConditionExpired', id: 'r1', at: t(7200), by: LI });
    given(...UNTIL_TWO_HOURS, ...late.events)
      .when(expire('r1'), { at: t(9000) })
      .changesNothing();
    given(...CLOSED)
      .when(expire('r1'), { at: t(300 * DAY) })
      .changesNothing();
  });
});

test('with a condition that nobody knows, nothing can be done', () => {
  for (const command of [amend('r1', {}), lift('r1'), expire('r1')]) {
    given().when(command).isRefused('condition-unknown', 'r1');
  }
});

describe('the last change of the roads', () => {
  const at = (events: ReturnType<typeof told>, second: number) =>
    lastRoadChange(boardFrom(events).listConditions(), t(second));

  test('is when something began, was amended or ended, and not what is still to come', () => {
    expect(lastRoadChange([], t(0))).toBeNull();
    expect(at(FROM_NOON, 60)).toBeNull();
    expect(at(FROM_NOON, 4 * 3600)).toBe(t(4 * 3600));
    expect(at(FROM_NOON, DAY)).toBe(t(6 * 3600));
    const amended = told([0, declare('r1')], [60, amend('r1', { effect: { kind: 'slowed', factor: 0.5 } })]);
    expect(at(amended, 59)).toBe(t(0));
    expect(at(amended, 61)).toBe(t(60));
    expect(at(told([0, declare('r1', { to: t(100) })], [50, lift('r1')]), 200)).toBe(t(50));
  });

  test('is not one that was taken back before it began', () => {
    expect(at(told([0, declare('r1', { from: t(3600) })], [60, lift('r1')]), DAY)).toBeNull();
  });

  test('is when it became known, for one that had begun before', () => {
    expect(at(told([0, declare('r1', { from: t(-3600) })]), 60)).toBe(t(0));
  });
});

describe('the expected arrival of a unit', () => {
  const sent = told(...onDuty('car1'), [0, openReady('i1')], [1, send('i1', ['car1'])]);

  test('is revised while it is on its way, beside what was expected at first', () => {
    const { board } = given(...sent).when(
      { type: 'ReviseEta', assignmentId: 'i1-car1', etaSeconds: null },
      { at: t(30) },
    );
    expect(getAssignment(board, 'i1-car1')).toMatchObject({
      etaSeconds: 240,
      revisedEta: { at: t(30), seconds: null },
    });
  });

  test('is not, once it is there', () => {
    const there = [...sent, ...given(...sent).when(report('i1-car1', 'onScene')).events];
    given(...there)
      .when({ type: 'ReviseEta', assignmentId: 'i1-car1', etaSeconds: null })
      .changesNothing();
    given()
      .when({ type: 'ReviseEta', assignmentId: 'x', etaSeconds: null })
      .isRefused('assignment-unknown', 'x');
  });
});
