/** A seeded source of randomness: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number, uniform in [0, bound). */
  integer(bound: number): number;
  /** One of the items. Throws for an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, with probability proportional to its weight. Throws when no weight is positive. */
  pickWeighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
  /** Normal (Gaussian). */
  normal(mean: number, deviation: number): number;
  /** Log-normal, given by its median and the deviation of its logarithm. */
  logNormal(median: number, sigma: number): number;
  /** A new array in random order (Fisher–Yates). */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** An independent source derived from this one and a label, so that parts do not disturb each other. */
  fork(label: string): Random;
}

/**
 * A generator seeded by a string or number. The core is Marsaglia's xorshift family in the
 * xoshiro128** form (Blackman & Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021);
 * the seed is spread over its 128 bits by FNV-1a and a 32-bit finaliser. Not for secrets.
 */
export function createRandom(seed: string | number): Random {
  let [a, b, c, d] = spread(String(seed));

  const next32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };

  const random: Random = {
    next: () => next32() / 0x1_0000_0000,
    integer: (bound) => Math.floor(random.next() * bound),
    pick(items) {
      const item = items[random.integer(items.length)];
      if (item === undefined) throw new RangeError('pick: the list is empty');
      return item;
    },
    pickWeighted(items, weightOf) {
      const total = items.reduce((sum, item) => sum + Math.max(0, weightOf(item)), 0);
      let rest = random.next() * total;
      let last: { readonly item: (typeof items)[number] } | undefined;
      for (const item of items) {
        const weight = Math.max(0, weightOf(item));
        rest -= weight;
        if (rest < 0) return item;
        if (weight > 0) last = { item };
      }
      // Rounding may leave a trace of `rest`, which belongs to the last item that could have been drawn.
      if (last) return last.item;
      throw new RangeError('pickWeighted: no item has a positive weight');
    },
    exponential: (mean) => -mean * Math.log(1 - random.next()),
    normal(mean, deviation) {
      // Box & Muller (1958); the second value of the pair is not kept, so that forks stay independent of call order.
      const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * random.next());
    },
    logNormal: (median, sigma) => median * Math.exp(random.normal(0, sigma)),
    shuffle(items) {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = random.integer(last + 1);
        const kept = result[last];
        const moved = result[other];
        if (kept === undefined || moved === undefined) break;
        result[last] = moved;
        result[other] = kept;
      }
      return result;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
  return random;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function spread(seed: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  const word = (salt: number): number => {
    let x = (hash + Math.imul(salt, 0x9e3779b9)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) | 0;
  };
  return [word(1), word(2), word(3), word(4) | 1];
}
