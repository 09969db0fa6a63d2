/**
 * Quantiles of Student's t distribution with three degrees of freedom, by bisection on its distribution function, which
 * has a closed form: F(x) = 1/2 + (y / (1 + y²) + arctan y) / π with y = x / √3. `p` lies strictly between 0 and 1.
 *
 * Three degrees were chosen on recorded response times: beyond the middle half, both tails of the logarithm of
 * recorded ÷ median follow them. See docs/explanation/travel-times.md.
 */
export function studentQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile is asked for at a share inside (0, 1), not ${p}`);
  if (p < 0.5) return -studentQuantile(1 - p);
  let low = 0;
  let high = 1;
  while (distribution(high) < p) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (distribution(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function distribution(x: number): number {
  const y = x / Math.sqrt(3);
  return 0.5 + (y / (1 + y * y) + Math.atan(y)) / Math.PI;
}
