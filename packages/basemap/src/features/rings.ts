/** A ring of x, y, x, y …, whose last vertex is joined to its first without being repeated. */
export type Ring = readonly number[];

/** A chain of nodes, by index: a way, or several joined. */
export type Chain = readonly number[];

export interface JoinedRings {
  /** Closed chains, without the repeated first node at the end. */
  readonly rings: readonly Chain[];
  /** Chains that did not close. */
  readonly open: number;
}

/**
 * Joins ways at their ends until they close. Where more than two ways meet at a node, any of the ways that lead on will
 * do: a ring that comes to a node twice is taken apart there afterwards, by `splitAtTouches`.
 */
export function joinRings(ways: readonly Chain[]): JoinedRings {
  const atEnd = new Map<number, number[]>();
  const note = (node: number, way: number): void => {
    const known = atEnd.get(node);
    if (known) known.push(way);
    else atEnd.set(node, [way]);
  };
  const used = new Uint8Array(ways.length);
  const rings: Chain[] = [];
  ways.forEach((way, index) => {
    const first = way[0];
    const last = way[way.length - 1];
    if (first === undefined || last === undefined || way.length < 2) used[index] = 1;
    else if (first === last) {
      used[index] = 1;
      rings.push(way.slice(0, -1));
    } else {
      note(first, index);
      note(last, index);
    }
  });

  let open = 0;
  for (let start = 0; start < ways.length; start++) {
    if (used[start]) continue;
    used[start] = 1;
    const chain = [...(ways[start] ?? [])];
    while (chain[0] !== chain[chain.length - 1]) {
      const end = chain[chain.length - 1] ?? 0;
      const next = atEnd.get(end)?.find((way) => !used[way]);
      if (next === undefined) break;
      used[next] = 1;
      const way = ways[next] ?? [];
      const onward = way[0] === end ? way : way.toReversed();
      for (let i = 1; i < onward.length; i++) chain.push(onward[i] ?? 0);
    }
    if (chain[0] === chain[chain.length - 1]) rings.push(chain.slice(0, -1));
    else open++;
  }
  return { rings, open };
}

/** Takes a ring apart at the nodes that it comes to more than once, into rings that do not touch themselves. */
export function splitAtTouches(ring: Chain): readonly Chain[] {
  if (new Set(ring).size === ring.length) return ring.length >= 3 ? [ring] : [];
  const parts: Chain[] = [];
  const path: number[] = [];
  const placeOf = new Map<number, number>();
  for (const node of ring) {
    const before = placeOf.get(node);
    if (before === undefined) {
      placeOf.set(node, path.length);
      path.push(node);
      continue;
    }
    const loop = path.splice(before + 1);
    for (const inside of loop) placeOf.delete(inside);
    if (loop.length >= 2) parts.push([node, ...loop]);
  }
  if (path.length >= 3) parts.push(path);
  return parts;
}

/**
 * Twice the area enclosed, positive when the ring runs clockwise on the screen (y to the south): the sign that an outer
 * ring has in a vector tile.
 */
export function doubleArea(ring: Ring): number {
  const [originX = 0, originY = 0] = ring;
  let sum = 0;
  let x = (ring[ring.length - 2] ?? 0) - originX;
  let y = (ring[ring.length - 1] ?? 0) - originY;
  for (let i = 0; i < ring.length; i += 2) {
    const nextX = (ring[i] ?? 0) - originX;
    const nextY = (ring[i + 1] ?? 0) - originY;
    sum += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
  }
  return sum;
}

/** True when the position lies inside by the even-odd rule. On the edge itself, either answer may come. */
export function isInside(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  let fromX = ring[ring.length - 2] ?? 0;
  let fromY = ring[ring.length - 1] ?? 0;
  for (let i = 0; i < ring.length; i += 2) {
    const toX = ring[i] ?? 0;
    const toY = ring[i + 1] ?? 0;
    if (fromY > y !== toY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
    fromX = toX;
    fromY = toY;
  }
  return inside;
}

interface Nested {
  readonly ring: Ring;
  readonly area: number;
  readonly box: readonly [west: number, north: number, east: number, south: number];
  readonly holes: Nested[];
  depth: number;
}

/**
 * Sorts rings into polygons by what lies in what, whatever roles their members had: a ring inside an odd number of
 * others is a hole. Each polygon is its outer ring and then its holes, wound as a vector tile wants them: the outer
 * clockwise on the screen, the holes against it. Rings without area are left out.
 */
export function nestRings(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  const nested = rings
    .map(
      (ring): Nested => ({ ring, area: Math.abs(doubleArea(ring)), box: boxOf(ring), holes: [], depth: 0 }),
    )
    .filter(({ area }) => area > 0)
    .sort((a, b) => b.area - a.area);
  nested.forEach((inner, index) => {
    // The smallest ring around it is the last before it, as they come from large to small.
    for (let i = index - 1; i >= 0; i--) {
      const outer = nested[i];
      if (!outer || !contains(outer, inner)) continue;
      inner.depth = outer.depth + 1;
      if (inner.depth % 2 === 1) outer.holes.push(inner);
      break;
    }
  });
  return nested
    .filter(({ depth }) => depth % 2 === 0)
    .map(({ ring, holes }) => [wind(ring, 1), ...holes.map((hole) => wind(hole.ring, -1))]);
}

function contains(outer: Nested, inner: Nested): boolean {
  const [west, north, east, south] = outer.box;
  const [innerWest, innerNorth, innerEast, innerSouth] = inner.box;
  if (innerWest < west || innerNorth < north || innerEast > east || innerSouth > south) return false;
  // Rings may share nodes, so the middles of a few edges are asked and the majority believed.
  const { ring } = inner;
  const edges = ring.length / 2;
  let votes = 0;
  for (let vote = 0; vote < 3; vote++) {
    const edge = Math.floor((vote * edges) / 3);
    const next = (edge + 1) % edges;
    const x = ((ring[2 * edge] ?? 0) + (ring[2 * next] ?? 0)) / 2;
    const y = ((ring[2 * edge + 1] ?? 0) + (ring[2 * next + 1] ?? 0)) / 2;
    if (isInside(outer.ring, x, y)) votes++;
  }
  return votes >= 2;
}

function boxOf(ring: Ring): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function wind(ring: Ring, sign: 1 | -1): Ring {
  if (Math.sign(doubleArea(ring)) === sign) return ring;
  const turned: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) turned.push(ring[i] ?? 0, ring[i + 1] ?? 0);
  return turned;
}

/**
 * A position inside the polygon to write on: its centre of gravity, or, when that falls into a bay or a hole, the
 * middle of the widest part of the horizontal line through the middle of its height.
 */
export function labelPoint(polygon: readonly Ring[]): readonly [x: number, y: number] {
  const [outer = []] = polygon;
  const [centreX, centreY] = centroid(outer);
  const inside = polygon.filter((ring) => isInside(ring, centreX, centreY)).length === 1;
  return inside ? [centreX, centreY] : widestSpan(polygon, boxOf(outer));
}

function centroid(ring: Ring): readonly [x: number, y: number] {
  const [originX = 0, originY = 0] = ring;
  let area = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    const x = (ring[i] ?? 0) - originX;
    const y = (ring[i + 1] ?? 0) - originY;
    const nextX = (ring[next] ?? 0) - originX;
    const nextY = (ring[next + 1] ?? 0) - originY;
    const cross = x * nextY - nextX * y;
    area += cross;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  }
  if (area === 0) return [originX, originY];
  return [Math.round(originX + sumX / (3 * area)), Math.round(originY + sumY / (3 * area))];
}

function widestSpan(
  polygon: readonly Ring[],
  [west, north, , south]: readonly [number, number, number, number],
): readonly [x: number, y: number] {
  // Half a unit off the grid, so that the line meets no vertex.
  const y = Math.floor((north + south) / 2) + 0.5;
  const crossings: number[] = [];
  for (const ring of polygon) {
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length;
      const y1 = ring[i + 1] ?? 0;
      const y2 = ring[next + 1] ?? 0;
      if (y1 > y === y2 > y) continue;
      const x1 = ring[i] ?? 0;
      crossings.push(x1 + (((ring[next] ?? 0) - x1) * (y - y1)) / (y2 - y1));
    }
  }
  crossings.sort((a, b) => a - b);
  let best = west;
  let width = -1;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = crossings[i] ?? 0;
    const to = crossings[i + 1] ?? 0;
    if (to - from <= width) continue;
    width = to - from;
    best = (from + to) / 2;
  }
  return [Math.round(best), Math.floor(y)];
}
