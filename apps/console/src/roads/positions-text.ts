import { isLonLat, type LonLat } from '@lamplight/base';

/** Positions as a person types them, one a line: longitude and latitude, apart by a comma or space. */

export type PositionsRead =
  | { readonly ok: true; readonly positions: readonly LonLat[] }
  /** The first line that is no position, counted from 1. */
  | { readonly ok: false; readonly line: number };

const POSITION = /^([-+]?\d+(?:\.\d+)?)[\s,，;]+([-+]?\d+(?:\.\d+)?)$/;

/** Lines without anything on them are passed over. */
export function readPositions(text: string): PositionsRead {
  const positions: LonLat[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, lon, lat] = POSITION.exec(line.trim()) ?? [];
    const position = [Number(lon), Number(lat)] as const;
    if (lon === undefined || lat === undefined || !isLonLat(position)) return { ok: false, line: index + 1 };
    positions.push(position);
  }
  return { ok: true, positions };
}

/** Six decimals are a hand's breadth. */
export const writePositions = (positions: readonly LonLat[]): string =>
  positions.map(([lon, lat]) => `${lon.toFixed(6)}, ${lat.toFixed(6)}`).join('\n');
