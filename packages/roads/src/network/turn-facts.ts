import { type MetresPerSecond, metresPerSecond } from '@lamplight/base';
import {
  type DrivingSide,
  NODE_CONTROLS,
  type NodeControl,
  ROAD_CLASSES,
  type RoadClass,
  STRAIGHT,
  type TurnFacts,
  type TurnModel,
} from '../profile/index.js';
import { isRoundaboutEdge, isWithinJunction, type Junctions, type StreetArrays } from './junctions.js';
import { at, DECISECONDS_PER_SECOND, NO_ARC } from './network.js';

/** In place of a delay: this turn is not made. */
export const NOT_MADE = 0xffff;

/** Turns of a network before restrictions. */
export interface TurnGeometry {
  /** The arc back along the edge of this one, or `NO_ARC`. */
  reverseOf(arc: number): number;
  kindOf(from: number, to: number): TurnFacts['kind'];
  /** Deciseconds that the turn takes, or `NOT_MADE`. */
  delayOf(from: number, to: number): number;
}

/** How far from a node the direction of an edge is taken, in degrees of latitude: about 11 m. */
const LOOK_AHEAD = 1000;
const GRID_TO_RADIANS = Math.PI / 180 / 1e7;
const SIGNAL = NODE_CONTROLS.indexOf('signal');
const GIVE_WAY = NODE_CONTROLS.indexOf('give-way');

/** Measures turns and asks the model what they take. Without a model all turns are free. */
export function measureTurns(
  streets: StreetArrays,
  junctions: Junctions,
  model: TurnModel | undefined,
  drivingSide: DrivingSide,
): TurnGeometry {
  const { arcEdge, arcHead, arcDuration, edgeLength, edgeClass, edgeForwardArc, edgeBackwardArc, firstArc } =
    streets;
  const { degree, arcControl } = junctions;
  const { headingOut, headingIn } = headingsOf(streets);
  const passed = listPassed(streets, junctions);

  const edgeOf = (arc: number): number => (arcEdge[arc] ?? 0) >>> 1;
  const reverseOf = (arc: number): number =>
    (((arcEdge[arc] ?? 0) & 1) === 1 ? edgeForwardArc : edgeBackwardArc)[edgeOf(arc)] ?? NO_ARC;
  const speedOf = (arc: number): MetresPerSecond =>
    metresPerSecond(((edgeLength[edgeOf(arc)] ?? 0) / (arcDuration[arc] ?? 1)) * DECISECONDS_PER_SECOND);
  const classOf = (arc: number): RoadClass => ROAD_CLASSES[edgeClass[edgeOf(arc)] ?? 0] ?? 'road';
  const angleOf = (from: number, to: number): number => {
    const turned = (headingOut[to] ?? 0) - (headingIn[from] ?? 0);
    return turned > 180 ? turned - 360 : turned <= -180 ? turned + 360 : turned;
  };
  const kindAt = (from: number, to: number, angle: number): TurnFacts['kind'] => {
    if (to === reverseOf(from)) return 'u-turn';
    return Math.abs(angle) <= STRAIGHT ? 'straight' : angle > 0 ? 'left' : 'right';
  };
  const controlOf = (from: number, to: number): NodeControl => {
    const entering = isRoundaboutEdge(streets, edgeOf(to)) && !isRoundaboutEdge(streets, edgeOf(from));
    return NODE_CONTROLS[Math.max(arcControl[from] ?? 0, entering ? GIVE_WAY : 0)] ?? 'none';
  };

  const delayOf = (from: number, to: number): number => {
    if (!model) return 0;
    const node = arcHead[from] ?? 0;
    const alone = (firstArc[node + 1] ?? 0) - (firstArc[node] ?? 0) === 1;
    if (alone && to === reverseOf(from)) return toDeciseconds(model.turningRound);
    const angle = angleOf(from, to);
    const delay = model.delay({
      kind: kindAt(from, to, angle),
      angle,
      drivingSide,
      fromClass: classOf(from),
      toClass: classOf(to),
      fromSpeed: speedOf(from),
      toSpeed: speedOf(to),
      control: controlOf(from, to),
      passedControl: passed[from] === 1,
      degree: degree[node] ?? 0,
      crossedClass: junctions.crossedClass(node, edgeOf(from)),
    });
    return delay === undefined ? NOT_MADE : toDeciseconds(delay);
  };
  return { reverseOf, delayOf, kindOf: (from, to) => kindAt(from, to, angleOf(from, to)) };
}

/** What a delay of a profile is in the network; throws a RangeError for one that no turn can have. */
export function toDeciseconds(delay: number): number {
  const whole = Math.round(delay * DECISECONDS_PER_SECOND);
  if (!(whole >= 0 && whole < NOT_MADE)) throw new RangeError(`the profile has a turn that takes ${delay} s`);
  return whole;
}

/** For each arc: 1 when it is so short, and leads from signal to signal, that its signal has been passed at its tail. */
function listPassed(streets: StreetArrays, { arcControl, nodeControl }: Junctions): Uint8Array {
  const { arcEdge, edgeLength, edgeFrom, edgeTo } = streets;
  return arcControl.map((control, arc) => {
    const edge = at(arcEdge, arc) >>> 1;
    if (control !== SIGNAL || !isWithinJunction(at(edgeLength, edge))) return 0;
    const tail = at((at(arcEdge, arc) & 1) === 1 ? edgeTo : edgeFrom, edge);
    return at(nodeControl, tail) === SIGNAL ? 1 : 0;
  });
}

/** For each arc: the direction at its start and at its end; degrees counter-clockwise from east, in (−180, 180]. */
function headingsOf({ arcEdge, firstPoint, points }: StreetArrays): {
  headingOut: Float32Array;
  headingIn: Float32Array;
} {
  const headingOut = new Float32Array(arcEdge.length);
  const headingIn = new Float32Array(arcEdge.length);
  for (let arc = 0; arc < arcEdge.length; arc++) {
    const edge = at(arcEdge, arc) >>> 1;
    const first = at(firstPoint, edge);
    const last = at(firstPoint, edge + 1) - 1;
    const against = (at(arcEdge, arc) & 1) === 1;
    const back = against ? headingFrom(points, first, last, 1) : headingFrom(points, last, first, -1);
    headingOut[arc] = against ? headingFrom(points, last, first, -1) : headingFrom(points, first, last, 1);
    headingIn[arc] = back > 0 ? back - 180 : back + 180;
  }
  return { headingOut, headingIn };
}

function headingFrom(points: Int32Array, start: number, end: number, step: 1 | -1): number {
  const lon = points[2 * start] ?? 0;
  const lat = points[2 * start + 1] ?? 0;
  const scale = Math.cos(lat * GRID_TO_RADIANS);
  let east = 0;
  let north = 0;
  for (let point = start; point !== end && Math.hypot(east, north) < LOOK_AHEAD; ) {
    point += step;
    east = ((points[2 * point] ?? 0) - lon) * scale;
    north = (points[2 * point + 1] ?? 0) - lat;
  }
  return (Math.atan2(north, east) * 180) / Math.PI;
}
