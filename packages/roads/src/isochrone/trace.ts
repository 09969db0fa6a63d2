import type { RoadNetwork } from '../network/index.js';

/** Polylines of reached road. Owns its memory, which is used again for the next question. */
export class ReachedLines {
  /** For each point: 1e-7 degrees. */
  x = new Float64Array(1024);
  y = new Float64Array(1024);
  /** For each point: 0 where a line goes on; where one begins, one more than the number of the limit it is within. */
  begins = new Uint8Array(1024);
  count = 0;

  add(x: number, y: number, begins: number): void {
    const index = this.count++;
    if (index === this.x.length) this.#grow();
    this.x[index] = x;
    this.y[index] = y;
    this.begins[index] = begins;
  }

  #grow(): void {
    const old = this.x.length;
    const [x, y, begins] = [this.x, this.y, this.begins];
    this.x = new Float64Array(2 * old);
    this.y = new Float64Array(2 * old);
    this.begins = new Uint8Array(2 * old);
    this.x.set(x);
    this.y.set(y);
    this.begins.set(begins);
  }
}

/** Lays the geometry of parts of arcs down as lines, cut where one of some ascending limits runs out. */
export function createTracer({ arrays, bounds, edgeCount }: RoadNetwork) {
  const { arcEdge, firstPoint, points } = arrays;
  const eastScale = Math.max(1e-6, Math.cos((((bounds[1] + bounds[3]) / 2) * Math.PI) / 180));
  const lines = new ReachedLines();
  let limits: readonly number[] = [];
  /** For each edge that was laid down as a whole for this question: the number of the limit it is within. */
  const wholeLevel = new Uint8Array(edgeCount);
  const wholeSince = new Uint32Array(edgeCount);
  let question = 0;
  /** Along the arc at hand, for each point: the share of the length behind it. */
  let behind = new Float64Array(64);

  const copy = (first: number, last: number, level: number): void => {
    for (let point = first; point <= last; point++) {
      lines.add(points[2 * point] ?? 0, points[2 * point + 1] ?? 0, point === first ? level + 1 : 0);
    }
  };

  /** The part of the arc between two shares of its length, all within one limit. */
  const cut = (
    start: number,
    pace: number,
    count: number,
    low: number,
    high: number,
    level: number,
  ): void => {
    let begins = level + 1;
    for (let i = 1; i <= count; i++) {
      const from = behind[i - 1] ?? 0;
      const to = behind[i] ?? 0;
      if (to < low) continue;
      const point = start + pace * i;
      const x = points[2 * point] ?? 0;
      const y = points[2 * point + 1] ?? 0;
      const beforeX = points[2 * (point - pace)] ?? 0;
      const beforeY = points[2 * (point - pace) + 1] ?? 0;
      if (begins > 0) {
        const share = to > from ? (Math.max(low, from) - from) / (to - from) : 0;
        lines.add(beforeX + (x - beforeX) * share, beforeY + (y - beforeY) * share, begins);
        begins = 0;
      }
      const share = to > from ? Math.min(1, (high - from) / (to - from)) : 1;
      lines.add(beforeX + (x - beforeX) * share, beforeY + (y - beforeY) * share, 0);
      if (to >= high) return;
    }
  };

  const measure = (start: number, pace: number, count: number): void => {
    if (behind.length <= count) behind = new Float64Array(2 * count);
    for (let i = 1; i <= count; i++) {
      const point = start + pace * i;
      const east = ((points[2 * point] ?? 0) - (points[2 * (point - pace)] ?? 0)) * eastScale;
      const north = (points[2 * point + 1] ?? 0) - (points[2 * (point - pace) + 1] ?? 0);
      behind[i] = (behind[i - 1] ?? 0) + Math.sqrt(east * east + north * north);
    }
    const total = Math.max(1e-9, behind[count] ?? 0);
    for (let i = 1; i <= count; i++) behind[i] = i === count ? 1 : (behind[i] ?? 0) / total;
  };

  return {
    begin(ascending: readonly number[]): ReachedLines {
      limits = ascending;
      question++;
      lines.count = 0;
      return lines;
    },

    /** The arc from share `low` of its length on to `high`, where it is `timeLow` and `timeHigh` deciseconds. */
    trace(arc: number, low: number, high: number, timeLow: number, timeHigh: number): void {
      const packed = arcEdge[arc] ?? 0;
      const edge = packed >>> 1;
      const isWhole = wholeSince[edge] === question;
      if (isWhole && wholeLevel[edge] === 0) return;
      const least = levelOf(limits, Math.min(timeLow, timeHigh));
      if (isWhole && (wholeLevel[edge] ?? 0) <= least) return;
      const most = levelOf(limits, Math.max(timeLow, timeHigh));
      const first = firstPoint[edge] ?? 0;
      const last = (firstPoint[edge + 1] ?? 0) - 1;
      if (low === 0 && high === 1) {
        wholeSince[edge] = question;
        wholeLevel[edge] = most;
        if (least === most) {
          copy(first, last, most);
          return;
        }
      }
      const against = (packed & 1) === 1;
      const start = against ? last : first;
      const pace = against ? -1 : 1;
      measure(start, pace, last - first);
      const rising = timeHigh >= timeLow;
      let from = low;
      for (let step = 0; step <= most - least; step++) {
        const level = rising ? least + step : most - step;
        // Where the next limit begins to be the one it is within.
        const border = (rising ? limits[level] : limits[level - 1]) ?? 0;
        const to =
          step === most - least ? high : low + ((border - timeLow) / (timeHigh - timeLow)) * (high - low);
        cut(start, pace, last - first, from, to, level);
        from = to;
      }
    },
  };
}

/** The first limit within which the time lies; the last for one that is beyond it by rounding. */
function levelOf(limits: readonly number[], time: number): number {
  let level = 0;
  while (level + 1 < limits.length && time > (limits[level] ?? 0)) level++;
  return level;
}
