import { type CollectedWay, type Collection, FOUND, GAP } from './collect.js';
import { at, GRID_PER_DEGREE } from './network.js';

const HALF_TURN = 180 * GRID_PER_DEGREE;

/**
 * Cuts ways where they cross the antimeridian, so that no segment spans the whole map: a point is put on the line, once
 * at 180° and once at −180°, and the second stands for the same node as the first (`twinOf`).
 */
export function cutAtAntimeridian(collection: Collection): {
  readonly collection: Collection;
  readonly twinOf: ReadonlyMap<number, number>;
  readonly crossings: number;
} {
  const { ways, refs, flags, positions } = collection;
  const found = (node: number): boolean => node !== GAP && (at(flags, node) & FOUND) !== 0;
  const crosses = (a: number, b: number): boolean =>
    found(a) && found(b) && Math.abs(at(positions, 2 * a) - at(positions, 2 * b)) > HALF_TURN;
  const hasCrossing = ways.some(({ firstRef, endRef }) => {
    for (let i = firstRef + 1; i < endRef; i++) if (crosses(at(refs, i - 1), at(refs, i))) return true;
    return false;
  });
  if (!hasCrossing) return { collection, twinOf: new Map(), crossings: 0 };

  const added: number[] = []; // positions of the points on the line, two numbers each
  const twinOf = new Map<number, number>();
  const newRefs: number[] = [];
  const newWays = ways.map((way): CollectedWay => {
    const firstRef = newRefs.length;
    for (let i = way.firstRef; i < way.endRef; i++) {
      const node = at(refs, i);
      const before = i > way.firstRef ? at(refs, i - 1) : node;
      if (crosses(before, node)) {
        const lat = latitudeOfCrossing(positions, before, node);
        const here = flags.length + added.length / 2;
        const side = at(positions, 2 * before) > 0 ? HALF_TURN : -HALF_TURN;
        added.push(side, lat, -side, lat);
        twinOf.set(here + 1, here);
        newRefs.push(here, GAP, here + 1);
      }
      newRefs.push(node);
    }
    return { ...way, firstRef, endRef: newRefs.length };
  });
  const count = added.length / 2;
  return {
    collection: {
      ...collection,
      ways: newWays,
      refs: Uint32Array.from(newRefs),
      positions: lengthened(positions, new Int32Array(positions.length + added.length), added),
      flags: lengthened(flags, new Uint8Array(flags.length + count), new Array<number>(count).fill(FOUND)),
      controls: lengthened(collection.controls, new Uint8Array(flags.length + count), []),
    },
    twinOf,
    crossings: twinOf.size,
  };
}

function lengthened<Typed extends Int32Array | Uint8Array>(
  old: Typed,
  longer: Typed,
  added: readonly number[],
): Typed {
  longer.set(old);
  longer.set(added, old.length);
  return longer;
}

/** By a straight line from the one node to the other, across the line. */
function latitudeOfCrossing(positions: Int32Array, from: number, to: number): number {
  const before = HALF_TURN - Math.abs(at(positions, 2 * from));
  const behind = HALF_TURN - Math.abs(at(positions, 2 * to));
  const share = before + behind === 0 ? 0 : before / (before + behind);
  const lat = at(positions, 2 * from + 1);
  return Math.round(lat + share * (at(positions, 2 * to + 1) - lat));
}
