import { bearing, distance, type LonLat, METRES_PER_DEGREE, type Metres, metres } from '@lamplight/base';
import Flatbush from 'flatbush';
import { at, type Bilingual, GRID_PER_DEGREE, type Places, positionAt, stringAt } from '../model.js';
import { addressLabel, intersectionLabel, placeLabel } from './labels.js';

/** Something near a position: what it is, where it is, and how far and in which direction the position is from it. */
export interface NearBy {
  readonly label: Bilingual;
  readonly position: LonLat;
  readonly distance: Metres;
  /** From what is named to the position asked for: degrees clockwise from north, in [0, 360). */
  readonly bearing: number;
}

/** What is at a position. At least one of the parts is there. */
export interface ReverseAnswer {
  /** The best description of the position, such as `Landstrasse 12, Vaduz` or `12 m N of A & B, Vaduz`. */
  readonly label: Bilingual;
  readonly address?: NearBy;
  readonly intersection?: NearBy;
  /** The nearest street, at its nearest point, with its lowest and highest house number near by where it has some. */
  readonly street?: NearBy & { readonly houseNumbers?: readonly [low: string, high: string] };
}

export interface ReverseOptions {
  /** How far to look; 250 m by default. */
  readonly maxDistance?: Metres;
}

/** Describes positions. */
export type Reverse = (position: LonLat, options?: ReverseOptions) => ReverseAnswer | undefined;

const DEFAULT_REACH = metres(250);

/** An address up to this far away describes a position by itself, in metres. */
const AT_ADDRESS = 25;

/** An intersection up to this far away describes a position, in metres. */
const NEAR_INTERSECTION = 60;

/** House numbers this near to the point on the street say which stretch of it is meant, in metres. */
const STRETCH = 120;

const OCTANTS: readonly Bilingual[] = [
  { en: 'N', 'zh-CN': '北' },
  { en: 'NE', 'zh-CN': '东北' },
  { en: 'E', 'zh-CN': '东' },
  { en: 'SE', 'zh-CN': '东南' },
  { en: 'S', 'zh-CN': '南' },
  { en: 'SW', 'zh-CN': '西南' },
  { en: 'W', 'zh-CN': '西' },
  { en: 'NW', 'zh-CN': '西北' },
];

/** Makes the function that says what is at a position; `undefined` when nothing is near. */
export function createReverse(places: Places): Reverse {
  const { arrays } = places;
  const addresses = open(arrays.addressIndex);
  const junctions = open(arrays.junctionIndex);
  const segments = open(arrays.segmentIndex);

  /** For each side of a junction, the street that it is a side of. */
  const junctionStreet = new Uint32Array(arrays.junctionOther.length);
  /** For each address, the place that it is at. */
  const addressPlace = new Uint32Array(arrays.addressText.length);
  for (let place = 0; place < arrays.kind.length; place++) {
    junctionStreet.fill(place, arrays.firstJunction[place], arrays.firstJunction[place + 1]);
    addressPlace.fill(place, arrays.firstAddress[place], arrays.firstAddress[place + 1]);
  }

  const nearestAddress = (position: LonLat, reach: number): NearBy | undefined => {
    const address = nearestPoint(addresses, arrays.addressPosition, position, reach);
    if (address === undefined) return undefined;
    const place = at(addressPlace, address);
    const number = stringAt(places, at(arrays.addressText, address));
    const label = addressLabel(places, place, number, at(arrays.addressAreaSet, address));
    return nearBy(label, positionAt(arrays.addressPosition, address), position);
  };

  const nearestJunction = (position: LonLat, reach: number): NearBy | undefined => {
    const side = nearestPoint(junctions, arrays.junctionPosition, position, reach);
    if (side === undefined) return undefined;
    const label = intersectionLabel(places, at(junctionStreet, side), at(arrays.junctionOther, side));
    return nearBy(label, positionAt(arrays.junctionPosition, side), position);
  };

  const nearestStreet = (position: LonLat, reach: number): ReverseAnswer['street'] => {
    if (!segments) return undefined;
    const [lon, lat] = toGrid(position);
    const scale = Math.cos((position[1] * Math.PI) / 180);
    const dy = (reach / METRES_PER_DEGREE) * GRID_PER_DEGREE;
    const dx = dy / Math.max(0.01, scale);
    let least = Infinity;
    let best: { street: number; point: LonLat } | undefined;
    for (const segment of segments.search(lon - dx, lat - dy, lon + dx, lat + dy)) {
      const start = at(arrays.segmentPoint, segment);
      const point = nearestOnSegment(
        positionAt(arrays.points, start),
        positionAt(arrays.points, start + 1),
        position,
      );
      const away = distance(point, position);
      if (away < least) {
        least = away;
        best = { street: at(arrays.segmentStreet, segment), point };
      }
    }
    if (!best || least > reach) return undefined;
    const label = placeLabel(places, best.street);
    const houseNumbers = numbersNear(best.street, best.point);
    return { ...nearBy(label, best.point, position), ...(houseNumbers && { houseNumbers }) };
  };

  const numbersNear = (street: number, point: LonLat): readonly [string, string] | undefined => {
    let low: number | undefined;
    let high: number | undefined;
    const end = at(arrays.firstAddress, street + 1);
    for (let address = at(arrays.firstAddress, street); address < end; address++) {
      if (distance(positionAt(arrays.addressPosition, address), point) > STRETCH) continue;
      low ??= address;
      high = address;
    }
    if (low === undefined || high === undefined) return undefined;
    return [stringAt(places, at(arrays.addressText, low)), stringAt(places, at(arrays.addressText, high))];
  };

  return (position, { maxDistance = DEFAULT_REACH } = {}) => {
    if (!Number.isFinite(position[0]) || !Number.isFinite(position[1])) return undefined;
    const address = nearestAddress(position, maxDistance);
    const intersection = nearestJunction(position, maxDistance);
    const street = nearestStreet(position, maxDistance);
    const label = describe(address, intersection, street);
    if (!label) return undefined;
    return {
      label,
      ...(address && { address }),
      ...(intersection && { intersection }),
      ...(street && { street }),
    };
  };
}

function describe(
  address: NearBy | undefined,
  intersection: NearBy | undefined,
  street: ReverseAnswer['street'],
): Bilingual | undefined {
  if (address && address.distance <= AT_ADDRESS) return address.label;
  if (intersection && intersection.distance <= NEAR_INTERSECTION) return relative(intersection);
  if (street) {
    const [low, high] = street.houseNumbers ?? [];
    if (low === undefined || high === undefined) return street.label;
    const range = low === high ? low : `${low}–${high}`;
    return {
      en: `${street.label.en} (near ${range})`,
      'zh-CN': `${street.label['zh-CN']}(${range}号附近)`,
    };
  }
  const nearest = address ?? intersection;
  return nearest ? relative(nearest) : undefined;
}

/** `12 m N of A & B`; at less than five metres the thing itself. */
function relative({ label, distance: away, bearing: direction }: NearBy): Bilingual {
  const octant = OCTANTS[Math.round(direction / 45) % 8];
  if (away < 5 || !octant) return label;
  return {
    en: `${Math.round(away)} m ${octant.en} of ${label.en}`,
    'zh-CN': `${label['zh-CN']}以${octant['zh-CN']}${Math.round(away)}米`,
  };
}

const nearBy = (label: Bilingual, position: LonLat, asked: LonLat): NearBy => ({
  label,
  position,
  distance: distance(position, asked),
  bearing: bearing(position, asked),
});

/** Opens the bytes of a flatbush where they lie; flatbush wants them at a multiple of 8 in their buffer, which they are. */
function open(bytes: Uint8Array): Flatbush | undefined {
  return bytes.length === 0 ? undefined : Flatbush.from(bytes.buffer, bytes.byteOffset);
}

const toGrid = ([lon, lat]: LonLat): [number, number] => [lon * GRID_PER_DEGREE, lat * GRID_PER_DEGREE];

/** The nearest of some points within reach, by true distance. */
function nearestPoint(
  index: Flatbush | undefined,
  positions: Int32Array,
  position: LonLat,
  reach: number,
): number | undefined {
  if (!index) return undefined;
  // A box rather than the nearest neighbours of flatbush, for which a degree of longitude is as long as one of latitude.
  const [lon, lat] = toGrid(position);
  const scale = Math.max(0.01, Math.cos((position[1] * Math.PI) / 180));
  let best: number | undefined;
  let least = Infinity;
  for (const width of [Math.min(40, reach), reach]) {
    const dy = (width / METRES_PER_DEGREE) * GRID_PER_DEGREE;
    for (const item of index.search(lon - dy / scale, lat - dy, lon + dy / scale, lat + dy)) {
      const away = distance(positionAt(positions, item), position);
      if (away <= width && (away < least || (away === least && item < (best ?? Infinity)))) {
        least = away;
        best = item;
      }
    }
    if (best !== undefined) return best;
  }
  return best;
}

function nearestOnSegment(a: LonLat, b: LonLat, [lon, lat]: LonLat): LonLat {
  const scale = Math.cos((lat * Math.PI) / 180);
  const x = (b[0] - a[0]) * scale;
  const y = b[1] - a[1];
  const square = x * x + y * y;
  const along = square > 0 ? ((lon - a[0]) * scale * x + (lat - a[1]) * y) / square : 0;
  const share = Math.min(1, Math.max(0, along));
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}
