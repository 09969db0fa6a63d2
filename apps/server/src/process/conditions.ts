import type { Instant } from '@lamplight/base';
import { nextPhaseAt, phaseOf, type ResponseBoard, type RoadCondition } from '@lamplight/domain';
import type { Commit } from '@lamplight/store';
import type { BaseLogger } from 'pino';
import type { Clock } from '../clock.js';
import type { RoadConditionsPort } from '../roads/condition-edges.js';

export interface ConditionsOptions {
  /** As committed. */
  readonly board: Pick<ResponseBoard, 'listConditions'>;
  readonly clock: Clock;
  readonly port: Pick<RoadConditionsPort, 'apply'>;
  readonly logger: Pick<BaseLogger, 'error'>;
  /** The roads are others than before: what was worked out on them is out of date. */
  onApplied(): void;
  /** These are over, and no event says so yet. */
  onOver(conditionIds: readonly string[]): void;
}

export interface Conditions {
  /** Applies what holds now, and follows from here on. Resolves when it is applied. */
  start(): Promise<void>;
  /** After the board has taken the commit. */
  onCommit(commit: Commit): void;
  stop(): Promise<void>;
}

/**
 * The clock is read at least this often, in wall-clock milliseconds, while something may begin or end: so neither a
 * wait longer than a timer can count, nor a machine that slept, nor a clock that was set, is missed for longer.
 */
const LOOK_EVERY_MS = 1000;
/** How long an engine that failed is left alone. */
const RETRY_MS = 5000;

/**
 * Keeps the road engine in step with the road conditions that hold: after each commit about one, and when one begins
 * or ends by itself. It looks at what holds now and at nothing else, so being woken too often, too late or twice does
 * no harm. At most one application is under way.
 */
export function followConditions(options: ConditionsOptions): Conditions {
  const { board, clock, port, logger } = options;
  let applied = keyOf([]);
  let due = false;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  /** Returns the wall-clock milliseconds after which to look again; `null` when only a commit can change anything. */
  const lookOnce = async (): Promise<number | null> => {
    const at = clock.now();
    const known = board.listConditions();
    const active = known.filter((condition) => phaseOf(condition, at) === 'active').sort(byBeginning);
    const key = keyOf(active);
    if (key !== applied) {
      try {
        await port.apply(active);
      } catch (error) {
        logger.error({ err: error }, 'road conditions could not be applied');
        return RETRY_MS;
      }
      applied = key;
      options.onApplied();
    }
    const over = known.filter((condition) => condition.ended === null && phaseOf(condition, at) === 'ended');
    if (over.length > 0) options.onOver(over.map(({ id }) => id));
    return waitFor(known, at, clock);
  };

  const work = async (): Promise<void> => {
    let wait: number | null = null;
    try {
      while (due && !stopped) {
        due = false;
        wait = await lookOnce();
      }
    } finally {
      // In the same turn in which nothing was due: what is told from now on starts anew.
      running = undefined;
    }
    if (wait !== null && !stopped) timer = setTimeout(() => void look(), wait);
  };

  function look(): Promise<void> {
    due = true;
    clearTimeout(timer);
    running ??= work();
    return running;
  }

  return {
    start: look,
    onCommit(commit) {
      if (commit.entities.some(({ kind }) => kind === 'condition')) void look();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function waitFor(known: readonly RoadCondition[], at: Instant, { scale }: Clock): number | null {
  if (known.every(({ ended }) => ended?.how === 'lifted')) return null;
  let wait = LOOK_EVERY_MS;
  for (const condition of known) {
    const next = nextPhaseAt(condition, at);
    if (next !== null) wait = Math.min(wait, (next - at) / scale);
  }
  return Math.max(1, Math.ceil(wait));
}

const byBeginning = (a: RoadCondition, b: RoadCondition): number =>
  a.from - b.from || a.declaredAt - b.declaredAt || (a.id < b.id ? -1 : 1);

/** What bears on travel times: which conditions, and what each does. The place of one never changes. */
const keyOf = (active: readonly RoadCondition[]): string =>
  JSON.stringify(active.map(({ id, effect }) => [id, effect.kind === 'closed' ? 0 : effect.factor]));
