import type { ResponseBoard, ResponseCommand } from '@lamplight/domain';
import type { Commit } from '@lamplight/store';
import type { Clock } from '../clock.js';
import type { Recommender } from '../desk/recommender.js';
import type { Bus } from '../ingest/broker.js';

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
 * A reaction looks at the state of one thing and does what is due. It is told which things to look at, by commits, by
 * whoever notices that the roads have changed or that a time has come, and once at the start, and must find nothing to
 * do when it is told twice: so nothing is lost when the process dies between a commit and its reaction.
 */
export interface Reaction {
  readonly name: string;
  /** Identifiers to look at when the server starts. */
  start(tools: ReactionTools): readonly string[];
  triggeredBy(commit: Commit, tools: ReactionTools): readonly string[];
  run(id: string, tools: ReactionTools): Promise<void>;
}
