import { type BoundingBox, boundingBox, distance, type LonLat, METRES_PER_DEGREE } from '@lamplight/base';
import { fold } from '../text/fold.js';
import { compact, tokensOf } from '../text/tokens.js';
import { canonicalWord } from '../text/words.js';
import type { Address } from './addresses.js';
import type { Areas } from './areas.js';
import type { Line } from './collect.js';
import { streetProminence } from './kinds.js';
import { type Names, namesOf } from './names.js';

/** Lines of one name that lie together, as one street. */
export interface Street {
  readonly names: Names;
  readonly category: string;
  readonly prominence: number;
  readonly lines: readonly Line[];
  readonly box: BoundingBox;
  /** The settlement it lies in; streets of one name are kept apart by it. */
  readonly settlement: number | undefined;
  areas: readonly number[];
  readonly addresses: Address[];
}

/** Lines of one name belong together when their boxes come closer than this, in metres. */
const GAP = 120;

/** One key for all usual spellings of a street name. */
export function streetKey(name: string): string {
  const words = tokensOf(fold(name)).map(({ kind, text }) => (kind === 'word' ? canonicalWord(text) : text));
  return compact(words.join(''));
}

/** Every key under which a street may be named in an address. */
export const keysOf = ({ local, en, zh, others }: Names): string[] => [
  ...new Set([local, en, zh, ...others.map(([name]) => name)].map(streetKey).filter((key) => key !== '')),
];

/** Merges named lines into streets: same name, same settlement, near each other. */
export function collectStreets(lines: readonly Line[], areas: Areas): Street[] {
  const groups = new Map<string, Piece[]>();
  for (const line of lines) {
    const names = namesOf(line.tags, ['ref']);
    const box = boundingBox(line.points);
    if (!names || !box || line.points.length < 2) continue;
    const inside = areas.areasAt(alongLine(line.points, 0.5));
    const settlement = inside.find((index) => areas.list[index]?.kind === 'settlement');
    const key = `${settlement ?? ''}/${streetKey(names.local)}`;
    const piece: Piece = { line, names, box, inside, settlement };
    const group = groups.get(key);
    if (group) group.push(piece);
    else groups.set(key, [piece]);
  }
  return [...groups.values()].flatMap((group) => together(group, ({ box }) => box).map(streetOf));
}

/**
 * Joins streets of one name that meet at the border of two settlements, unless house numbers repeat on both sides:
 * one street is one numbering.
 */
export function joinAcrossBorders(streets: readonly Street[]): Street[] {
  const groups = new Map<string, Street[]>();
  for (const street of streets) {
    const key = streetKey(street.names.local);
    const group = groups.get(key);
    if (group) group.push(street);
    else groups.set(key, [street]);
  }
  return [...groups.values()].flatMap((group) => {
    const joined: Street[] = [];
    for (const street of [...group].sort((a, b) => lengthOf(b) - lengthOf(a))) {
      const index = joined.findIndex(
        (other) => touches(other.box, street.box) && numbersDiffer(other, street),
      );
      const partner = joined[index];
      if (partner) joined[index] = join(partner, street);
      else joined.push(street);
    }
    return joined;
  });
}

/** Metres from a position to the nearest line of a street. */
export function distanceToStreet(street: Street, position: LonLat): number {
  let least = Infinity;
  for (const { points } of street.lines) least = Math.min(least, distanceToLine(points, position));
  return least;
}

/** A position in the middle of a street: on its longest line, half way by length. */
export function middleOf(lines: readonly { readonly points: readonly LonLat[] }[]): LonLat {
  const [longest] = [...lines].sort((a, b) => lineLength(b.points) - lineLength(a.points));
  return alongLine(longest?.points ?? [], 0.5);
}

/** The position at a share of the length of a line. */
export function alongLine(points: readonly LonLat[], fraction: number): LonLat {
  let rest = lineLength(points) * fraction;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const b = points[i];
    if (!a || !b) break;
    const length = distance(a, b);
    if (length >= rest && length > 0) {
      return [a[0] + ((b[0] - a[0]) * rest) / length, a[1] + ((b[1] - a[1]) * rest) / length];
    }
    rest -= length;
  }
  return points.at(-1) ?? [0, 0];
}

export function lineLength(points: readonly LonLat[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += distance(points[i - 1] ?? [0, 0], points[i] ?? [0, 0]);
  return sum;
}

interface Piece {
  readonly line: Line;
  readonly names: Names;
  readonly box: BoundingBox;
  readonly inside: readonly number[];
  readonly settlement: number | undefined;
}

/** Parts a list into the groups whose boxes touch, directly or through others. */
function together<Item>(items: readonly Item[], boxOf: (item: Item) => BoundingBox): Item[][] {
  const groups: { items: Item[]; boxes: BoundingBox[] }[] = [];
  for (const item of items) {
    const box = boxOf(item);
    const near = groups.filter(({ boxes }) => boxes.some((other) => touches(other, box)));
    const [home, ...others] = near;
    if (!home) {
      groups.push({ items: [item], boxes: [box] });
      continue;
    }
    home.items.push(item);
    home.boxes.push(box);
    for (const other of others) {
      home.items.push(...other.items);
      home.boxes.push(...other.boxes);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups.map((group) => group.items);
}

function streetOf(pieces: readonly Piece[]): Street {
  const byLength = [...pieces].sort((a, b) => lineLength(b.line.points) - lineLength(a.line.points));
  const [main] = byLength;
  if (!main) throw new RangeError('a street has no line');
  const pick = (get: (names: Names) => string): string =>
    byLength.map(({ names }) => get(names)).find((name) => name !== '') ?? '';
  const others = new Map(
    pieces.flatMap(({ names }) => names.others.map((other) => [other[0], other] as const)),
  );
  const highways = pieces.map(({ line }) => line.tags.get('highway') ?? '');
  const prominence = Math.max(...highways.map(streetProminence));
  return {
    names: {
      local: main.names.local,
      en: pick(({ en }) => en),
      zh: pick(({ zh }) => zh),
      others: [...others.values()],
    },
    category: `highway=${highways.find((highway) => streetProminence(highway) === prominence) ?? ''}`,
    prominence,
    lines: pieces.map(({ line }) => line),
    box: around(pieces.map(({ box }) => box)),
    settlement: main.settlement,
    areas: [...new Set(byLength.flatMap(({ inside }) => inside))],
    addresses: [],
  };
}

function join(a: Street, b: Street): Street {
  return {
    ...a,
    names: {
      ...a.names,
      en: a.names.en === '' ? b.names.en : a.names.en,
      zh: a.names.zh === '' ? b.names.zh : a.names.zh,
      others: [...new Map([...a.names.others, ...b.names.others].map((other) => [other[0], other])).values()],
    },
    prominence: Math.max(a.prominence, b.prominence),
    lines: [...a.lines, ...b.lines],
    box: around([a.box, b.box]),
    areas: [...new Set([...a.areas, ...b.areas])],
    addresses: [...a.addresses, ...b.addresses],
  };
}

function numbersDiffer(a: Street, b: Street): boolean {
  const numbers = new Set(a.addresses.map(({ number }) => number));
  const repeated = b.addresses.filter(({ number }) => numbers.has(number)).length;
  return repeated * 10 <= Math.min(a.addresses.length, b.addresses.length);
}

const lengthOf = ({ lines }: Street): number =>
  lines.reduce((sum, { points }) => sum + lineLength(points), 0);

function around(boxes: readonly BoundingBox[]): BoundingBox {
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

function touches(a: BoundingBox, b: BoundingBox): boolean {
  const north = GAP / METRES_PER_DEGREE;
  const east = north / Math.cos((a[1] * Math.PI) / 180);
  return a[0] - east <= b[2] && b[0] - east <= a[2] && a[1] - north <= b[3] && b[1] - north <= a[3];
}

function distanceToLine(points: readonly LonLat[], [lon, lat]: LonLat): number {
  const scale = Math.cos((lat * Math.PI) / 180);
  let least = Infinity;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const b = points[i];
    if (!a || !b) continue;
    const x = (b[0] - a[0]) * scale;
    const y = b[1] - a[1];
    const px = (lon - a[0]) * scale;
    const py = lat - a[1];
    const square = x * x + y * y;
    const share = square > 0 ? Math.min(1, Math.max(0, (px * x + py * y) / square)) : 0;
    least = Math.min(least, Math.hypot(px - share * x, py - share * y));
  }
  return least * METRES_PER_DEGREE;
}
