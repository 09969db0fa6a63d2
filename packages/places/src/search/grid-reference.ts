import type { LonLat } from '@lamplight/base';

/** WGS 84. */
const RADIUS = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const FALSE_NORTHING = 10_000_000;

const BANDS = 'CDEFGHJKLMNPQRSTUVWX';

/**
 * Reads a position in UTM (`32T 539000 5221000`, with the latitude band or N/S) or MGRS (`32TNT3900021000`); that of
 * a cell is its middle. `undefined` when the text is neither.
 */
export function parseGridReference(text: string): LonLat | undefined {
  const upper = text.toUpperCase();
  const utm =
    /^(\d{1,2}) ?([C-HJ-NP-X]|NORTH|SOUTH)[ ,]+(\d{6}(?:\.\d+)?) ?(?:M? ?E)?[ ,]+(\d{1,7}(?:\.\d+)?) ?(?:M? ?N)?$/.exec(
      upper,
    );
  if (utm) {
    const [, zone = '', band = '', easting = '', northing = ''] = utm;
    return fromUtm(Number(zone), band >= 'N' && band !== 'SOUTH', Number(easting), Number(northing));
  }
  const mgrs = /^(\d{1,2}) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z])([A-HJ-NP-V]) ?(\d{1,5}) ?(\d{1,5})?$/.exec(upper);
  return mgrs ? fromMgrs(mgrs) : undefined;
}

function fromMgrs([, zoneText = '', band = '', column = '', row = '', first = '', second]: RegExpExecArray):
  | LonLat
  | undefined {
  const digits = second === undefined ? first : first + second;
  if (digits.length % 2 !== 0 || (second !== undefined && first.length !== second.length)) return undefined;
  const zone = Number(zoneText);
  const half = digits.length / 2;
  const cell = 10 ** (5 - half);
  const columns = ['STUVWXYZ', 'ABCDEFGH', 'JKLMNPQR'][zone % 3] ?? '';
  const hundreds = columns.indexOf(column) + 1;
  if (hundreds === 0) return undefined;
  const easting = hundreds * 100_000 + Number(digits.slice(0, half)) * cell + cell / 2;
  const rows = 'ABCDEFGHJKLMNPQRSTUV';
  const shift = zone % 2 === 0 ? 5 : 0;
  const rest =
    ((rows.indexOf(row) - shift + 20) % 20) * 100_000 + Number(digits.slice(half)) * cell + cell / 2;
  // Rows repeat every 2,000 km; the band of latitude tells which is meant.
  const south = -80 + 8 * BANDS.indexOf(band);
  const isNorth = band >= 'N';
  for (let northing = rest; northing < 10_000_000; northing += 2_000_000) {
    const position = fromUtm(zone, isNorth, easting, northing);
    if (position && position[1] >= south - 0.5 && position[1] <= south + (band === 'X' ? 12 : 8) + 0.5)
      return position;
  }
  return undefined;
}

/**
 * Inverse transverse Mercator by Krüger's series to the third power of the third flattening (Deakin, Hunter & Karney,
 * "A Fresh Look at the UTM Projection", Surveying & Spatial Sciences Conference, 2012): within a zone, better than a
 * centimetre.
 */
function fromUtm(zone: number, isNorth: boolean, easting: number, northing: number): LonLat | undefined {
  if (zone < 1 || zone > 60) return undefined;
  const n = FLATTENING / (2 - FLATTENING);
  const rectifying = (RADIUS / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const beta = [
    n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3,
    n ** 2 / 48 + n ** 3 / 15,
    (17 / 480) * n ** 3,
  ];
  const xi = (northing - (isNorth ? 0 : FALSE_NORTHING)) / (SCALE * rectifying);
  const eta = (easting - FALSE_EASTING) / (SCALE * rectifying);
  let xiPrime = xi;
  let etaPrime = eta;
  beta.forEach((coefficient, index) => {
    const k = 2 * (index + 1);
    xiPrime -= coefficient * Math.sin(k * xi) * Math.cosh(k * eta);
    etaPrime -= coefficient * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  const conformal = Math.asin(Math.sin(xiPrime) / Math.cosh(etaPrime));
  const delta = [
    2 * n - (2 / 3) * n ** 2 - 2 * n ** 3,
    (7 / 3) * n ** 2 - (8 / 5) * n ** 3,
    (56 / 15) * n ** 3,
  ];
  let latitude = conformal;
  delta.forEach((coefficient, index) => {
    latitude += coefficient * Math.sin(2 * (index + 1) * conformal);
  });
  const longitude = Math.atan2(Math.sinh(etaPrime), Math.cos(xiPrime));
  const lon = zone * 6 - 183 + (longitude * 180) / Math.PI;
  const lat = (latitude * 180) / Math.PI;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
}
