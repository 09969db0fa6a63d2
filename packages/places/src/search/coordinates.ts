import { type BoundingBox, isLonLat, type LonLat } from '@lamplight/base';
import type { Bilingual } from '../model.js';
import { parseGridReference } from './grid-reference.js';
import { parsePlusCode } from './plus-code.js';

/** A position read from a text, and what had to be assumed for it. */
export interface CoordinateReading {
  readonly position: LonLat;
  readonly note?: Bilingual;
}

/** A text longer than this is no coordinates; a pasted address of a map may be long. */
const LONGEST = 500;

/**
 * Reads coordinates in the usual notations: decimal degrees in either order, degrees with minutes and seconds and
 * N S E W or 北纬 南纬 东经 西经, `geo:` addresses (RFC 5870), addresses of web maps with `@lat,lon`, `q=lat,lon`,
 * `mlat=…&mlon=…` or `#map=z/lat/lon`, UTM, MGRS and plus codes. Two plain numbers are latitude and longitude; where
 * only the other order is possible, or only it lies in `bounds`, it is taken and the note says so; where both lie in
 * `bounds`, both are given. Short plus codes are completed near `reference`. Empty when the text is something else.
 *
 * Maps that by law are shifted (GCJ-02, BD-09: Amap, Baidu, Tencent) are not read, because their positions would be
 * wrong by hundreds of metres.
 */
export function parseCoordinates(
  text: string,
  bounds: BoundingBox,
  reference: LonLat = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2],
): CoordinateReading[] {
  if (text.length > LONGEST) return [];
  const plain = text.normalize('NFKC').trim();
  if (/^https?:/i.test(plain)) return readMapAddress(plain);
  const geo = /^geo:\s*(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/i.exec(plain);
  if (geo) return one(Number(geo[2]), Number(geo[1]));
  const plusCode = parsePlusCode(plain, reference);
  if (plusCode) return [plusCode];
  const grid = parseGridReference(plain);
  if (grid) return one(grid[0], grid[1]);
  return readMarked(plain) ?? readPair(plain, bounds);
}

const SHIFTED = /(^|\.)(amap|gaode|autonavi|baidu|qq|sogou)\.com$/i;

function readMapAddress(address: string): CoordinateReading[] {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(address)?.[1] ?? '';
  if (SHIFTED.test(host)) return [];
  const number = '(-?\\d{1,3}(?:\\.\\d+)?)';
  const decoded = address.replace(/%2C/gi, ',');
  const patterns = [
    new RegExp(`!3d${number}!4d${number}`),
    new RegExp(`[?&#](?:q|query|ll|center|destination|daddr|cp|sll)=(?:loc:)?${number},\\+?${number}`),
    new RegExp(`[?&]mlat=${number}&mlon=${number}`),
    new RegExp(`@${number},${number}`),
    new RegExp(`#map=\\d+(?:\\.\\d+)?/${number}/${number}`),
  ];
  for (const pattern of patterns) {
    const match = pattern.exec(decoded);
    if (match) return one(Number(match[2]), Number(match[1]));
  }
  return [];
}

const SIDE = '([NSEWO]|北纬|南纬|东经|西经|北緯|南緯|東經|西經|NORTH|SOUTH|EAST|WEST)';

/** Degrees, minutes and seconds, the last two as far as they are there; `mark` is what follows the degrees. */
const angle = (mark: string): string =>
  `(-?\\d{1,3}(?:\\.\\d+)?)${mark}(?:(\\d{1,2}(?:\\.\\d+)?)(?: ?[′'’分:]? ?))?` +
  `(?:(\\d{1,2}(?:\\.\\d+)?) ?(?:″|"|”|''|′′|秒)? ?)?`;

/** A degree sign, a blank before minutes, or nothing before the side. */
const LOOSE = angle('(?: ?[°º度:] ?| +(?=\\d)|(?= ?(?:[NSEWO,]|北|南|东|西|東|$)))');
const SIGNED = angle(' ?[°º度] ?');

/** `N 47° 8' 24.5" E 9° 31'`, `北纬47度8分 东经9度31分`. */
const SIDE_FIRST = new RegExp(`^${SIDE}[: ]*${LOOSE}[,; ]*${SIDE}[: ]*${LOOSE}$`);
/** `47°8'24.5"N 9°31'W`, `47.14 N, 9.52 E`. */
const SIDE_LAST = new RegExp(`^${LOOSE} ?${SIDE}[,; ]*${LOOSE} ?${SIDE}$`);
/** `47° 8.4', 9° 31.2'`. */
const NO_SIDE = new RegExp(`^${SIGNED}[,; ]*${SIGNED}$`);

/** Angles with sides, in either order; or degrees with a degree sign, latitude first. */
function readMarked(plain: string): CoordinateReading[] | undefined {
  const upper = plain.toUpperCase();
  const first = SIDE_FIRST.exec(upper);
  if (first) return sided([first[1], angleOf(first, 2)], [first[5], angleOf(first, 6)]);
  const last = SIDE_LAST.exec(upper);
  if (last) return sided([last[4], angleOf(last, 1)], [last[8], angleOf(last, 5)]);
  const degrees = NO_SIDE.exec(upper);
  return degrees ? one(angleOf(degrees, 4), angleOf(degrees, 1)) : undefined;
}

/** Degrees from three groups of a match; not a number when minutes or seconds are 60 or more. */
function angleOf(match: RegExpExecArray, group: number): number {
  const degrees = Number(match[group] ?? Number.NaN);
  const minutes = Number(match[group + 1] ?? 0);
  const seconds = Number(match[group + 2] ?? 0);
  if (minutes >= 60 || seconds >= 60) return Number.NaN;
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  return (match[group] ?? '').startsWith('-') ? -size : size;
}

type Sided = readonly [side: string | undefined, angle: number];

function sided(a: Sided, b: Sided): CoordinateReading[] {
  const first = directed(a);
  const second = directed(b);
  if (!first || !second || first.axis === second.axis) return [];
  return first.axis === 'lon' ? one(first.value, second.value) : one(second.value, first.value);
}

function directed([side = '', angle]: Sided): { axis: 'lon' | 'lat'; value: number } | undefined {
  if (/^(N|NORTH|北纬|北緯)$/.test(side)) return { axis: 'lat', value: angle };
  if (/^(S|SOUTH|南纬|南緯)$/.test(side)) return { axis: 'lat', value: -angle };
  if (/^(E|O|EAST|东经|東經)$/.test(side)) return { axis: 'lon', value: angle };
  if (/^(W|WEST|西经|西經)$/.test(side)) return { axis: 'lon', value: -angle };
  return undefined;
}

const LON_FIRST: Bilingual = {
  en: 'Read as longitude, latitude.',
  'zh-CN': '按“经度,纬度”读取。',
};
const LAT_FIRST: Bilingual = {
  en: 'Read as latitude, longitude.',
  'zh-CN': '按“纬度,经度”读取。',
};

/** Two decimal numbers. Without a point in either they are more likely a house and a flat, and are not read. */
function readPair(plain: string, bounds: BoundingBox): CoordinateReading[] {
  const match =
    /^[([]?\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*(?:,|;|\s|,\s)\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*[)\]]?$/.exec(
      plain,
    ) ??
    // Decimal commas, with another separator between the two numbers.
    /^([+-]?\d{1,3},\d{3,})[;\s]\s*([+-]?\d{1,3},\d{3,})$/.exec(plain);
  if (!match) return [];
  const [a = '', b = ''] = [match[1], match[2]].map((number) => (number ?? '').replace(',', '.'));
  if (!a.includes('.') && !b.includes('.')) return [];
  const latFirst: LonLat = [Number(b), Number(a)];
  const lonFirst: LonLat = [Number(a), Number(b)];
  if (!isLonLat(latFirst)) return isLonLat(lonFirst) ? [{ position: lonFirst, note: LON_FIRST }] : [];
  if (!isLonLat(lonFirst)) return [{ position: latFirst }];
  const inLatFirst = isNear(bounds, latFirst);
  const inLonFirst = isNear(bounds, lonFirst);
  if (inLatFirst && inLonFirst) {
    return [
      { position: latFirst, note: LAT_FIRST },
      { position: lonFirst, note: LON_FIRST },
    ];
  }
  if (inLonFirst) return [{ position: lonFirst, note: LON_FIRST }];
  return [inLatFirst ? { position: latFirst } : { position: latFirst, note: LAT_FIRST }];
}

/** Inside the box or within half a degree of it. */
const isNear = ([west, south, east, north]: BoundingBox, [lon, lat]: LonLat): boolean =>
  lon >= west - 0.5 && lon <= east + 0.5 && lat >= south - 0.5 && lat <= north + 0.5;

const one = (lon: number, lat: number): CoordinateReading[] =>
  isLonLat([lon, lat]) ? [{ position: [lon, lat] }] : [];

/** `47.13950, 9.52200` and `北纬47.13950°,东经9.52200°`. */
export function coordinatesLabel([lon, lat]: LonLat): Bilingual {
  const [x, y] = [Math.abs(lon).toFixed(5), Math.abs(lat).toFixed(5)];
  return {
    en: `${lat.toFixed(5)}, ${lon.toFixed(5)}`,
    'zh-CN': `${lat < 0 ? '南纬' : '北纬'}${y}°,${lon < 0 ? '西经' : '东经'}${x}°`,
  };
}
