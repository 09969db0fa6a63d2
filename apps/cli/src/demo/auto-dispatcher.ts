import { after, type Instant, instant, type Seconds, seconds } from '@lamplight/base';
import { recommendationSchema } from '@lamplight/contracts';
import { type Assignment, type Family, findIncidentType, type Incident } from '@lamplight/domain';
import { ApiRefusal } from '../world/api-client.js';
import type { Clock } from '../world/clock.js';
import { unlessRefused } from '../world/enlist.js';
import type { LiveClient } from '../world/live-client.js';
import type { Cancel, Scheduler } from '../world/scheduler.js';
import type { Staff } from '../world/staff.js';

export interface AutoDispatcherOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly staff: Staff;
  readonly live: LiveClient;
  readonly signal: AbortSignal;
  /** How long a person at a console has to send somebody first. */
  readonly grace: Seconds;
  readonly onFault: (message: string) => void;
}

/** What is due on an incident, and when. */
export type NextStep =
  | { readonly kind: 'send' | 'reinforce' | 'close' | 'settle' | 'hand-over'; readonly at: Instant }
  | undefined;

/** What was tried on an incident so far. */
export interface Attempts {
  readonly count: number;
  readonly last: Instant | null;
  /** The run card was not filled by what was sent. */
  readonly lacking: boolean;
}

const NO_ATTEMPTS: Attempts = { count: 0, last: null, lacking: false };
const RETRY = seconds(45);
const WRAP_UP = seconds(20);
const TELL_CITIZEN = seconds(90);
/** Nobody can be sent at all: a partner body takes over in the end. */
const GIVE_UP_AFTER = 30;
/** As long as something is lacking, more is sent; after so many tries what is there must do. */
const REINFORCE_TRIES = 6;

/** The step that is due next. Looks at the board alone, so it does not matter who did what before, or which process. */
export function nextStep(
  incident: Incident,
  assignments: readonly Assignment[],
  attempts: Attempts,
  grace: Seconds,
): NextStep {
  const { stamps, status } = incident;
  if (status === 'closed') {
    if (stamps.settled !== null || stamps.closed === null) return undefined;
    return { kind: 'settle', at: after(stamps.closed, TELL_CITIZEN) };
  }
  if (status !== 'open' || stamps.queued === null) return undefined;
  const open = assignments.filter(({ endedAt }) => endedAt === null);
  const retry = attempts.last === null ? stamps.queued : after(attempts.last, RETRY);
  if (open.length > 0) {
    const more = attempts.lacking && attempts.count < REINFORCE_TRIES;
    return more ? { kind: 'reinforce', at: retry } : undefined;
  }
  const cleared = assignments.flatMap(({ stamps: { cleared: at } }) => (at === undefined ? [] : [at]));
  if (cleared.length > 0) {
    return {
      kind: 'close',
      at: after(instant(Math.max(...cleared)), WRAP_UP),
    };
  }
  if (attempts.count >= GIVE_UP_AFTER) return { kind: 'hand-over', at: retry };
  const first = after(stamps.queued, grace);
  return { kind: 'send', at: instant(Math.max(retry, first)) };
}

/**
 * A dispatcher who sends what the recommendation suggests when nobody else has, closes what is done and settles it.
 * Follows the live board and is woken by it; forgets nothing when it is restarted, because all it goes by is there.
 */
export function startAutoDispatcher(options: AutoDispatcherOptions): void {
  const { clock, scheduler, staff, live, signal, grace, onFault } = options;
  const { dispatcher, supervisor } = staff;
  const wakes = new Map<string, Cancel>();
  const busy = new Set<string>();
  const attempts = new Map<string, Attempts>();

  const consider = (incidentId: string): void => {
    wakes.get(incidentId)?.();
    wakes.delete(incidentId);
    const incident = live.board.incidents.get(incidentId);
    if (!incident || busy.has(incidentId) || signal.aborted) return;
    const tried = attempts.get(incidentId) ?? NO_ATTEMPTS;
    const step = nextStep(incident, live.board.assignmentsOf(incidentId), tried, grace);
    if (!step) {
      if (incident.status !== 'open') attempts.delete(incidentId);
      return;
    }
    if (step.at > clock.now()) {
      wakes.set(
        incidentId,
        scheduler.at(step.at, () => consider(incidentId)),
      );
      return;
    }
    busy.add(incidentId);
    take(incident, step)
      .catch((thrown: unknown) => {
        // Declined: somebody else was quicker, and the board will say so.
        if (!(thrown instanceof ApiRefusal) && !signal.aborted) onFault(String(thrown));
      })
      .finally(() => {
        busy.delete(incidentId);
        // The news of what was done may come a moment later; look again when it surely is there.
        if (!signal.aborted) scheduler.after(seconds(clock.scale), () => consider(incidentId));
      });
  };

  async function take(incident: Incident, step: NonNullable<NextStep>): Promise<void> {
    switch (step.kind) {
      case 'send':
      case 'reinforce':
        await send(incident);
        break;
      case 'close':
        await close(incident, dispositionOf(incident));
        break;
      case 'hand-over':
        await close(incident, HANDED_TO_PARTNER);
        break;
      case 'settle':
        await supervisor.command(`/incidents/${incident.id}/settle`, { citizenTold: true });
        break;
    }
  }

  async function send({ id }: Incident): Promise<void> {
    const { candidates, requirements } = await dispatcher.get(
      `/incidents/${id}/recommendation`,
      recommendationSchema,
    );
    const { count } = attempts.get(id) ?? NO_ATTEMPTS;
    if (requirements.every(({ required }) => required === 0)) {
      await dispatcher.command(`/incidents/${id}/close`, { disposition: BY_TELEPHONE });
      return;
    }
    const suggested = candidates.filter((candidate) => candidate.suggested);
    const free = suggested.filter(({ divertFrom }) => divertFrom === null).map(({ unitId }) => unitId);
    const diverted = suggested.filter(({ divertFrom }) => divertFrom !== null).map(({ unitId }) => unitId);
    attempts.set(id, {
      count: count + 1,
      last: clock.now(),
      lacking: requirements.some(({ lacking }) => lacking > 0),
    });
    if (free.length > 0) {
      await dispatcher.command(`/incidents/${id}/dispatch`, { unitIds: free, whenCommitted: 'refuse' });
    }
    if (diverted.length > 0) {
      await dispatcher.command(`/incidents/${id}/dispatch`, { unitIds: diverted, whenCommitted: 'preempt' });
    }
  }

  async function close({ id }: Incident, disposition: string): Promise<void> {
    await unlessRefused(dispatcher.command(`/incidents/${id}/resolve`));
    await dispatcher.command(`/incidents/${id}/close`, { disposition });
  }

  live.onNews(({ reset, incidents, assignments }) => {
    const touched = reset
      ? [...live.board.incidents.keys()]
      : [...incidents.map(({ id }) => id), ...assignments.map(({ incidentId }) => incidentId)];
    for (const id of new Set(touched)) consider(id);
  });
  for (const id of live.board.incidents.keys()) consider(id);
}

/** Codes of the shipped dispositions. */
const BY_TELEPHONE = '05';
const HANDED_TO_PARTNER = '15';
const SETTLED_IN_PERSON = '18';
const DISPOSITION_OF: Readonly<Partial<Record<Family, string>>> = {
  fire: '23',
  alarm: '30',
  rescue: '24',
  hazard: '26',
  medical: '45',
  traffic: '01',
  property: '01',
  fraud: '01',
  violence: '01',
  assist: '29',
};

function dispositionOf({ typeCode }: Incident): string {
  const family = typeCode === null ? undefined : findIncidentType(typeCode)?.family;
  return (family && DISPOSITION_OF[family]) ?? SETTLED_IN_PERSON;
}
