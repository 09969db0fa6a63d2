/**
 * The p-quantile of sorted numbers by linear interpolation between order statistics
 * (type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996).
 * `undefined` for an empty list. `sorted` must ascend; `p` lies in [0, 1].
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | undefined {
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (position - Math.floor(position));
}
