import { bearing, distance, type LonLat, metres, seconds } from '@lamplight/base';
import type { RoadsLanguage } from '../errors.js';
import type { RoadNetwork, StreetName } from '../network/index.js';
import { at, EDGE_FLAGS, findNameOf, geometryOf, lengthOf } from '../network/network.js';
import type { Route, RouteEdge } from '../search/route.js';
import type { RouteStep, StepKind } from './step.js';
import { describeStep } from './wording.js';

/** Turns up to this many degrees go straight on; beyond the others it is a turn, a sharp one, a turning round. */
const STRAIGHT = 30;
const SLIGHT = 60;
const SHARP = 120;
const ROUND = 170;

/** Bearings at a junction are taken over so many metres of road, so that a kink where lanes meet does not count. */
const LOOK = 15;

/**
 * A route as instructions. Driving on along one street is one step, though the street bends or junctions are passed; a
 * step begins where the street's name changes, where one turns off (or follows the street round a corner that has other
 * ways on), turns round, or enters a roundabout. The first is the departure and the last the arrival; lengths and
 * durations of all add up to those of the route.
 */
export function stepsOf(network: RoadNetwork, route: Route, language: RoadsLanguage = 'en'): RouteStep[] {
  const { edges } = route;
  const begun: Begun[] = [];
  edges.forEach((edge, index) => {
    const current = begun.at(-1);
    if (!current) {
      begun.push({ kind: 'depart', exit: undefined, name: findNameOf(network, edge.edge), index });
      if (isRoundabout(network, edge)) begun.push(enterRoundabout(network, edges, index));
      return;
    }
    const next = beginStep(network, edges, index, current);
    if (next) begun.push(next);
  });
  return finish(network, route, begun, language);
}

interface Begun {
  readonly kind: StepKind;
  readonly exit: number | undefined;
  readonly name: StreetName | undefined;
  /** Of the edge of the route with which it begins. */
  readonly index: number;
  /** Of the first edge after the roundabout. */
  readonly until?: number;
}

/** The step that begins with edge number `index` of the route, if one does. */
function beginStep(
  network: RoadNetwork,
  edges: readonly RouteEdge[],
  index: number,
  current: Begun,
): Begun | undefined {
  const before = edges[index - 1];
  const edge = edges[index];
  if (!before || !edge) return undefined;
  if (current.until !== undefined && index <= current.until) return undefined; // part of the roundabout's step
  if (isRoundabout(network, edge)) return enterRoundabout(network, edges, index);
  const name = findNameOf(network, edge.edge);
  const angle = turnAngle(network, before, edge);
  const turnsRound = edge.edge === before.edge || (isSame(name, current.name) && Math.abs(angle) > ROUND);
  const kind = turnsRound ? 'u-turn' : kindOf(angle);
  const begin: Begun = { kind, exit: undefined, name, index };
  if (kind === 'u-turn') return begin;
  if (!hasOtherWays(network, before, edge)) {
    // The road only goes on: worth a word when it gets another name, not when it has none for a while.
    return name && !isSame(name, current.name) ? { ...begin, kind: 'straight' } : undefined;
  }
  if (isSame(name, current.name))
    return Math.abs(angle) > SLIGHT || (!name && kind !== 'straight') ? begin : undefined;
  return begin;
}

/** A roundabout, with the street after it, which belongs to the same step. */
function enterRoundabout(network: RoadNetwork, edges: readonly RouteEdge[], index: number): Begun {
  let exit = 0;
  let until = index;
  for (let edge = edges[until]; edge && isRoundabout(network, edge); edge = edges[++until]) {
    if (until + 1 < edges.length && leadsOff(network, edge)) exit++;
  }
  const after = edges[until];
  const last = after ?? edges[until - 1];
  return {
    kind: 'roundabout',
    exit: after ? Math.max(1, exit) : undefined,
    name: last && findNameOf(network, last.edge),
    index,
    until,
  };
}

function finish(
  network: RoadNetwork,
  { edges, geometry, times, duration }: Route,
  begun: readonly Begun[],
  language: RoadsLanguage,
): RouteStep[] {
  const pointOf = (index: number): number => edges[index]?.point ?? geometry.length - 1;
  const steps = begun.map((step, i): Omit<RouteStep, 'text'> => {
    const next = begun[i + 1]?.index ?? edges.length;
    const end = i + 1 < begun.length ? (times[pointOf(next)] ?? duration) : duration;
    let length = 0;
    for (const edge of edges.slice(step.index, next)) length += drivenLength(network, edge);
    return {
      kind: step.kind,
      exit: step.exit,
      name: step.name,
      length: metres(length),
      duration: seconds(Math.round((end - (times[pointOf(step.index)] ?? 0)) * 10) / 10),
      position: geometry[pointOf(step.index)] ?? [0, 0],
      bearing: bearingAfter(geometry, pointOf(step.until ?? step.index)),
    };
  });
  const last = geometry.length - 1;
  steps.push({
    kind: 'arrive',
    exit: undefined,
    name: steps.at(-1)?.name,
    length: metres(0),
    duration: seconds(0),
    position: geometry[last] ?? [0, 0],
    bearing: bearingBefore(geometry, last),
  });
  return steps.map((step) => ({ ...step, text: describeStep(step, language) }));
}

const isRoundabout = ({ arrays }: RoadNetwork, { edge }: RouteEdge): boolean =>
  (at(arrays.edgeFlags, edge) & EDGE_FLAGS.roundabout) !== 0;

const isSame = (a: StreetName | undefined, b: StreetName | undefined): boolean => a?.local === b?.local;

const drivenLength = (network: RoadNetwork, { edge, start, end }: RouteEdge): number =>
  lengthOf(network, edge) * Math.abs(end - start);

/** The node to which a route drives an edge. */
const headOf = ({ arrays }: RoadNetwork, { edge, start, end }: RouteEdge): number =>
  at(end > start ? arrays.edgeTo : arrays.edgeFrom, edge);

/** Whether another way leads on than the one taken and the one by which one came. */
function hasOtherWays(network: RoadNetwork, before: RouteEdge, after: RouteEdge): boolean {
  const { arcEdge, firstArc } = network.arrays;
  const node = headOf(network, before);
  for (let arc = at(firstArc, node); arc < at(firstArc, node + 1); arc++) {
    const edge = at(arcEdge, arc) >>> 1;
    if (edge !== before.edge && edge !== after.edge) return true;
  }
  return false;
}

/** Whether a road leads out of the roundabout at the end of one of its edges. */
function leadsOff(network: RoadNetwork, around: RouteEdge): boolean {
  const { arcEdge, edgeFlags, firstArc } = network.arrays;
  const node = headOf(network, around);
  for (let arc = at(firstArc, node); arc < at(firstArc, node + 1); arc++) {
    if ((at(edgeFlags, at(arcEdge, arc) >>> 1) & EDGE_FLAGS.roundabout) === 0) return true;
  }
  return false;
}

function kindOf(angle: number): StepKind {
  const size = Math.abs(angle);
  if (size <= STRAIGHT) return 'straight';
  if (size <= SLIGHT) return angle < 0 ? 'slight-left' : 'slight-right';
  if (size <= SHARP) return angle < 0 ? 'left' : 'right';
  return angle < 0 ? 'sharp-left' : 'sharp-right';
}

/** Degrees in [-180, 180) by which the direction of travel turns, to the right when positive. */
function turnAngle(network: RoadNetwork, before: RouteEdge, after: RouteEdge): number {
  const into = lineOf(network, before);
  const out = lineOf(network, after);
  const turned = bearingAfter(out, 0) - bearingBefore(into, into.length - 1);
  return ((turned + 540) % 360) - 180;
}

/** The whole of an edge, in the direction in which the route drives it. */
function lineOf(network: RoadNetwork, { edge, start, end }: RouteEdge): LonLat[] {
  const line = geometryOf(network, edge);
  return end > start ? line : line.reverse();
}

function bearingAfter(line: readonly LonLat[], index: number): number {
  const from = line[index];
  for (let i = index + 1; from && i < line.length; i++) {
    const to = line[i];
    if (to && (distance(from, to) >= LOOK || i === line.length - 1)) return bearing(from, to);
  }
  return bearingBefore(line, index);
}

function bearingBefore(line: readonly LonLat[], index: number): number {
  const to = line[index];
  for (let i = index - 1; to && i >= 0; i--) {
    const from = line[i];
    if (from && (distance(from, to) >= LOOK || i === 0)) return bearing(from, to);
  }
  return 0;
}
