import { elapsed, type Instant } from '@lamplight/base';

export interface BucketLimits {
  /** Tokens that come back each second. */
  readonly perSecond: number;
  /** The most that can be saved up, and what a new key starts with. */
  readonly burst: number;
}

/**
 * Token buckets by key: a key may act `burst` times at once and `perSecond` times a second in the long run. The clock
 * is the caller's. Buckets that are full again are forgotten, so that keys from outside cannot fill the memory.
 */
export class TokenBuckets {
  readonly #limits: BucketLimits;
  readonly #buckets = new Map<string, { tokens: number; at: Instant }>();
  #sweepAt = 1024;

  constructor(limits: BucketLimits) {
    this.#limits = limits;
  }

  /** Takes one token; `false`, and nothing is taken, when there is none. */
  take(key: string, now: Instant): boolean {
    const tokens = this.#tokensOf(key, now);
    if (tokens < 1) return false;
    if (!this.#buckets.has(key) && this.#buckets.size >= this.#sweepAt) this.#sweep(now);
    this.#buckets.set(key, { tokens: tokens - 1, at: now });
    return true;
  }

  /** Puts a token back that turned out not to be owed. */
  giveBack(key: string, now: Instant): void {
    const tokens = Math.min(this.#limits.burst, this.#tokensOf(key, now) + 1);
    if (tokens === this.#limits.burst) this.#buckets.delete(key);
    else this.#buckets.set(key, { tokens, at: now });
  }

  #tokensOf(key: string, now: Instant): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return this.#limits.burst;
    const gained = Math.max(0, elapsed(bucket.at, now)) * this.#limits.perSecond;
    return Math.min(this.#limits.burst, bucket.tokens + gained);
  }

  #sweep(now: Instant): void {
    for (const key of this.#buckets.keys()) {
      if (this.#tokensOf(key, now) >= this.#limits.burst) this.#buckets.delete(key);
    }
    // Growing with what is really in use keeps the sweeps rare: their cost is constant for each new key.
    this.#sweepAt = Math.max(1024, this.#buckets.size * 2);
  }
}
