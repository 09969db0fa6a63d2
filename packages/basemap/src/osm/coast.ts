import { type Chain, isInside, nestRings, type Ring } from '../features/rings.js';

/** West, north, east, south in world units. */
export type WorldBox = readonly [west: number, north: number, east: number, south: number];

/**
 * How far inside the extract a coast may end, as a share of its width or height, and still be taken to leave it:
 * extracts that keep ways whole end beyond the area that was asked for.
 */
const EDGE_SHARE = 0.15;

/**
 * The sea inside a box, from the ways of the coast: OSM draws them with the land on the left. Chains that leave the box
 * are closed along its edge; those that close by themselves are islands. `undefined` when there is no coast, or
 * `'open'` when one ends in the middle: a sea that floods the land is worse than none.
 */
export function findSea(
  coast: readonly (readonly number[])[],
  ends: readonly Chain[],
  box: WorldBox,
): readonly (readonly Ring[])[] | 'open' | undefined {
  if (coast.length === 0) return undefined;
  const islands: Ring[] = [];
  const shores: Shore[] = [];
  for (const [index, points] of coast.entries()) {
    const [first, last] = ends[index] ?? [];
    if (first === last) {
      islands.push(points.slice(0, -2));
      continue;
    }
    const shore = reachEdges(points, box);
    if (!shore) return 'open';
    shores.push(shore);
  }
  const seas = shores.length > 0 ? closeAlongEdge(shores, box) : [boxRing(box)];
  const inSea = islands.filter((ring) => seas.some((sea) => isInside(sea, ring[0] ?? 0, ring[1] ?? 0)));
  return nestRings([...seas, ...inSea]);
}

/** A stretch of coast from edge to edge, turned so that the sea is on its left. */
interface Shore {
  readonly points: readonly number[];
  /** Where along the edge it comes in and goes out, against the clock from the north-west corner. */
  readonly entry: number;
  readonly exit: number;
}

/** Joins ways of the coast head to tail, in their direction, which says where the land is. */
export function joinCoast(ways: readonly Chain[]): readonly Chain[] {
  const byStart = new Map<number, number[]>();
  const starts = new Set<number>();
  const ends = new Set<number>();
  ways.forEach((way, index) => {
    const first = way[0] ?? -1;
    byStart.set(first, [...(byStart.get(first) ?? []), index]);
    starts.add(first);
    ends.add(way[way.length - 1] ?? -1);
  });
  const used = new Uint8Array(ways.length);
  const chains: Chain[] = [];
  const follow = (start: number): void => {
    used[start] = 1;
    const chain = [...(ways[start] ?? [])];
    while (chain[0] !== chain[chain.length - 1]) {
      const next = byStart.get(chain[chain.length - 1] ?? -1)?.find((way) => !used[way]);
      if (next === undefined) break;
      used[next] = 1;
      chain.push(...(ways[next] ?? []).slice(1));
    }
    chains.push(chain);
  };
  // First the ways that no other leads to, so that no chain is begun in its middle; what then is left are islands.
  ways.forEach((way, index) => {
    if (!used[index] && !ends.has(way[0] ?? -1)) follow(index);
  });
  ways.forEach((_, index) => {
    if (!used[index]) follow(index);
  });
  return chains;
}

function reachEdges(points: readonly number[], box: WorldBox): Shore | undefined {
  const reversed: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) reversed.push(points[i] ?? 0, points[i + 1] ?? 0);
  const entry = edgeNear(reversed[0] ?? 0, reversed[1] ?? 0, box);
  const exit = edgeNear(reversed[reversed.length - 2] ?? 0, reversed[reversed.length - 1] ?? 0, box);
  if (!entry || !exit) return undefined;
  return {
    points: [entry.x, entry.y, ...reversed, exit.x, exit.y],
    entry: entry.along,
    exit: exit.along,
  };
}

interface EdgePoint {
  readonly x: number;
  readonly y: number;
  /** From 0 to 4: down the west side, along the south, up the east, back along the north. */
  readonly along: number;
}

function edgeNear(x: number, y: number, [west, north, east, south]: WorldBox): EdgePoint | undefined {
  const width = Math.max(1, east - west);
  const height = Math.max(1, south - north);
  const across = (x - west) / width;
  const down = (y - north) / height;
  const sides: readonly (readonly [share: number, edge: EdgePoint])[] = [
    [across, { x: west, y, along: down }],
    [1 - down, { x, y: south, along: 1 + across }],
    [1 - across, { x: east, y, along: 3 - down }],
    [down, { x, y: north, along: 4 - across }],
  ];
  const [share, edge] = sides.reduce((best, side) => (side[0] < best[0] ? side : best));
  return share <= EDGE_SHARE ? edge : undefined;
}

/** From each exit along the edge, with the box on the left, to the next entry. */
function closeAlongEdge(shores: readonly Shore[], [west, north, east, south]: WorldBox): Ring[] {
  const corners = [west, south, east, south, east, north, west, north];
  const open = new Set(shores);
  const seas: Ring[] = [];
  for (const first of shores) {
    if (!open.delete(first)) continue;
    const ring = [...first.points];
    let here = first;
    for (;;) {
      const next = nextEntry(here.exit, open, first);
      const turn = turnFrom(here.exit, next.entry);
      for (let corner = Math.floor(here.exit) + 1; corner - here.exit < turn; corner++) {
        const at = (corner - 1) % 4;
        ring.push(corners[2 * at] ?? 0, corners[2 * at + 1] ?? 0);
      }
      if (next === first) break;
      open.delete(next);
      ring.push(...next.points);
      here = next;
    }
    seas.push(ring);
  }
  return seas;
}

function nextEntry(exit: number, open: ReadonlySet<Shore>, first: Shore): Shore {
  let best = first;
  for (const shore of open) if (turnFrom(exit, shore.entry) < turnFrom(exit, best.entry)) best = shore;
  return best;
}

/** How far along the edge from one place to another, the only way round. */
const turnFrom = (from: number, to: number): number => (to - from + 4) % 4;

const boxRing = ([west, north, east, south]: WorldBox): Ring => [
  west,
  north,
  east,
  north,
  east,
  south,
  west,
  south,
];

/** The box as a polygon. */
export const boxPolygon = (box: WorldBox): readonly (readonly Ring[])[] => nestRings([boxRing(box)]);
