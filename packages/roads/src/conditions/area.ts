import { type BoundingBox, type LonLat, METRES_PER_DEGREE, type Metres } from '@lamplight/base';
import { at, GRID_PER_DEGREE, geometryOf, type RoadNetwork } from '../network/network.js';
import { edgeOfSegment, openSegmentIndex } from '../network/segment-index.js';

/** A part of the network as a person names or draws it; holds when the network is built anew from a later extract. */
export type RoadArea =
  /** Single edges: of the OSM way `way`, the one nearest to `position`. */
  | { readonly kind: 'edges'; readonly edges: readonly { readonly way: number; readonly position: LonLat }[] }
  /** Every edge of that name, in any of its languages, whatever its case; within the box when there is one. */
  | { readonly kind: 'street'; readonly name: string; readonly bounds?: BoundingBox }
  /** Every edge that touches the polygon: outer ring, then holes; rings may be open or closed. */
  | { readonly kind: 'polygon'; readonly rings: readonly (readonly LonLat[])[] }
  /** The edges that run along the line: at least half of them, or half of the line, no farther than `width` apart. */
  | { readonly kind: 'line'; readonly points: readonly LonLat[]; readonly width: Metres };

/** Finds the edges of areas. Building it costs one pass over the names. */
export function createAreaFinder(network: RoadNetwork): (area: RoadArea) => readonly number[] {
  const { arrays } = network;
  const segments = openSegmentIndex(arrays);
  const edgesOfName = groupEdgesByName(network);
  const edgesOfWay = groupEdgesByWay(network);

  /** Edges with a segment whose box meets the box. */
  const edgesIn = ([west, south, east, north]: BoundingBox): number[] => {
    const scale = GRID_PER_DEGREE;
    const found = segments.search(west * scale, south * scale, east * scale, north * scale);
    return [...new Set(found.map((segment) => edgeOfSegment(arrays, segment)))].sort((a, b) => a - b);
  };

  return (area) => {
    switch (area.kind) {
      case 'edges': {
        const found = area.edges.flatMap(({ way, position }) => {
          const nearest = nearestOf(network, edgesOfWay.get(way) ?? [], position);
          return nearest === undefined ? [] : [nearest];
        });
        return [...new Set(found)].sort((a, b) => a - b);
      }
      case 'street': {
        const edges = edgesOfName.get(foldName(area.name)) ?? [];
        if (!area.bounds) return edges;
        const within = new Set(edgesIn(area.bounds));
        return edges.filter((edge) => within.has(edge));
      }
      case 'polygon': {
        const [outer] = area.rings;
        const box = outer && boxOf(outer, 0);
        if (!box) return [];
        const rings = area.rings.map(closeRing);
        return edgesIn(box).filter((edge) => touches(geometryOf(network, edge), rings));
      }
      case 'line': {
        const box = boxOf(area.points, area.width);
        if (!box) return [];
        return edgesIn(box).filter((edge) => runsAlong(geometryOf(network, edge), area.points, area.width));
      }
    }
  };
}

/** Names are the same that differ in case, width or surrounding space. */
const foldName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

function groupEdgesByName({ arrays, names, edgeCount }: RoadNetwork): Map<string, number[]> {
  const spellings = names.map((name) =>
    name ? [...new Set([name.local, name.en ?? name.local, name.zh ?? name.local].map(foldName))] : [],
  );
  const groups = new Map<string, number[]>();
  for (let edge = 0; edge < edgeCount; edge++) {
    for (const spelling of spellings[at(arrays.edgeName, edge)] ?? []) push(groups, spelling, edge);
  }
  return groups;
}

function groupEdgesByWay({ arrays, edgeCount }: RoadNetwork): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let edge = 0; edge < edgeCount; edge++) push(groups, at(arrays.edgeWay, edge), edge);
  return groups;
}

function push<Key>(groups: Map<Key, number[]>, key: Key, value: number): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

function nearestOf(network: RoadNetwork, edges: readonly number[], position: LonLat): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  for (const edge of edges) {
    const away = distanceToLine(position, geometryOf(network, edge));
    if (away < least) {
      least = away;
      nearest = edge;
    }
  }
  return nearest;
}

/** The box around the positions with a margin in metres on every side. */
function boxOf(positions: readonly LonLat[], margin: number): BoundingBox | undefined {
  if (positions.length === 0) return undefined;
  const lons = positions.map(([lon]) => lon);
  const lats = positions.map(([, lat]) => lat);
  const north = margin / METRES_PER_DEGREE;
  const east = north / eastScale(Math.max(...lats.map(Math.abs)));
  return [
    Math.min(...lons) - east,
    Math.min(...lats) - north,
    Math.max(...lons) + east,
    Math.max(...lats) + north,
  ];
}

function closeRing(ring: readonly LonLat[]): readonly LonLat[] {
  const [first] = ring;
  const last = ring.at(-1);
  const closed = first && last && first[0] === last[0] && first[1] === last[1];
  return first && !closed ? [...ring, first] : ring;
}

function touches(line: readonly LonLat[], rings: readonly (readonly LonLat[])[]): boolean {
  return (
    line.some((point) => isInside(point, rings)) ||
    pairsOf(line).some(([a, b]) => rings.some((ring) => pairsOf(ring).some(([c, d]) => cross(a, b, c, d))))
  );
}

/** By the number of crossings of a ray to the east: odd is inside, so holes are outside. */
function isInside([lon, lat]: LonLat, rings: readonly (readonly LonLat[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [[lonA, latA], [lonB, latB]] of pairsOf(ring)) {
      if (latA > lat !== latB > lat && lon < lonA + ((lat - latA) / (latB - latA)) * (lonB - lonA)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/** Whether two segments have a point in common; touching counts. */
function cross(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const sides = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)] as const;
  if (sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0) return true;
  return (
    (sides[0] === 0 && isBetween(a, b, c)) ||
    (sides[1] === 0 && isBetween(a, b, d)) ||
    (sides[2] === 0 && isBetween(c, d, a)) ||
    (sides[3] === 0 && isBetween(c, d, b))
  );
}

const side = (a: LonLat, b: LonLat, c: LonLat): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const isBetween = (a: LonLat, b: LonLat, c: LonLat): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1]);

/** Points are looked at every so many metres along a line. */
const SAMPLE_METRES = 10;

function runsAlong(edge: readonly LonLat[], line: readonly LonLat[], width: number): boolean {
  return shareNear(edge, line, width) >= 0.5 || shareNear(line, edge, width) >= 0.5;
}

/** The share of the points along `line` that lie no farther than `width` from `other`. */
function shareNear(line: readonly LonLat[], other: readonly LonLat[], width: number): number {
  const points = sample(line);
  return points.filter((point) => distanceToLine(point, other) <= width).length / points.length;
}

function sample(line: readonly LonLat[]): LonLat[] {
  const points: LonLat[] = line.slice(0, 1);
  for (const [a, b] of pairsOf(line)) {
    const steps = Math.max(1, Math.ceil(planeDistance(a, b) / SAMPLE_METRES));
    for (let i = 1; i <= steps; i++) {
      points.push([a[0] + ((b[0] - a[0]) * i) / steps, a[1] + ((b[1] - a[1]) * i) / steps]);
    }
  }
  return points;
}

/** Metres from a point to the nearest point of a line, on a plane laid around the point. */
function distanceToLine(point: LonLat, line: readonly LonLat[]): number {
  const [only] = line;
  if (only && line.length === 1) return planeDistance(point, only);
  const scale = eastScale(point[1]);
  let least = Infinity;
  for (const [a, b] of pairsOf(line)) {
    const startX = (a[0] - point[0]) * scale;
    const startY = a[1] - point[1];
    const deltaX = (b[0] - a[0]) * scale;
    const deltaY = b[1] - a[1];
    const square = deltaX * deltaX + deltaY * deltaY;
    const foot = square === 0 ? 0 : -(startX * deltaX + startY * deltaY) / square;
    const along = Math.min(1, Math.max(0, foot));
    least = Math.min(least, Math.hypot(startX + along * deltaX, startY + along * deltaY));
  }
  return least * METRES_PER_DEGREE;
}

const planeDistance = (a: LonLat, b: LonLat): number =>
  Math.hypot((b[0] - a[0]) * eastScale(a[1]), b[1] - a[1]) * METRES_PER_DEGREE;

const eastScale = (lat: number): number => Math.max(1e-6, Math.cos((lat * Math.PI) / 180));

function pairsOf(line: readonly LonLat[]): (readonly [LonLat, LonLat])[] {
  return line.slice(1).flatMap((to, index) => {
    const from = line[index];
    return from ? [[from, to] as const] : [];
  });
}
