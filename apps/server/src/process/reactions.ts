import { type Commit, type ResponseLog, StoreError } from '@lamplight/store';
import type { BaseLogger } from 'pino';
import { publishOrders } from './publish-orders.js';
import type { Reaction, ReactionTools } from './reaction.js';
import { recommendWhenReady } from './recommend.js';
import { workOffStacks } from './work-off-stacks.js';

/** What the system does by itself, in this order, whenever something was recorded. */
const REACTIONS: readonly Reaction[] = [recommendWhenReady, workOffStacks, publishOrders];

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
