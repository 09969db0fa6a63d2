import type { Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { NameBook } from './names.js';
import {
  addNode,
  addStreet,
  type Leg,
  lengthBetween,
  pointOf,
  type Sketch,
  type StreetDraft,
} from './sketch.js';

interface End {
  readonly street: StreetDraft;
  readonly position: number;
  readonly leg: Leg;
  readonly far: number;
}

/** Turns some crossings of main roads into roundabouts, driven anticlockwise; the city's centre is one of them. */
export function drawRoundabouts(sketch: Sketch, names: NameBook, random: Random): void {
  const ends = new Map<number, End[]>();
  for (const street of sketch.streets) {
    street.legs.forEach((leg, position) => {
      for (const [node, far] of [
        [leg.a, leg.b],
        [leg.b, leg.a],
      ] as const) {
        const list = ends.get(node);
        const end = { street, position, leg, far };
        if (list) list.push(end);
        else ends.set(node, [end]);
      }
    });
  }
  const converted = new Set<number>();
  for (const [node, arms] of ends) {
    const isCentre = Math.hypot(itemAt(sketch.x, node), itemAt(sketch.y, node)) < 1;
    const main = arms.filter(({ street }) =>
      ['primary', 'secondary', 'trunk'].includes(street.roadClass),
    ).length;
    const radius = isCentre ? 32 : 20;
    const roomy = arms.every(
      ({ far, leg }) =>
        lengthBetween(sketch, node, far) > radius + 10 &&
        !leg.bridge &&
        !converted.has(far) &&
        leg.oneWay === 0,
    );
    if (arms.length < 4 || main < 3 || !roomy || (!isCentre && random.next() > 0.3)) continue;
    converted.add(node);
    convert(sketch, node, arms, radius, names);
  }
}

function convert(sketch: Sketch, node: number, arms: readonly End[], radius: number, names: NameBook): void {
  const [x, y] = pointOf(sketch, node);
  const around: { angle: number; node: number }[] = [];
  const place = (angle: number): number => {
    const placed = addNode(sketch, [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
    around.push({ angle, node: placed });
    return placed;
  };
  for (const { street, position, leg, far } of arms) {
    const [fx, fy] = pointOf(sketch, far);
    const angle = Math.atan2(fy - y, fx - x);
    const gate = around.find((each) => Math.abs(each.angle - angle) < 0.12)?.node ?? place(angle);
    // A leg may already have been cut short at its other end by another roundabout: read it as it is now.
    const now = itemAt(street.legs, position);
    street.legs[position] = { ...now, a: leg.a === node ? gate : now.a, b: leg.b === node ? gate : now.b };
  }
  const arm = [...around].sort((left, right) => left.angle - right.angle);
  arm.forEach(({ angle }, i) => {
    const next = arm[i + 1]?.angle ?? itemAt(arm, 0).angle + 2 * Math.PI;
    const pieces = Math.ceil((next - angle) / (Math.PI / 4));
    for (let piece = 1; piece < pieces; piece++) place(angle + ((next - angle) * piece) / pieces);
  });
  const ring = around.sort((left, right) => turned(left.angle) - turned(right.angle));
  const base = names.proper();
  const circle = addStreet(
    sketch,
    { zh: `${base.zh}环岛`, en: `${base.en} Circus` },
    itemAt(arms, 0).street.roadClass,
    true,
  );
  circle.legs = ring.map((each, i) => ({
    a: each.node,
    b: itemAt(ring, (i + 1) % ring.length).node,
    cell: itemAt(arms, 0).leg.cell,
    bridge: false,
    oneWay: 1,
  }));
}

const turned = (angle: number): number => (angle + 4 * Math.PI) % (2 * Math.PI);
