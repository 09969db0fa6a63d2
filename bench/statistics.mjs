import { quantile } from '../packages/base/dist/index.js';

/** Quantile of unsorted numbers. */
export const quantileOf = (values, p) =>
  quantile(
    [...values].sort((a, b) => a - b),
    p,
  );

/**
 * Milliseconds that `work` takes, for each of `times` runs after `warmUp` ones, which have negative numbers. What is
 * done `after` each is not counted.
 */
export async function timeEach(times, warmUp, work, after) {
  const taken = [];
  for (let run = -warmUp; run < times; run++) {
    const start = performance.now();
    await work(run);
    const took = performance.now() - start;
    if (run >= 0) taken.push(took);
    await after?.(run);
  }
  return taken;
}
