import type { LonLat } from '@lamplight/base';

/** A closed outline; the first position comes again at the end. */
export type Ring = readonly LonLat[];

/** Joins pieces of outline at their ends into closed rings of node ids. `open` says that some piece was left over. */
export function assembleRings(pieces: readonly (readonly number[])[]): {
  readonly rings: readonly (readonly number[])[];
  readonly open: boolean;
} {
  const rings: (readonly number[])[] = [];
  const rest = new Set(pieces.filter((piece) => piece.length > 1));
  const byEnd = new Map<number, Set<readonly number[]>>();
  for (const piece of rest) {
    for (const end of [piece[0], piece.at(-1)]) {
      if (end === undefined) continue;
      const known = byEnd.get(end);
      if (known) known.add(piece);
      else byEnd.set(end, new Set([piece]));
    }
  }
  let open = false;
  for (const start of rest) {
    if (!rest.delete(start)) continue;
    const ring = [...start];
    while (ring[0] !== ring.at(-1)) {
      const end = ring.at(-1) ?? 0;
      const next = [...(byEnd.get(end) ?? [])].find((piece) => rest.has(piece));
      if (!next) break;
      rest.delete(next);
      const onward = next[0] === end ? next : [...next].reverse();
      for (let i = 1; i < onward.length; i++) ring.push(onward[i] ?? 0);
    }
    if (ring[0] === ring.at(-1) && ring.length > 3) rings.push(ring);
    else open = true;
  }
  return { rings, open };
}

/** True when the position lies inside the rings (even–odd rule). */
export function contains(rings: readonly Ring[], [lon, lat]: LonLat): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const a = ring[i - 1];
      const b = ring[i];
      if (!a || !b || a[1] > lat === b[1] > lat) continue;
      if (lon < a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    }
  }
  return inside;
}

/** Square degrees inside the rings, not corrected for latitude: to compare areas that lie near each other. */
export function areaOf(rings: readonly Ring[]): number {
  return rings.reduce((sum, ring) => sum + Math.abs(momentsOf(ring).area), 0);
}

/**
 * A position inside the rings: the centre of mass of the largest one where it lies inside, else the middle of the
 * widest part of the horizontal line through it.
 */
export function labelPoint(rings: readonly Ring[]): LonLat {
  let largest: Ring = rings[0] ?? [];
  for (const ring of rings) {
    if (Math.abs(momentsOf(ring).area) > Math.abs(momentsOf(largest).area)) largest = ring;
  }
  const { area, centre } = momentsOf(largest);
  if (area === 0) return largest[0] ?? [0, 0];
  if (contains([largest], centre)) return centre;
  const crossings: number[] = [];
  for (let i = 1; i < largest.length; i++) {
    const a = largest[i - 1];
    const b = largest[i];
    if (!a || !b || a[1] > centre[1] === b[1] > centre[1]) continue;
    crossings.push(a[0] + ((centre[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  }
  crossings.sort((a, b) => a - b);
  let best: LonLat = largest[0] ?? [0, 0];
  let width = 0;
  for (let i = 1; i < crossings.length; i += 2) {
    const west = crossings[i - 1] ?? 0;
    const east = crossings[i] ?? 0;
    if (east - west > width) {
      width = east - west;
      best = [(west + east) / 2, centre[1]];
    }
  }
  return best;
}

function momentsOf(ring: Ring): { area: number; centre: LonLat } {
  // Relative to the first position, so that nothing is lost to rounding far from the origin.
  const [lon, lat] = ring[0] ?? [0, 0];
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1];
    const b = ring[i];
    if (!a || !b) continue;
    const cross = (a[0] - lon) * (b[1] - lat) - (b[0] - lon) * (a[1] - lat);
    twice += cross;
    x += cross * (a[0] + b[0] - 2 * lon);
    y += cross * (a[1] + b[1] - 2 * lat);
  }
  return twice === 0
    ? { area: 0, centre: [lon, lat] }
    : { area: twice / 2, centre: [lon + x / (3 * twice), lat + y / (3 * twice)] };
}
