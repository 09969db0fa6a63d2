import { type Instant, instant, type LonLat, seconds } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alongRoute,
  type CrewAction,
  type CrewOrder,
  type CrewReport,
  type CrewSetup,
  type CrewState,
  type CrewStimulus,
  crewMotion,
  type DrivenRoute,
  decideCrew,
  initialCrew,
  type OrderStage,
  REPORT_STAGES,
} from '../src/index.js';

const HOME: LonLat = [112, 30];
const SCENE: LonLat = [112.01, 30.01];
const OTHER: LonLat = [111.98, 30.02];
const START = instant(1_800_000_000_000);
const plus = (s: number): Instant => instant(START + s * 1000);

const setup: CrewSetup = {
  unitId: 'P01',
  home: HOME,
  patrolPoints: [],
  patrolStay: seconds(300),
  idle: seconds(5),
  resend: seconds(10),
  retryRoute: seconds(15),
  timesOf: () => ({
    acknowledge: seconds(4),
    turnout: seconds(30),
    action: seconds(20),
    onScene: seconds(600),
  }),
};

const order = (change: Partial<CrewOrder> = {}): CrewOrder => ({
  assignmentId: 'a1',
  stage: 'dispatched',
  position: SCENE,
  priority: 3,
  dispatchedAt: START,
  ...change,
});

/** Straight there in a given time. */
const straight = (from: LonLat, to: LonLat, duration: number): DrivenRoute => ({
  geometry: [from, to],
  seconds: [0, duration],
});

/** A crew with the world around it: routes take a minute and are found at once, timers ring when they are due. */
function createPatrol(change: Partial<CrewSetup> = {}, driving = 60) {
  let state: CrewState = initialCrew({ ...setup, ...change }, START);
  let now: Instant = START;
  let wake: Instant | undefined;
  const reports: CrewReport[] = [];
  const routes: Extract<CrewAction, { kind: 'request-route' }>[] = [];
  const feed = (stimulus: CrewStimulus, at: Instant): void => {
    now = at;
    const decision = decideCrew(state, stimulus, at);
    state = decision.state;
    for (const action of decision.actions) {
      if (action.kind === 'send-report') reports.push(action.report);
      if (action.kind === 'set-timer') wake = action.at;
      if (action.kind === 'request-route') {
        routes.push(action);
        feed(
          {
            kind: 'route-found',
            requestId: action.requestId,
            route: straight(action.from, action.to, driving),
          },
          at,
        );
      }
    }
  };
  return {
    reports,
    routes,
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    orders: (at: Instant, ...orders: CrewOrder[]) => feed({ kind: 'orders-changed', orders }, at),
    feed,
    /** Lets time pass, waking the crew as it asked. */
    runTo(until: Instant) {
      for (let guard = 0; wake !== undefined && wake <= until && guard < 10_000; guard++) {
        const at = wake;
        wake = undefined;
        feed({ kind: 'timer' }, at);
      }
      feed({ kind: 'timer' }, until);
    },
  };
}

const stagesOf = (reports: readonly CrewReport[], assignmentId = 'a1'): string[] => [
  ...new Set(reports.filter((each) => each.assignmentId === assignmentId).map(({ stage }) => stage)),
];

describe('a crew with one order', () => {
  it('acknowledges, turns out, drives, arrives, acts and clears, each at its own moment', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(800));
    const first = new Map<string, CrewReport>();
    for (const each of patrol.reports) if (!first.has(each.id)) first.set(each.id, each);
    expect([...first.values()].map(({ id, at }) => [id, (at - START) / 1000])).toEqual([
      ['a1:acknowledged', 4],
      ['a1:enroute', 30],
      ['a1:onScene', 90],
      ['a1:actionBegun', 110],
      ['a1:cleared', 690],
    ]);
  });

  it('is where its route says at every moment', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(31));
    expect(crewMotion(patrol.state, plus(31)).position[0]).toBeCloseTo(112 + 0.01 / 60, 9);
    const midway = crewMotion(patrol.state, plus(60));
    expect(midway.position[0]).toBeCloseTo(112.005, 9);
    expect(midway.speed).toBeCloseTo(1470 / 60, 0);
    expect(midway.bearing).toBeCloseTo(40.9, 0);
    patrol.runTo(plus(100));
    expect(crewMotion(patrol.state, plus(100))).toMatchObject({ position: SCENE, speed: 0 });
  });

  it('sends a report again under the same id until the orders show it', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(25));
    expect(patrol.reports.map(({ id }) => id)).toEqual([
      'a1:acknowledged',
      'a1:acknowledged',
      'a1:acknowledged',
    ]);
    patrol.orders(plus(26), order({ stage: 'acknowledged' }));
    patrol.runTo(plus(29));
    expect(patrol.reports.length).toBe(3);
    expect(patrol.state.pending).toEqual([]);
  });

  it('drives home when it is free, and stays there', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(691));
    patrol.orders(plus(692));
    patrol.runTo(plus(2000));
    expect(patrol.routes.map(({ purpose }) => purpose)).toEqual(['incident', 'station']);
    expect(crewMotion(patrol.state, plus(2000)).position).toEqual(HOME);
  });

  it('goes on from where a dispatcher has moved the order to', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order({ stage: 'onScene' }));
    patrol.runTo(plus(700));
    expect(stagesOf(patrol.reports)).toEqual(['actionBegun', 'cleared']);
  });

  it('asks again when no route was found', () => {
    let state = initialCrew(setup, START);
    const ids: string[] = [];
    const feed = (stimulus: CrewStimulus, at: Instant): void => {
      const decision = decideCrew(state, stimulus, at);
      state = decision.state;
      for (const action of decision.actions) if (action.kind === 'request-route') ids.push(action.requestId);
    };
    feed({ kind: 'orders-changed', orders: [order()] }, plus(5));
    feed({ kind: 'route-found', requestId: ids[0] ?? '', route: undefined }, plus(6));
    feed({ kind: 'timer' }, plus(10));
    expect(ids).toEqual(['P01:1']);
    feed({ kind: 'timer' }, plus(21));
    expect(ids).toEqual(['P01:1', 'P01:2']);
    // A late answer to the first question is not an answer to the second.
    feed({ kind: 'route-found', requestId: 'P01:1', route: straight(HOME, OTHER, 5) }, plus(22));
    expect(state.plan?.route).toBeUndefined();
  });
});

describe('a crew whose orders change', () => {
  it('stops where it is when it is cancelled on its way, and goes home', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(60));
    patrol.orders(plus(60), order({ stage: 'cancelled' }));
    expect(crewMotion(patrol.state, plus(60)).position[0]).toBeCloseTo(112.005, 9);
    expect(patrol.state.pending).toEqual([]);
    patrol.runTo(plus(200));
    expect(stagesOf(patrol.reports)).toEqual(['acknowledged', 'enroute']);
    expect(patrol.routes.at(-1)).toMatchObject({ purpose: 'station', to: HOME });
  });

  it('turns round for something more urgent and takes the first order up again afterwards', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(60));
    const urgent = order({ assignmentId: 'a2', priority: 1, position: OTHER, dispatchedAt: plus(60) });
    patrol.orders(plus(60), order({ stage: 'enroute' }), urgent);
    patrol.runTo(plus(200));
    expect(crewMotion(patrol.state, plus(200)).position).toEqual(OTHER);
    patrol.orders(plus(800), order({ stage: 'enroute' }));
    patrol.runTo(plus(2000));
    expect(stagesOf(patrol.reports, 'a2')).toEqual([...REPORT_STAGES]);
    expect(stagesOf(patrol.reports, 'a1')).toEqual([...REPORT_STAGES]);
  });

  it('does not turn round for something of the same urgency, nor leaves a scene', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(60));
    const same = order({ assignmentId: 'a2', position: OTHER, dispatchedAt: plus(60) });
    patrol.orders(plus(60), order({ stage: 'enroute' }), same);
    patrol.runTo(plus(100));
    expect(crewMotion(patrol.state, plus(100)).position).toEqual(SCENE);
    const urgent = order({ assignmentId: 'a3', priority: 1, position: OTHER, dispatchedAt: plus(100) });
    patrol.orders(plus(100), order({ stage: 'onScene' }), same, urgent);
    patrol.runTo(plus(300));
    expect(crewMotion(patrol.state, plus(300)).position).toEqual(SCENE);
    // It has said at once that it knows of both.
    expect(stagesOf(patrol.reports, 'a2')).toEqual(['acknowledged']);
    expect(stagesOf(patrol.reports, 'a3')).toEqual(['acknowledged']);
    patrol.runTo(plus(1000));
    expect(crewMotion(patrol.state, plus(1000)).position).toEqual(OTHER);
  });

  it('is called off the way home, from where it is', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(692));
    patrol.orders(plus(692));
    patrol.runTo(plus(725));
    expect(patrol.state.place.kind).toBe('driving');
    patrol.orders(plus(725), order({ assignmentId: 'a2', position: OTHER, dispatchedAt: plus(725) }));
    expect(patrol.state.place.kind).toBe('parked');
    patrol.runTo(plus(740));
    const from = patrol.routes.at(-1)?.from ?? HOME;
    expect(from[0]).toBeGreaterThan(112.001);
    expect(from[0]).toBeLessThan(112.009);
  });

  it('drives on to the new place when the incident is found to be elsewhere', () => {
    const patrol = createPatrol();
    patrol.orders(plus(1), order());
    patrol.runTo(plus(60));
    patrol.orders(plus(60), order({ stage: 'enroute', position: OTHER }));
    patrol.runTo(plus(130));
    expect(crewMotion(patrol.state, plus(130)).position).toEqual(OTHER);
    expect(stagesOf(patrol.reports)).toContain('onScene');
  });
});

describe('a free crew', () => {
  it('drives from guard point to guard point and stays at each', () => {
    const points: LonLat[] = [SCENE, OTHER, [112.02, 30]];
    const patrol = createPatrol({ patrolPoints: points });
    patrol.feed({ kind: 'timer' }, plus(0));
    patrol.runTo(plus(5 + 4 * 60 + 3 * 300 + 10));
    expect(patrol.routes.map(({ to }) => to)).toEqual([...points, SCENE]);
    expect(patrol.routes.every(({ purpose }) => purpose === 'patrol')).toBe(true);
    expect(patrol.reports).toEqual([]);
  });

  it('survives points that lie in one place without a rest', () => {
    const patrol = createPatrol({ patrolPoints: [HOME, HOME], patrolStay: seconds(0), idle: seconds(0) }, 0);
    patrol.feed({ kind: 'timer' }, plus(0));
    patrol.runTo(plus(60));
    expect(patrol.state.patrolled).toBeGreaterThan(10);
  });
});

describe('whatever the orders do', () => {
  const stages: readonly OrderStage[] = [
    'dispatched',
    'acknowledged',
    'enroute',
    'staged',
    'onScene',
    'actionBegun',
    'transporting',
    'cleared',
    'cancelled',
    'preempted',
    'declined',
  ];
  const anyOrder = fc.record({
    assignmentId: fc.constantFrom('a1', 'a2', 'a3'),
    stage: fc.constantFrom(...stages),
    position: fc.constantFrom<LonLat>(SCENE, OTHER),
    priority: fc.integer({ min: 1, max: 5 }),
  });
  const anyStimulus = fc.oneof(
    fc.record({
      kind: fc.constant('orders' as const),
      orders: fc.uniqueArray(anyOrder, { selector: ({ assignmentId }) => assignmentId, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('timer' as const) }),
    fc.record({
      kind: fc.constant('route' as const),
      found: fc.boolean(),
      duration: fc.integer({ min: 0, max: 300 }),
    }),
  );
  const script = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), anyStimulus), { maxLength: 60 });

  it('never sends a stage backwards, never two times for one report, and never reports the future', () => {
    fc.assert(
      fc.property(script, fc.boolean(), (steps, patrols) => {
        let state = initialCrew({ ...setup, patrolPoints: patrols ? [SCENE, OTHER, HOME] : [] }, START);
        let now = START;
        let asked: Extract<CrewAction, { kind: 'request-route' }> | undefined;
        const reached = new Map<string, { rank: number; at: Instant }>();
        const times = new Map<string, Instant>();
        for (const [wait, step] of steps) {
          now = instant(now + wait * 1000);
          const stimulus: CrewStimulus =
            step.kind === 'orders'
              ? {
                  kind: 'orders-changed',
                  orders: step.orders.map((each) => ({ ...each, dispatchedAt: now })),
                }
              : step.kind === 'timer'
                ? { kind: 'timer' }
                : {
                    kind: 'route-found',
                    requestId: asked?.requestId ?? 'none',
                    route: asked && step.found ? straight(asked.from, asked.to, step.duration) : undefined,
                  };
          const decision = decideCrew(state, stimulus, now);
          state = decision.state;
          for (const action of decision.actions) {
            if (action.kind === 'request-route') asked = action;
            if (action.kind === 'set-timer') expect(action.at).toBeGreaterThan(now);
            if (action.kind !== 'send-report') continue;
            const { id, assignmentId, stage, at } = action.report;
            expect(id).toBe(`${assignmentId}:${stage}`);
            expect(at).toBeLessThanOrEqual(now);
            const before = times.get(id);
            if (before !== undefined) {
              // Sent again: word for word.
              expect(at).toBe(before);
              continue;
            }
            times.set(id, at);
            const rank = REPORT_STAGES.indexOf(stage);
            const last = reached.get(assignmentId);
            expect(rank).toBeGreaterThan(last?.rank ?? -1);
            expect(at).toBeGreaterThanOrEqual(last?.at ?? -Infinity);
            reached.set(assignmentId, { rank, at });
          }
          const motion = crewMotion(state, now);
          expect(Number.isFinite(motion.position[0]) && Number.isFinite(motion.speed)).toBe(true);
        }
      }),
      { seed: 20260302, numRuns: 800 },
    );
  });

  it('leaves the state it was given untouched', () => {
    const state = initialCrew(setup, START);
    const copy = structuredClone({ ...state, setup: undefined });
    decideCrew(state, { kind: 'orders-changed', orders: [order()] }, plus(900));
    expect({ ...state, setup: undefined }).toEqual(copy);
  });
});

describe('a position along a route', () => {
  const route: DrivenRoute = {
    geometry: [
      [0, 0],
      [0, 0.01],
      [0.01, 0.01],
    ],
    seconds: [0, 100, 300],
  };

  it('follows the times of the vertices', () => {
    expect(alongRoute(route, seconds(-5)).position).toEqual([0, 0]);
    expect(alongRoute(route, seconds(50)).position).toEqual([0, 0.005]);
    expect(alongRoute(route, seconds(200)).position[0]).toBeCloseTo(0.005, 12);
    expect(alongRoute(route, seconds(200)).bearing).toBeCloseTo(90, 1);
    expect(alongRoute(route, seconds(1000))).toMatchObject({ position: [0.01, 0.01], speed: 0 });
  });
});
