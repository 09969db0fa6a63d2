import { quantile } from '../packages/base/dist/index.js';

/** Quantile of unsorted numbers. */
export const quantileOf = (values, p) =>
  quantile(
    [...values].sort((a, b) => a - b),
    p,
  );

/** Milliseconds that `work` takes, for each of `times` runs after `warmUp` ones. */
export async function timeEach(times, warmUp, work) {
  const taken = [];
  for (let run = -warmUp; run < times; run++) {
    const start = performance.now();
    await work(run);
    if (run >= 0) taken.push(performance.now() - start);
  }
  return taken;
}
