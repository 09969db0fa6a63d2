import type { TurnFacts } from '../profile/index.js';
import type { Collection } from './collect.js';
import type { CollectedRestriction } from './collect-restrictions.js';
import type { StreetArrays } from './junctions.js';
import { at, NO_ARC } from './network.js';
import type { BrokenReason } from './report.js';

/**
 * A restriction in arcs. Who has driven the arcs of `path` one after another may not take those of `to` next, or, if
 * it is mandatory, no others; and once he is past the first arc of the path of a mandatory one, he must keep to it.
 */
export interface ArcRule {
  readonly path: readonly number[];
  readonly to: readonly number[];
  readonly mandatory: boolean;
  /** Breaking it is possible, at a cost. */
  readonly disregarded: boolean;
}

/** What restrictions are resolved against. */
interface RestrictedStreets {
  readonly streets: StreetArrays;
  readonly collection: Collection;
  /** The node of the network at a collected node, if there is exactly one. */
  findNode(collected: number): number | undefined;
  kindOf(from: number, to: number): TurnFacts['kind'];
}

export interface ResolvedRestrictions {
  readonly rules: readonly ArcRule[];
  readonly obeyed: number;
  readonly disregarded: number;
  readonly partial: number;
  readonly broken: Readonly<Partial<Record<BrokenReason, number>>>;
}

/**
 * Finds the arcs that restrictions speak of. A member way is cut into edges; the edge that touches the via is meant.
 * Where a way passes through the via, two are, and the side of the turn tells which. Several froms and tos mean each
 * from with all tos.
 */
export function resolveRestrictions(context: RestrictedStreets): ResolvedRestrictions {
  const { restrictions } = context.collection;
  const index = indexWays(context, restrictions);
  const rules: ArcRule[] = [];
  const broken: Partial<Record<BrokenReason, number>> = {};
  const counts = { obeyed: 0, disregarded: 0, partial: 0 };
  for (const restriction of restrictions) {
    const { moves, failures } = resolve(restriction, index, context);
    const [failure] = failures;
    if (moves.length === 0) {
      const reason = failure ?? 'not-joined';
      broken[reason] = (broken[reason] ?? 0) + 1;
      continue;
    }
    counts[restriction.disregarded ? 'disregarded' : 'obeyed']++;
    if (failures.length > 0) counts.partial++;
    rules.push(...joinMoves(moves, restriction));
  }
  return { rules, ...counts, broken };
}

/** A way through a restriction: the arcs up to the last junction, and the one after it. */
interface Move {
  readonly path: readonly number[];
  readonly to: number;
}

interface WayIndex {
  readonly edgesOf: ReadonlyMap<number, readonly number[]>;
  readonly knownWays: ReadonlySet<number>;
}

/** The edges of the ways that are members, and which of them the extract has at all. */
function indexWays(
  { streets, collection }: RestrictedStreets,
  restrictions: readonly CollectedRestriction[],
): WayIndex {
  const members = new Set<number>();
  for (const { from, via, to } of restrictions) {
    for (const way of [...from, ...to, ...(via.kind === 'ways' ? via.ways : [])]) members.add(way);
  }
  const edgesOf = new Map<number, number[]>();
  streets.edgeWay.forEach((way, edge) => {
    if (!members.has(way)) return;
    const edges = edgesOf.get(way);
    if (edges) edges.push(edge);
    else edgesOf.set(way, [edge]);
  });
  const knownWays = new Set<number>();
  for (const { id } of collection.ways) if (members.has(id)) knownWays.add(id);
  for (const id of collection.refusedWays) if (members.has(id)) knownWays.add(id);
  return { edgesOf, knownWays };
}

function resolve(
  restriction: CollectedRestriction,
  { edgesOf, knownWays }: WayIndex,
  context: RestrictedStreets,
): { moves: readonly Move[]; failures: readonly BrokenReason[] } {
  const { from, via, to, rule } = restriction;
  const moves: Move[] = [];
  const failures: BrokenReason[] = [];
  const absent = (way: number): BrokenReason => (knownWays.has(way) ? 'not-driven' : 'missing-way');
  const viaWays = via.kind === 'ways' ? via.ways : [];
  const absentVia = viaWays.find((way) => !edgesOf.has(way));
  if (absentVia !== undefined) return { moves, failures: [absent(absentVia)] };

  for (const fromWay of from) {
    for (const toWay of to) {
      const fromEdges = edgesOf.get(fromWay);
      const toEdges = edgesOf.get(toWay);
      if (!fromEdges || !toEdges) {
        failures.push(absent(fromEdges ? toWay : fromWay));
        continue;
      }
      const viaEdges = viaWays.map((way) => edgesOf.get(way) ?? []);
      const found =
        via.kind === 'node'
          ? movesOverNode(context, fromEdges, via.node, toEdges)
          : movesOverWays(context.streets, fromEdges, viaEdges, toEdges);
      if (typeof found === 'string') failures.push(found);
      else {
        const meant = found.length === 1 ? found : found.filter((move) => isKind(context, move, rule.turn));
        if (meant.length === 1 || (meant.length > 1 && rule.turn === 'u-turn')) moves.push(...meant);
        else failures.push('ambiguous');
      }
    }
  }
  return { moves, failures };
}

function isKind({ kindOf }: RestrictedStreets, { path, to }: Move, turn: string): boolean {
  const last = path.at(-1);
  return path.length === 1 && last !== undefined && kindOf(last, to) === turn;
}

/** One rule for each path, with all arcs that may follow it. */
function joinMoves(moves: readonly Move[], { rule, disregarded }: CollectedRestriction): ArcRule[] {
  const byPath = new Map<string, { path: readonly number[]; to: number[] }>();
  for (const { path, to } of moves) {
    const key = path.join();
    const known = byPath.get(key);
    if (known) known.to.push(to);
    else byPath.set(key, { path, to: [to] });
  }
  return [...byPath.values()].map(({ path, to }) => ({ path, to, mandatory: rule.mandatory, disregarded }));
}

function movesOverNode(
  { streets, collection, findNode }: RestrictedStreets,
  fromEdges: readonly number[],
  via: number,
  toEdges: readonly number[],
): readonly Move[] | BrokenReason {
  const collected = collection.findNode(via);
  const node = collected === undefined ? undefined : findNode(collected);
  if (node === undefined) return 'not-joined';
  const touching = (edges: readonly number[]): readonly number[] =>
    edges.filter((edge) => meets(streets, edge, node));
  const fromTouching = touching(fromEdges);
  const toTouching = touching(toEdges);
  if (fromTouching.length === 0 || toTouching.length === 0) return 'not-joined';
  const moves = arcsInto(streets, fromTouching, node).flatMap((arc) =>
    arcsOutOf(streets, toTouching, node).map((to): Move => ({ path: [arc], to })),
  );
  return moves.length === 0 ? 'not-driven' : moves;
}

/** More steps than this to find a way through, and the restriction is a maze. */
const MOST_STEPS = 10_000;

/** The shortest ways from the one over all of the others to the third, each edge driven once. */
function movesOverWays(
  streets: StreetArrays,
  fromEdges: readonly number[],
  viaEdges: readonly (readonly number[])[],
  toEdges: readonly number[],
): readonly Move[] | BrokenReason {
  const wayOf = new Map<number, number>();
  viaEdges.forEach((edges, way) => {
    for (const edge of edges) wayOf.set(edge, way);
  });
  const via = [...wayOf.keys()];
  let found: Move[] = [];
  let steps = 0;

  const walk = (path: readonly number[], ways: ReadonlySet<number>): void => {
    const last = path.at(-1);
    const shortest = found[0]?.path.length ?? Infinity;
    if (last === undefined || path.length > shortest || ++steps > MOST_STEPS) return;
    const node = at(streets.arcHead, last);
    if (ways.size === viaEdges.length) {
      const ends = arcsOutOf(streets, toEdges, node).map((to): Move => ({ path, to }));
      if (ends.length > 0) found = path.length < shortest ? ends : [...found, ...ends];
    }
    for (const arc of arcsOutOf(streets, via, node)) {
      const edge = at(streets.arcEdge, arc) >>> 1;
      if (path.some((driven) => at(streets.arcEdge, driven) >>> 1 === edge)) continue;
      walk([...path, arc], new Set(ways).add(wayOf.get(edge) ?? 0));
    }
  };
  for (const arc of fromEdges.flatMap((edge) => arcsOf(streets, edge))) walk([arc], new Set());
  if (steps > MOST_STEPS) return 'ambiguous';
  if (found.length > 0) return found;
  const joined = (edges: readonly number[]): boolean =>
    edges.some((edge) => via.some((other) => share(streets, edge, other)));
  return joined(fromEdges) && joined(toEdges) ? 'not-driven' : 'not-joined';
}

function arcsOf({ edgeForwardArc, edgeBackwardArc }: StreetArrays, edge: number): number[] {
  return [at(edgeForwardArc, edge), at(edgeBackwardArc, edge)].filter((arc) => arc !== NO_ARC);
}

const arcsInto = (streets: StreetArrays, edges: readonly number[], node: number): number[] =>
  edges.flatMap((edge) => arcsOf(streets, edge)).filter((arc) => at(streets.arcHead, arc) === node);

const arcsOutOf = (streets: StreetArrays, edges: readonly number[], node: number): number[] =>
  edges.flatMap((edge) => arcsOf(streets, edge)).filter((arc) => tailOf(streets, arc) === node);

function tailOf({ arcEdge, edgeFrom, edgeTo }: StreetArrays, arc: number): number {
  const edge = at(arcEdge, arc) >>> 1;
  return at((at(arcEdge, arc) & 1) === 1 ? edgeTo : edgeFrom, edge);
}

const meets = ({ edgeFrom, edgeTo }: StreetArrays, edge: number, node: number): boolean =>
  at(edgeFrom, edge) === node || at(edgeTo, edge) === node;

const share = (streets: StreetArrays, edge: number, other: number): boolean =>
  meets(streets, edge, at(streets.edgeFrom, other)) || meets(streets, edge, at(streets.edgeTo, other));
