import { randomUUID } from 'node:crypto';
import { after, formatInstant, type Seconds, seconds } from '@lamplight/base';
import { recommendationSchema } from '@lamplight/contracts';
import type { CrewTimes, RecordedCall, RecordedResponse } from '@lamplight/simulation';
import { ApiRefusal } from '../world/api-client.js';
import type { Clock } from '../world/clock.js';
import { unlessRefused } from '../world/enlist.js';
import type { LiveClient } from '../world/live-client.js';
import type { RoadMap } from '../world/routes.js';
import type { Cancel, Scheduler } from '../world/scheduler.js';
import type { Staff } from '../world/staff.js';
import { type Choice, type ChoiceKind, chooseUnits } from './choose.js';
import { entryOf, groupByDispatch, timesOf } from './plan.js';

/** How units came to be sent, and responses for which there was none. */
export type DispatchCounts = Record<ChoiceKind | 'unsent' | 'calledOff' | 'sentAgain', number>;

export interface PlayTools {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly staff: Staff;
  readonly live: LiveClient;
  readonly roads: RoadMap;
  readonly typeOf: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/** Plays recorded calls as the centre's staff did, each step at its recorded moment. */
export interface Player {
  /** Resolves when the incident of the call is closed and settled. */
  play(call: RecordedCall): Promise<void>;
  /** How the crew of a unit carries out its order of an incident. */
  crewTimes(unitId: string, incidentId: string): CrewTimes;
  readonly counts: Readonly<DispatchCounts>;
}

const DISPATCH_ATTEMPTS = 8;
/** Another dispatch was quicker; the board will show it in a moment: simulated seconds, and real ones at least. */
const RETRY_AFTER = 5;
const RETRY_REAL = 0.25;
/** A dispatcher looks through the orders that wait on stacks so often. */
const STACK_LOOK = 60;
const STACK_LOOK_REAL = 2;
const USUAL: CrewTimes = {
  acknowledge: seconds(10),
  turnout: seconds(60),
  action: seconds(30),
  onScene: seconds(20 * 60),
};
/** Settled in person: recordings word their dispositions each in their own way. */
const DISPOSITION = '18';

export function createPlayer(tools: PlayTools): Player {
  const { clock, scheduler, staff, live, roads, typeOf, signal } = tools;
  const { callTaker, dispatcher, supervisor } = staff;
  const counts: DispatchCounts = {
    recommended: 0,
    'outside-run-card': 0,
    preempted: 0,
    stacked: 0,
    unsent: 0,
    calledOff: 0,
    sentAgain: 0,
  };
  /** A simulated duration, but at least as long in real seconds. */
  const atLeast = (simulated: number, real: number): Seconds =>
    seconds(Math.max(simulated, real * clock.scale));
  const reserved = new Set<string>();
  const plans = new Map<string, CrewTimes>();
  const planKey = (unitId: string, incidentId: string): string => `${incidentId} ${unitId}`;

  async function play(call: RecordedCall): Promise<void> {
    await scheduler.sleepUntil(call.receivedAt, signal);
    const callId = randomUUID();
    await callTaker.command('/calls', {
      callId,
      channel: 'voice',
      externalId: call.id,
      ringAt: formatInstant(call.receivedAt),
    });
    await callTaker.command(`/calls/${callId}/answer`);

    await scheduler.sleepUntil(entryOf(call), signal);
    const incidentId = randomUUID();
    await callTaker.command('/incidents', {
      incidentId,
      source: 'call',
      externalId: call.id,
      callId,
      location: { position: call.position, method: 'address', label: textOrNull(call.address, 200) },
      classification: { typeCode: call.typeCode, priority: call.priority },
      note: textOrNull(call.recordedType, 4000),
    });
    const ended = callTaker.command(`/calls/${callId}/end`, { outcome: 'completed' });
    await Promise.all([
      ended,
      ...groupByDispatch(call).map(async ({ at, responses }) => {
        await scheduler.sleepUntil(at, signal);
        await respond(call, incidentId, responses);
      }),
    ]);

    await dispatcher.command(`/incidents/${incidentId}/resolve`);
    await dispatcher.command(`/incidents/${incidentId}/close`, { disposition: DISPOSITION });
    await supervisor.command(`/incidents/${incidentId}/settle`, { citizenTold: true });
  }

  /** Sends a unit for each response and sees every order through to its end. */
  async function respond(
    call: RecordedCall,
    incidentId: string,
    responses: readonly RecordedResponse[],
  ): Promise<void> {
    const sent = await send(call, incidentId, responses);
    counts.unsent += responses.length - sent.length;
    await Promise.all(
      sent.map(async ({ response, unitId, assignmentId }) => {
        const exit = await followOrder(response, assignmentId);
        plans.delete(planKey(unitId, incidentId));
        if (exit !== 'preempted') return;
        counts.sentAgain++;
        await respond(call, incidentId, [response]);
      }),
    );
  }

  interface Sent extends Choice {
    readonly assignmentId: string;
  }

  /** Chooses by a fresh recommendation and sends; what another dispatch took meanwhile is chosen again. */
  async function send(
    call: RecordedCall,
    incidentId: string,
    responses: readonly RecordedResponse[],
  ): Promise<Sent[]> {
    const sent: Sent[] = [];
    let rest = responses;
    let tried = false;
    for (let attempt = 0; rest.length > 0 && attempt < DISPATCH_ATTEMPTS; ) {
      if (tried) await scheduler.sleep(atLeast(RETRY_AFTER, RETRY_REAL), signal);
      tried = true;
      const recommendation = await dispatcher.get(
        `/incidents/${incidentId}/recommendation`,
        recommendationSchema,
      );
      const choices = chooseUnits(rest, {
        recommendation,
        typeOf,
        reserved,
        stackSize: (unitId) => live.board.stackOf(unitId).length,
        isAssigned: (unitId) =>
          sent.some((each) => each.unitId === unitId) ||
          live.board.stackOf(unitId).some((assignment) => assignment.incidentId === incidentId),
        positionOf: (unitId) => live.board.findPosition(unitId),
        timesTo: (origins) => roads.timesTo(call.position, origins),
      });
      if (choices.length === 0) {
        // Units that are being sent elsewhere right now come back, as stacks if not free; no unit at all does not.
        if (reserved.size === 0) break;
        continue;
      }
      attempt++;
      for (const { unitId } of choices) reserved.add(unitId);
      try {
        const free = choices.filter(({ kind }) => kind === 'recommended' || kind === 'outside-run-card');
        if (free.length > 0) sent.push(...(await order(incidentId, free, 'refuse')));
        for (const choice of choices) {
          if (choice.kind === 'preempted') sent.push(...(await order(incidentId, [choice], 'preempt')));
          else if (choice.kind === 'stacked') sent.push(...(await order(incidentId, [choice], 'stack')));
        }
      } finally {
        for (const { unitId } of choices) reserved.delete(unitId);
      }
      rest = responses.filter((response) => !sent.some((each) => each.response === response));
    }
    return sent;
  }

  async function order(
    incidentId: string,
    choices: readonly Choice[],
    whenCommitted: 'refuse' | 'preempt' | 'stack',
  ): Promise<Sent[]> {
    // The crew may have its orders before the answer is here, so its times are laid out first.
    for (const { unitId, response } of choices) plans.set(planKey(unitId, incidentId), timesOf(response));
    try {
      const { assignmentIds = [] } = await dispatcher.command(`/incidents/${incidentId}/dispatch`, {
        unitIds: choices.map(({ unitId }) => unitId),
        whenCommitted,
      });
      return choices.flatMap((choice, index) => {
        const assignmentId = assignmentIds[index];
        if (assignmentId === undefined) return [];
        counts[choice.kind]++;
        return [{ ...choice, assignmentId }];
      });
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown;
      for (const { unitId } of choices) plans.delete(planKey(unitId, incidentId));
      return [];
    }
  }

  /** Resolves with the way in which an order ended; calls it off when the recorded crew never arrived. */
  async function followOrder(response: RecordedResponse, assignmentId: string): Promise<string> {
    const { calledOffAfter } = timesOf(response);
    const cancel =
      calledOffAfter === undefined
        ? () => {}
        : scheduler.at(after(clock.now(), calledOffAfter), () => {
            const reason = { reason: 'called off before arrival, as recorded' };
            unlessRefused(dispatcher.command(`/assignments/${assignmentId}/cancel`, reason)).then(
              (done) => {
                if (done) counts.calledOff++;
              },
              () => {},
            );
          });
    const stopLooking = lookAfterStack(assignmentId);
    const stage = await live.until(() => {
      const assignment = live.board.assignments.get(assignmentId);
      return assignment && assignment.endedAt !== null ? assignment.stage : undefined;
    }, signal);
    stopLooking();
    cancel();
    return stage;
  }

  /** An order that waits on a stack though its unit is free is sent by hand; the system does so by itself as a rule. */
  function lookAfterStack(assignmentId: string): Cancel {
    let cancel: Cancel = () => {};
    const look = (): void => {
      const order = live.board.assignments.get(assignmentId);
      if (order && order.stage !== 'proposed') return;
      cancel = scheduler.after(atLeast(STACK_LOOK, STACK_LOOK_REAL), look);
      if (order && live.board.stackOf(order.unitId).every(({ stage }) => stage === 'proposed')) {
        unlessRefused(dispatcher.command(`/assignments/${assignmentId}/dispatch`)).catch(() => {});
      }
    };
    cancel = scheduler.after(atLeast(STACK_LOOK, STACK_LOOK_REAL), look);
    return () => cancel();
  }

  return {
    play,
    crewTimes: (unitId, incidentId) => plans.get(planKey(unitId, incidentId)) ?? USUAL,
    counts,
  };
}

const textOrNull = (text: string, longest: number): string | null => text.trim().slice(0, longest) || null;
