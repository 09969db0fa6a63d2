import type { Instant, Result } from '@lamplight/base';
import type { Actor } from './entities.js';
import type { ResponseEvent } from './events.js';
import type { Refusal } from './refusals.js';
import type { Rules } from './rules.js';

/** When, by whom and under which rules a decision is taken. */
export interface Context {
  readonly at: Instant;
  readonly by: Actor;
  readonly rules: Rules;
}

export type Decision = Result<readonly ResponseEvent[], Refusal>;
