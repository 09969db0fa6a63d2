import type { LonLat } from '@lamplight/base';
import type { CoordinateReading } from './coordinates.js';

const ALPHABET = '23456789CFGHJMPQRVWX';

/** Degrees of the first pair, of which each further pair is a twentieth. */
const FIRST_PAIR = 20;

/** Characters before the plus sign of a full code. */
const BEFORE_PLUS = 8;

/**
 * Reads a plus code (Open Location Code, https://github.com/google/open-location-code): the middle of its cell. A short
 * code, which lacks its first two, four or six characters, is completed so that it lies nearest to `reference`.
 */
export function parsePlusCode(text: string, reference: LonLat): CoordinateReading | undefined {
  const match = /^([23456789CFGHJMPQRVWX]{2,8})\+([23456789CFGHJMPQRVWX]{2,7})?$/.exec(text.toUpperCase());
  if (!match) return undefined;
  const [, head = '', tail = ''] = match;
  if (head.length % 2 !== 0) return undefined;
  if (head.length === BEFORE_PLUS) return { position: decode(head + tail) };
  const missing = BEFORE_PLUS - head.length;
  const position = decode(encode(reference).slice(0, missing) + head + tail);
  // The cell may lie nearer on the other side of the border of the area that the missing characters stand for.
  const step = FIRST_PAIR / 20 ** (missing / 2 - 1);
  return {
    position: [nearest(position[0], reference[0], step), nearest(position[1], reference[1], step)],
    note: {
      en: 'A short plus code, taken as the nearest place with this code.',
      'zh-CN': '简写的 Plus Code,按最近的位置读取。',
    },
  };
}

function nearest(value: number, reference: number, step: number): number {
  return value + step * Math.round((reference - value) / step);
}

function decode(code: string): LonLat {
  let lat = -90;
  let lon = -180;
  let size = FIRST_PAIR;
  let [height, width] = [size, size];
  for (let i = 0; i < Math.min(code.length, 10); i += 2) {
    lat += ALPHABET.indexOf(code.charAt(i)) * size;
    lon += ALPHABET.indexOf(code.charAt(i + 1)) * size;
    [height, width] = [size, size];
    size /= 20;
  }
  // After ten characters, each divides its cell into five rows of four.
  for (let i = 10; i < code.length; i++) {
    height /= 5;
    width /= 4;
    const cell = ALPHABET.indexOf(code.charAt(i));
    lat += Math.floor(cell / 4) * height;
    lon += (cell % 4) * width;
  }
  return [lon + width / 2, lat + height / 2];
}

/** The first eight characters of the code of a position. */
function encode([lon, lat]: LonLat): string {
  let code = '';
  let y = Math.min(lat + 90, 180 - 1e-9);
  let x = (((lon + 180) % 360) + 360) % 360;
  for (let size = FIRST_PAIR; code.length < BEFORE_PLUS; size /= 20) {
    const row = Math.floor(y / size);
    const column = Math.floor(x / size);
    code += ALPHABET.charAt(row) + ALPHABET.charAt(column);
    y -= row * size;
    x -= column * size;
  }
  return code;
}
