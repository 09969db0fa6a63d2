import { seconds } from '@lamplight/base';
import { type Calibration, type Spread, scaleOf, UNCALIBRATED } from './calibration.js';
import { studentQuantile } from './student.js';

/** A recorded time beside its predicted median, both seconds. */
export interface Scattered {
  readonly median: number;
  readonly recorded: number;
}

/** The quantiles on one side of the median that the spread is fitted to. */
const SHARES = [0.75, 0.9, 0.95] as const;
/** Tried: every pair of these. A grid is exact enough, cannot be led astray and always comes to the same. */
const SHARE_GRID = Array.from({ length: 41 }, (_, i) => 0.02 * 1.1 ** i);
const SECONDS_GRID = Array.from({ length: 21 }, (_, i) => 4 * i);
/** How firmly the default is believed: the deviation of the logarithm of the share, and of the seconds. */
const BELIEF = { share: 0.3, seconds: 15 } as const;

/**
 * The spread on either side of the median by quantile regression (Koenker & Bassett, "Regression Quantiles",
 * Econometrica 46, 1978): that pair of figures for which the sum of the tilted absolute errors of three quantiles is
 * least, with the default spread as what is believed before.
 */
export function fitSpread(scattered: readonly Scattered[]): Calibration['spread'] {
  return { below: fitSide(scattered, 'below'), above: fitSide(scattered, 'above') };
}

function fitSide(scattered: readonly Scattered[], side: 'below' | 'above'): Spread {
  const sign = side === 'above' ? 1 : -1;
  const believed = UNCALIBRATED.spread[side];
  // Seen from the other side, what lies below lies above.
  const residuals = scattered.map(({ median, recorded }) => sign * Math.log(recorded / median));
  const medians = scattered.map(({ median }) => median);
  const quantiles = SHARES.map((share) => ({ share, z: studentQuantile(share) }));
  const lossOf = (spread: Spread): number => {
    let total = 0;
    for (let i = 0; i < residuals.length; i++) {
      const scale = scaleOf(spread, medians[i] ?? 1);
      for (const { share, z } of quantiles) {
        const over = (residuals[i] ?? 0) - z * scale;
        total += over > 0 ? share * over : (share - 1) * over;
      }
    }
    return total;
  };
  // The loss of one typical observation, to weigh belief against.
  const unit = lossOf(believed) / Math.max(1, residuals.length);
  let best: Spread = believed;
  let least = Infinity;
  for (const share of SHARE_GRID) {
    for (const constant of SECONDS_GRID) {
      const spread: Spread = { share, seconds: seconds(constant) };
      const doubt =
        (Math.log(share / believed.share) / BELIEF.share) ** 2 / 2 +
        ((constant - believed.seconds) / BELIEF.seconds) ** 2 / 2;
      const loss = lossOf(spread) + unit * doubt;
      if (loss < least) [best, least] = [spread, loss];
    }
  }
  return best;
}
