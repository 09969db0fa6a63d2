import { randomUUID } from 'node:crypto';
import {
  formatInstant,
  type Instant,
  instant,
  offset,
  type Random,
  type Seconds,
  seconds,
} from '@lamplight/base';
import type { Demand, DemandCall } from '@lamplight/simulation';
import { ApiRefusal } from '../world/api-client.js';
import type { Clock } from '../world/clock.js';
import { unlessRefused } from '../world/enlist.js';
import type { LiveClient } from '../world/live-client.js';
import type { Scheduler } from '../world/scheduler.js';
import type { Staff } from '../world/staff.js';

export interface CallFloorOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly staff: Staff;
  readonly live: LiveClient;
  readonly demand: Demand;
  /** More calls at the beginning, so that a visitor need not wait for the first. */
  readonly rush: { readonly demand: Demand; readonly until: Instant };
  readonly random: Random;
  readonly signal: AbortSignal;
  /** With so many incidents open, residents hold back: the board must stay one that people can work. */
  readonly mostOpen: number;
  /** Told how long the scene of a new incident will need. */
  readonly onIncident: (incidentId: string, onScene: Seconds) => void;
  readonly onFault: (message: string) => void;
}

/** Radius of a position by the telephone network; the caller then says it better. */
const CELL_ACCURACY = 250;

/**
 * Residents who call and call-takers who answer, for ever, through the public interface. Whoever sits at a console
 * may be quicker: what was done already is declined by the server, and the simulated call-taker lets go of the call.
 */
export async function runCallFloor(options: CallFloorOptions): Promise<void> {
  const { demand, rush } = options;
  /** The incident of each event, for its further callers. */
  const incidentOf = new Map<string, string>();
  await tidyUp(options);
  await Promise.all([
    takeCalls(demand, instant(Infinity), incidentOf, options),
    takeCalls(rush.demand, rush.until, new Map(), options),
  ]);
}

async function takeCalls(
  demand: Demand,
  until: Instant,
  incidentOf: Map<string, string>,
  options: CallFloorOptions,
): Promise<void> {
  const { clock, scheduler, live, signal, mostOpen, onFault } = options;
  while (!signal.aborted && clock.now() < until) {
    const call = demand.next(clock.now());
    await scheduler.sleepUntil(call.ringAt, signal);
    const open = [...live.board.incidents.values()].filter(({ status }) => status === 'open').length;
    if (open >= mostOpen) continue;
    takeCall(call, incidentOf, options).catch((thrown: unknown) => {
      // A person at a console was quicker; the call is theirs.
      if (thrown instanceof ApiRefusal || signal.aborted) return;
      onFault(thrown instanceof Error ? thrown.message : String(thrown));
    });
  }
}

/** Calls that a former run left on the line. */
async function tidyUp({ live, staff }: CallFloorOptions): Promise<void> {
  for (const call of [...live.board.calls.values()]) {
    if (call.endedAt !== null) continue;
    const outcome = call.answeredAt === null ? 'abandoned' : 'completed';
    await unlessRefused(staff.callTaker.command(`/calls/${call.id}/end`, { outcome }));
  }
}

async function takeCall(
  call: DemandCall,
  incidentOf: Map<string, string>,
  options: CallFloorOptions,
): Promise<void> {
  const { scheduler, staff, live, random, signal, onIncident } = options;
  const { callTaker } = staff;
  const draw = random.fork(call.id);
  const pause = (least: number, most: number): Promise<void> =>
    scheduler.sleep(seconds(least + draw.next() * (most - least)), signal);
  const language = call.language === 'zh' ? 'zh' : 'en';

  const callId = randomUUID();
  await callTaker.command('/calls', {
    callId,
    channel: 'voice',
    callerNumber: call.phone,
    location: {
      position: offset(
        call.position,
        CELL_ACCURACY * draw.normal(0, 0.4),
        CELL_ACCURACY * draw.normal(0, 0.4),
      ),
      accuracy: CELL_ACCURACY,
      method: 'cell',
    },
    ringAt: formatInstant(call.ringAt),
  });

  const toAnswer = seconds(Math.min(25, draw.logNormal(5, 0.5)));
  if (call.abandonedAfter !== undefined && call.abandonedAfter < toAnswer) {
    await scheduler.sleep(call.abandonedAfter, signal);
    await callTaker.command(`/calls/${callId}/end`, { outcome: 'abandoned' });
    return;
  }
  await scheduler.sleep(toAnswer, signal);
  await callTaker.command(`/calls/${callId}/answer`);

  await pause(6, 18);
  const location = {
    position: call.position,
    accuracy: 20,
    method: 'address',
    words: call.where[language],
  };
  await callTaker.command(`/calls/${callId}/locate`, { location });

  const known = incidentOf.get(call.eventId);
  await pause(8, 25);
  if (known !== undefined && live.board.incidents.get(known)?.status === 'open') {
    await callTaker.command(`/calls/${callId}/link`, { incidentId: known });
    await callTaker.command(`/incidents/${known}/notes`, { text: call.narrative[language] });
  } else if (live.board.calls.get(callId)?.incidentId == null) {
    const incidentId = randomUUID();
    incidentOf.set(call.eventId, incidentId);
    if (incidentOf.size > 500) incidentOf.delete(firstKey(incidentOf));
    onIncident(incidentId, call.onScene);
    await callTaker.command('/incidents', {
      incidentId,
      source: 'call',
      callId,
      location,
      classification: { typeCode: call.typeCode },
      note: call.narrative[language],
    });
  }
  await pause(5, 40);
  await callTaker.command(`/calls/${callId}/end`, { outcome: 'completed' });
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key;
  return '';
}
