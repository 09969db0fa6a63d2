import type { ResponseBoard, ResponseCommand } from '@lamplight/domain';
import { type Commit, type ResponseLog, StoreError } from '@lamplight/store';
import type { BaseLogger } from 'pino';
import type { Clock } from '../clock.js';
import type { Recommender } from '../desk/recommender.js';
import type { Bus } from '../ingest/broker.js';
import { publishOrders } from './publish-orders.js';
import { recommendWhenReady } from './recommend.js';
import { workOffStacks } from './work-off-stacks.js';

/** What the system does by itself, in this order, whenever something was recorded. */
const REACTIONS: readonly Reaction[] = [recommendWhenReady, workOffStacks, publishOrders];

export interface ReactionTools {
  /** As committed. */
  readonly board: ResponseBoard;
  readonly recommender: Recommender | null;
  readonly bus: Pick<Bus, 'publishOrders'>;
  readonly clock: Clock;
  readonly position: () => number;
  /** Puts a command into the log on behalf of the system. The key makes sure that only one node's attempt counts. */
  submit(command: ResponseCommand, key: string): Promise<void>;
}

/**
 * A reaction looks at the state of one thing and does what is due. It is told which things to look at, by commits and
 * once at the start, and must find nothing to do when it is told twice: so nothing is lost when the process dies
 * between a commit and its reaction.
 */
export interface Reaction {
  readonly name: string;
  /** Identifiers to look at when the server starts. */
  start(tools: ReactionTools): readonly string[];
  triggeredBy(commit: Commit, tools: ReactionTools): readonly string[];
  run(id: string, tools: ReactionTools): Promise<void>;
}

export interface Reactions {
  /** Looks at everything once, as after a start or when devices have lost their orders. */
  reconcile(name?: Reaction['name']): void;
  onCommit(commit: Commit): void;
  /** Looks at one unit's orders again, whether they changed or not. */
  repeatOrders(unitId: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function startReactions(
  options: Omit<ReactionTools, 'submit'> & { readonly log: ResponseLog; readonly logger: BaseLogger },
): Reactions {
  const { log, logger, clock } = options;
  const tools: ReactionTools = {
    ...options,
    async submit(command, key) {
      const actor = 'process:reactions';
      const outcome = await log.submit({ command, actor, at: clock.now(), key, fingerprint: key });
      if (!outcome.ok) logger.info({ key, refusal: outcome.refusal }, 'a reaction was refused');
    },
  };
  const lines = REACTIONS.map((reaction) => createLine(reaction, tools, logger));
  return {
    reconcile(name) {
      for (const line of lines) {
        if (name === undefined || line.reaction.name === name) line.look(line.reaction.start(tools));
      }
    },
    onCommit(commit) {
      for (const line of lines) line.look(line.reaction.triggeredBy(commit, tools));
    },
    repeatOrders(unitId) {
      lines.find(({ reaction }) => reaction === publishOrders)?.look([unitId]);
    },
    async idle() {
      await Promise.all(lines.map((line) => line.idle()));
    },
  };
}

/** How long a reaction waits for a store that is away before it looks again. */
const RETRY_MS = 5_000;

/** Runs one reaction: at most one run for a thing at a time, and once more if it was told again meanwhile. */
function createLine(reaction: Reaction, tools: ReactionTools, logger: BaseLogger) {
  const due = new Set<string>();
  const running = new Map<string, Promise<void>>();

  const run = async (id: string): Promise<void> => {
    while (due.delete(id)) {
      try {
        await reaction.run(id, tools);
      } catch (error) {
        logger.error({ err: error, reaction: reaction.name, id }, 'a reaction failed');
        if (error instanceof StoreError && error.code === 'store-unavailable') {
          setTimeout(() => look([id]), RETRY_MS).unref();
        }
      }
    }
    running.delete(id);
  };

  function look(ids: readonly string[]): void {
    for (const id of ids) {
      due.add(id);
      if (!running.has(id)) {
        running.set(
          id,
          Promise.resolve().then(() => run(id)),
        );
      }
    }
  }

  return {
    reaction,
    look,
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
