import type { BaseLogger } from 'pino';
import type { RoadThread } from './thread.js';

export interface PreparationOptions {
  /** Starts a thread on the weights of the moment. */
  readonly startThread: () => Promise<RoadThread>;
  /** Names the weights of the moment where they come again, such as those of an hour; else `null`. */
  readonly nameWeights: () => string | null;
  /** Takes a hierarchy into use; false when the weights are others already. */
  readonly install: (bytes: Uint8Array) => Promise<boolean>;
  readonly logger: Pick<BaseLogger, 'error' | 'info'>;
}

export interface Preparation {
  /** The weights have changed: prepare them once they have rested. */
  request(): void;
  stop(): Promise<void>;
}

/** Whoever closes one street often closes the next: only weights that have rested so long are worth preparing. */
const REST_MS = 5000;
/** How long a preparation that failed is left alone. */
const RETRY_MS = 60_000;

/**
 * Prepares hierarchies in the background, one at a time, on a thread that lives as long as that takes. Hierarchies of
 * weights with a name are kept, so that the same hour tomorrow costs nothing.
 */
export function createPreparation(options: PreparationOptions): Preparation {
  const { startThread, nameWeights, install, logger } = options;
  const kept = new Map<string, Uint8Array>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let thread: RoadThread | undefined;
  let running: Promise<void> | undefined;
  let due = false;
  let stopped = false;

  const prepare = async (): Promise<Uint8Array> => {
    const name = nameWeights();
    const known = name === null ? undefined : kept.get(name);
    if (known) return known;
    thread = await startThread();
    try {
      const bytes = await thread.ask('prepare', {});
      if (name !== null && name === nameWeights()) kept.set(name, bytes);
      return bytes;
    } finally {
      await thread.stop();
      thread = undefined;
    }
  };

  const work = async (): Promise<void> => {
    while (due && !stopped) {
      due = false;
      try {
        const bytes = await prepare();
        if (!stopped && !(await install(bytes))) wait(REST_MS);
      } catch (error) {
        if (stopped) return;
        logger.error({ err: error }, 'road times could not be prepared; they are searched for meanwhile');
        wait(RETRY_MS);
      }
    }
  };

  function wait(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      due = true;
      running ??= work().finally(() => {
        running = undefined;
      });
    }, milliseconds);
    timer.unref();
  }

  return {
    request: () => wait(REST_MS),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await thread?.stop();
      await running;
    },
  };
}
