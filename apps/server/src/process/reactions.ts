import { type Commit, type ResponseLog, StoreError } from '@lamplight/store';
import type { BaseLogger } from 'pino';
import { expireConditions } from './expire-conditions.js';
import { publishOrders } from './publish-orders.js';
import type { Reaction, ReactionTools } from './reaction.js';
import { listWaiting, recommendWhenReady } from './recommend.js';
import { listUnderWay, reviseEtas } from './revise-etas.js';
import { workOffStacks } from './work-off-stacks.js';

/** What the system does by itself, in this order, whenever something was recorded. */
const REACTIONS: readonly Reaction[] = [
  recommendWhenReady,
  reviseEtas,
  workOffStacks,
  publishOrders,
  expireConditions,
];

export interface Reactions {
  /** Looks at everything once, as after a start or when devices have lost their orders. */
  reconcile(name?: Reaction['name']): void;
  onCommit(commit: Commit): void;
  /** Looks at one unit's orders again, whether they changed or not. */
  repeatOrders(unitId: string): void;
  /** Works out anew what stands on the roads as they are now: arrivals of units under way, recommendations that wait. */
  onRoadsChanged(): void;
  /** Works out anew what was recommended where nobody has been sent yet: another catalogue may ask for others. */
  onCatalogueChanged(): void;
  /** Records that these road conditions are over by their own time. */
  expire(conditionIds: readonly string[]): void;
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
  const lookAt = (reaction: Reaction, ids: readonly string[]): void =>
    lines.find((line) => line.reaction === reaction)?.look(ids);
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
      lookAt(publishOrders, [unitId]);
    },
    onRoadsChanged() {
      lookAt(
        reviseEtas,
        listUnderWay(tools.board).map(({ id }) => id),
      );
      lookAt(
        recommendWhenReady,
        listWaiting(tools.board).map(({ id }) => id),
      );
    },
    onCatalogueChanged() {
      lookAt(
        recommendWhenReady,
        listWaiting(tools.board).map(({ id }) => id),
      );
    },
    expire(conditionIds) {
      lookAt(expireConditions, conditionIds);
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
