import { after, exhaustive, type Instant, instant, type LonLat, seconds } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type {
  CrewAction,
  CrewDecision,
  CrewPlan,
  CrewSetup,
  CrewState,
  CrewStimulus,
  CrewTask,
  ReportStage,
  RoutePurpose,
} from './crew.js';
import { reachedRank, takeOrders } from './orders.js';
import { alongRoute, type Motion, routeDuration } from './route.js';

/** A crew that stands at its home, free. */
export function initialCrew(setup: CrewSetup, at: Instant): CrewState {
  return {
    setup,
    place: { kind: 'parked', position: setup.home, since: at },
    tasks: [],
    pending: [],
    requests: 0,
    patrolled: 0,
    freeSince: at,
    closed: [],
  };
}

/** Where the crew is at a moment from its last decision on, as its device would report it. */
export function crewMotion({ place }: CrewState, at: Instant): Motion {
  if (place.kind === 'parked') return alongRoute({ geometry: [place.position], seconds: [0] }, seconds(0));
  return alongRoute(place.route, seconds((at - place.departedAt) / 1000));
}

/**
 * What a simulated crew does next: it acknowledges, turns out, drives, arrives, acts and clears, one order at a time,
 * the most urgent first; when free it patrols or goes home. Pure: the same state, stimulus and moment give the same
 * decision. Moments must not go back. Everything that fell due before `at` is done with its own earlier time.
 */
export function decideCrew(state: CrewState, stimulus: CrewStimulus, at: Instant): CrewDecision {
  // What was due before the news came is done first, as it would have been.
  const working = advance({ state, actions: [] }, at);
  const informed = { ...working, state: take(working.state, stimulus, at) };
  const done = resendReports(advance(informed, at), at);
  const wake = nextWake(done.state, at);
  return wake === undefined ? done : act(done, { kind: 'set-timer', at: wake });
}

const act = (decision: CrewDecision, ...actions: readonly CrewAction[]): CrewDecision => ({
  ...decision,
  actions: [...decision.actions, ...actions],
});

function take(state: CrewState, stimulus: CrewStimulus, at: Instant): CrewState {
  switch (stimulus.kind) {
    case 'orders-changed': {
      const informed = takeOrders(state, stimulus.orders, at);
      const stands = informed.tasks.some((task) => task.order.assignmentId === state.current);
      return stands || state.current === undefined ? informed : release(informed, at);
    }
    case 'timer':
      return state;
    case 'route-found': {
      const { plan } = state;
      if (!plan || plan.requestId !== stimulus.requestId || plan.route) return state;
      const found: CrewPlan = stimulus.route
        ? { ...plan, route: stimulus.route }
        : { ...plan, retryAt: after(at, state.setup.retryRoute) };
      return { ...state, plan: found };
    }
    default:
      return exhaustive(stimulus);
  }
}

/** The work in hand is over or put aside: stop where we are. */
function release(state: CrewState, at: Instant): CrewState {
  const { current: _over, plan: _dropped, ...rest } = state;
  return { ...rest, place: stopped(state, at), freeSince: at };
}

const stopped = (state: CrewState, at: Instant): CrewState['place'] =>
  state.place.kind === 'parked'
    ? state.place
    : { kind: 'parked', position: crewMotion(state, at).position, since: at };

/** Does everything that is due by `at`, each at its own moment. */
function advance(decision: CrewDecision, at: Instant): CrewDecision {
  let latest = decision;
  for (;;) {
    const next = step(latest, at);
    if (!next) return latest;
    latest = next;
  }
}

/** The next thing due, or `undefined` when nothing is. */
function step(decision: CrewDecision, at: Instant): CrewDecision | undefined {
  const { state } = decision;
  const unseen = state.tasks.find((task) => task.reached === 'dispatched' && acknowledgeAt(task) <= at);
  if (unseen) return report(decision, unseen, 'acknowledged', acknowledgeAt(unseen));
  const task = chooseTask(state);
  if (task && task.order.assignmentId !== state.current) {
    const { plan: _dropped, ...rest } = state;
    return { ...decision, state: { ...rest, place: stopped(state, at), current: task.order.assignmentId } };
  }
  return task ? stepTask(decision, task, at) : stepFree(decision, at);
}

/** A crew acknowledges at once even when it is busy. */
const acknowledgeAt = ({ order, times, seenAt }: CrewTask): Instant =>
  latestOf(after(order.dispatchedAt, times.acknowledge), seenAt);

/**
 * The order to work on. A crew at a scene finishes there first; then the most urgent counts; one on its way turns round
 * only for something more urgent; else the oldest.
 */
function chooseTask({ tasks, current }: CrewState): CrewTask | undefined {
  const open = tasks.filter((task) => task.reached !== 'cleared');
  const isCurrent = (task: CrewTask): boolean => task.order.assignmentId === current;
  const atScene = (task: CrewTask): boolean => reachedRank(task.reached) >= 3;
  const first = (left: CrewTask, right: CrewTask): number =>
    Number(atScene(right) && isCurrent(right)) - Number(atScene(left) && isCurrent(left)) ||
    Number(atScene(right)) - Number(atScene(left)) ||
    left.order.priority - right.order.priority ||
    Number(isCurrent(right)) - Number(isCurrent(left)) ||
    left.order.dispatchedAt - right.order.dispatchedAt;
  return open.sort(first)[0];
}

function stepTask(decision: CrewDecision, task: CrewTask, at: Instant): CrewDecision | undefined {
  const { state } = decision;
  const { order, times } = task;
  switch (task.reached) {
    case 'dispatched':
      return undefined;
    case 'acknowledged':
    case 'enroute': {
      const { place } = state;
      if (place.kind === 'driving') {
        const arrival = after(place.departedAt, routeDuration(place.route));
        if (place.assignmentId !== order.assignmentId || !samePlace(place.to, order.position))
          return { ...decision, state: { ...state, place: stopped(state, at) } };
        if (arrival > at) return undefined;
        const parked: CrewState = {
          ...state,
          place: { kind: 'parked', position: endOf(place.route), since: arrival },
        };
        return report({ ...decision, state: parked }, task, 'onScene', arrival);
      }
      const planned = planRoute(decision, 'incident', order.position, at, order.assignmentId);
      if (planned) return planned;
      const route = state.plan?.route;
      if (!route) return undefined;
      const turnout = after(order.dispatchedAt, times.turnout);
      const departure = latestOf(turnout, state.plan?.askedAt, place.since);
      if (departure > at) return undefined;
      const rolling: CrewDecision = {
        ...decision,
        state: depart(state, {
          kind: 'driving',
          route,
          departedAt: departure,
          purpose: 'incident',
          to: order.position,
          assignmentId: order.assignmentId,
        }),
      };
      return task.reached === 'acknowledged' ? report(rolling, task, 'enroute', departure) : rolling;
    }
    case 'onScene': {
      const due = after(task.onSceneAt ?? at, seconds(Math.min(times.action, times.onScene)));
      return due <= at ? report(decision, task, 'actionBegun', due) : undefined;
    }
    case 'actionBegun': {
      const due = after(task.onSceneAt ?? at, times.onScene);
      if (due > at) return undefined;
      const cleared = report(decision, task, 'cleared', due);
      return { ...cleared, state: release(cleared.state, due) };
    }
    case 'cleared':
      return undefined;
    default:
      return exhaustive(task.reached);
  }
}

/** Free: on to the next guard point, or home. */
function stepFree(decision: CrewDecision, at: Instant): CrewDecision | undefined {
  const { state } = decision;
  const { place } = state;
  if (place.kind === 'driving') {
    const arrival = after(place.departedAt, routeDuration(place.route));
    if (arrival > at) return undefined;
    const patrolled = state.patrolled + (place.purpose === 'patrol' ? 1 : 0);
    const arrived: CrewState['place'] = { kind: 'parked', position: endOf(place.route), since: arrival };
    return { ...decision, state: { ...state, place: arrived, patrolled, freeSince: arrival } };
  }
  const goal = freeGoal(state);
  if (!goal) return undefined;
  const leaveAt = restUntil(state);
  if (leaveAt > at) return undefined;
  const planned = planRoute(decision, goal.purpose, goal.to, at);
  if (planned) return planned;
  const route = state.plan?.route;
  if (!route) return undefined;
  const departedAt = latestOf(leaveAt, state.plan?.askedAt, place.since);
  const { purpose, to } = goal;
  return { ...decision, state: depart(state, { kind: 'driving', route, departedAt, purpose, to }) };
}

function freeGoal({ setup, place, patrolled }: CrewState): { to: LonLat; purpose: RoutePurpose } | undefined {
  const { patrolPoints, home } = setup;
  if (patrolPoints.length > 0)
    return { to: itemAt(patrolPoints, patrolled % patrolPoints.length), purpose: 'patrol' };
  const atHome = place.kind === 'parked' && near(place.position, home);
  return atHome ? undefined : { to: home, purpose: 'station' };
}

/** Until when a free crew stays where it is; never less than a second, so that time moves on. */
function restUntil({ setup, place, patrolled, freeSince }: CrewState): Instant {
  const last = setup.patrolPoints[(patrolled + setup.patrolPoints.length - 1) % setup.patrolPoints.length];
  const onPost = patrolled > 0 && last && place.kind === 'parked' && near(place.position, last);
  return after(freeSince, seconds(Math.max(1, onPost ? setup.patrolStay : setup.idle)));
}

/** About thirty metres: a route ends at the road, not at the door. */
const DOORSTEP = 3e-4;
const near = (a: LonLat, b: LonLat): boolean =>
  Math.abs(a[0] - b[0]) < DOORSTEP && Math.abs(a[1] - b[1]) < DOORSTEP;

const samePlace = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];

/** Asks for a route unless the right one is asked for or in hand. */
function planRoute(
  decision: CrewDecision,
  purpose: RoutePurpose,
  to: LonLat,
  at: Instant,
  assignmentId?: string,
): CrewDecision | undefined {
  const { state } = decision;
  const { plan } = state;
  const fits =
    plan && plan.purpose === purpose && plan.assignmentId === assignmentId && samePlace(plan.to, to);
  const retry = plan?.retryAt !== undefined && plan.retryAt <= at && !plan.route;
  if (fits && !retry) return undefined;
  const requestId = `${state.setup.unitId}:${state.requests + 1}`;
  const asked: CrewPlan = {
    requestId,
    purpose,
    to,
    askedAt: at,
    ...(assignmentId === undefined ? {} : { assignmentId }),
  };
  const from = crewMotion(state, at).position;
  return act(
    { ...decision, state: { ...state, plan: asked, requests: state.requests + 1 } },
    { kind: 'request-route', requestId, from, to, purpose },
  );
}

function depart(state: CrewState, place: CrewState['place']): CrewState {
  const { plan: _used, ...rest } = state;
  return { ...rest, place };
}

function endOf(route: { readonly geometry: readonly LonLat[] }): LonLat {
  return itemAt(route.geometry, route.geometry.length - 1);
}

const latestOf = (...moments: readonly (Instant | undefined)[]): Instant =>
  instant(Math.max(...moments.map((at) => at ?? -Infinity)));

function report(decision: CrewDecision, task: CrewTask, stage: ReportStage, at: Instant): CrewDecision {
  const { state } = decision;
  const { assignmentId } = task.order;
  const sent = { id: `${assignmentId}:${stage}`, assignmentId, stage, at };
  const moved: CrewTask = { ...task, reached: stage, ...(stage === 'onScene' ? { onSceneAt: at } : {}) };
  return act(
    {
      ...decision,
      state: {
        ...state,
        tasks: state.tasks.map((each) => (each.order.assignmentId === assignmentId ? moved : each)),
        pending: [...state.pending, { report: sent, sentAt: at }],
      },
    },
    { kind: 'send-report', report: sent },
  );
}

/** Sends again what the orders have not shown for a while. */
function resendReports(decision: CrewDecision, at: Instant): CrewDecision {
  const { state } = decision;
  const late = state.pending.filter(({ sentAt }) => after(sentAt, state.setup.resend) <= at);
  const fresh = new Set(
    decision.actions.flatMap((action) => (action.kind === 'send-report' ? [action.report.id] : [])),
  );
  const again = late.filter((each) => !fresh.has(each.report.id));
  if (late.length === 0) return decision;
  const pending = state.pending.map((each) => (late.includes(each) ? { ...each, sentAt: at } : each));
  return act(
    { ...decision, state: { ...state, pending } },
    ...again.map((each): CrewAction => ({ kind: 'send-report', report: each.report })),
  );
}

/** When something will be due next without news from outside. */
function nextWake(state: CrewState, at: Instant): Instant | undefined {
  const { setup, place, plan } = state;
  const due: Instant[] = state.pending.map(({ sentAt }) => after(sentAt, setup.resend));
  const task = chooseTask(state);
  for (const each of state.tasks) if (each.reached === 'dispatched') due.push(acknowledgeAt(each));
  if (place.kind === 'driving') due.push(after(place.departedAt, routeDuration(place.route)));
  if (plan?.retryAt !== undefined && !plan.route) due.push(plan.retryAt);
  if (task) {
    const { order, times } = task;
    const arrival = task.onSceneAt ?? at;
    if (task.reached === 'acknowledged' && plan?.route) due.push(after(order.dispatchedAt, times.turnout));
    if (task.reached === 'onScene') due.push(after(arrival, seconds(Math.min(times.action, times.onScene))));
    if (task.reached === 'actionBegun') due.push(after(arrival, times.onScene));
  } else if (place.kind === 'parked' && !plan && freeGoal(state)) {
    due.push(restUntil(state));
  }
  const future = due.filter((moment) => moment > at);
  return future.length === 0 ? undefined : instant(Math.min(...future));
}
