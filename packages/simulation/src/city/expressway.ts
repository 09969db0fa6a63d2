import { itemAt } from '../sure.js';
import { type Frame, turn } from './frame.js';
import type { Radial } from './skeleton.js';
import { addNode, addStreet, pointOf, type Sketch, type StreetDraft } from './sketch.js';

/** Distances outside the outermost ring road, metres. */
const LOCAL_JUNCTION = 110;
const INNER_LANES = 230;
const OUTER_LANES = 262;
const FAR_JUNCTION = 400;
const SPUR = 1100;
/** Half the length of an interchange along the expressway. */
const RAMP = 240;

/**
 * Draws the expressway around the city: two separate one-way carriageways over the radial roads, joined to each of
 * those by four ramps, and carries the radials on into the country. Traffic keeps to the right, so the outer
 * carriageway runs anticlockwise and the inner one clockwise.
 */
export function drawExpressway(sketch: Sketch, frame: Frame, radials: readonly Radial[]): void {
  const { radius } = frame;
  const at = (beyond: number, theta: number): number =>
    addNode(sketch, frame.toPlane(radius + beyond, theta));
  const isWet = (beyond: number, theta: number): boolean =>
    Math.abs(frame.river.side(...frame.toPlane(radius + beyond, theta))) < frame.river.bankRoad + 20;
  const reach = RAMP / radius;

  const interchanges = radials.filter(
    ({ angle }) =>
      ![-1, -0.5, 0, 0.5, 1].some((step) =>
        [0, LOCAL_JUNCTION, INNER_LANES, FAR_JUNCTION].some((beyond) => isWet(beyond, angle + step * reach)),
      ),
  );
  const inner = addStreet(sketch, { zh: '绕城高速公路内圈', en: 'Ring Expressway Inner Loop' }, 'motorway');
  const outer = addStreet(sketch, { zh: '绕城高速公路外圈', en: 'Ring Expressway Outer Loop' }, 'motorway');

  // Stations along both carriageways: where ramps join, at the radials, and every hundred metres between.
  const marks = interchanges.flatMap(({ angle }) => [angle - reach, angle + reach]);
  const steps = Math.ceil((2 * Math.PI * radius) / 100);
  for (let i = 0; i < steps; i++) {
    const theta = (2 * Math.PI * i) / steps;
    if (marks.every((mark) => angleBetween(mark, theta) * radius > 30)) marks.push(theta);
  }
  marks.sort((a, b) => turn(a) - turn(b));
  const overRadial = (a: number, b: number): boolean =>
    radials.some(({ angle }) => angleBetween(angle, (a + b) / 2) <= (b - a) / 2 + 1e-9);
  const innerAt = new Map(marks.map((theta) => [theta, at(INNER_LANES, theta)]));
  const outerAt = new Map(marks.map((theta) => [theta, at(OUTER_LANES, theta)]));
  const lay = (
    street: StreetDraft,
    nodes: ReadonlyMap<number, number>,
    beyond: number,
    oneWay: 1 | -1,
  ): void => {
    marks.forEach((mark, i) => {
      const nextMark = itemAt(marks, (i + 1) % marks.length);
      const theta = turn(mark);
      const next = turn(nextMark) + (i + 1 === marks.length ? 2 * Math.PI : 0);
      const a = nodes.get(mark);
      const b = nodes.get(nextMark);
      if (a === undefined || b === undefined) return;
      const bridge =
        overRadial(theta, next) ||
        isWet(beyond, theta) ||
        isWet(beyond, next) ||
        isWet(beyond, (theta + next) / 2);
      street.legs.push({ a, b, cell: -1, bridge, oneWay });
    });
  };
  lay(inner, innerAt, INNER_LANES, -1);
  lay(outer, outerAt, OUTER_LANES, 1);

  for (const { angle, street, end } of radials) {
    if (!interchanges.some((each) => each.angle === angle)) continue;
    const local = at(LOCAL_JUNCTION, angle);
    const far = at(FAR_JUNCTION, angle);
    const spur = addStreet(sketch, street.name, 'trunk');
    let last = end;
    for (const node of [local, far, at((FAR_JUNCTION + SPUR) / 2, angle), at(SPUR, angle)]) {
      const [x, y] = pointOf(sketch, node);
      if (Math.abs(frame.river.side(x, y)) < frame.river.bankRoad + 60) break;
      spur.legs.push({ a: last, b: node, cell: -1, bridge: false, oneWay: 0 });
      last = node;
    }
    const before = angle - reach;
    const past = angle + reach;
    const ramps = addStreet(
      sketch,
      { zh: `${street.name.zh}立交匝道`, en: `${street.name.en} Interchange Ramp` },
      'motorway_link',
    );
    const ramp = (nodes: readonly (number | undefined)[]): void => {
      for (let i = 1; i < nodes.length; i++) {
        const a = nodes[i - 1];
        const b = nodes[i];
        if (a !== undefined && b !== undefined) ramps.legs.push({ a, b, cell: -1, bridge: false, oneWay: 1 });
      }
    };
    const slip = (beyond: number, theta: number): number => at(beyond, theta);
    ramp([outerAt.get(before), slip(FAR_JUNCTION - 60, angle - 0.45 * reach), far]);
    ramp([far, slip(FAR_JUNCTION - 60, angle + 0.45 * reach), outerAt.get(past)]);
    ramp([innerAt.get(past), slip(LOCAL_JUNCTION + 50, angle + 0.45 * reach), local]);
    ramp([local, slip(LOCAL_JUNCTION + 50, angle - 0.45 * reach), innerAt.get(before)]);
  }
}

function angleBetween(a: number, b: number): number {
  const gap = Math.abs(a - b) % (2 * Math.PI);
  return Math.min(gap, 2 * Math.PI - gap);
}
