import { isLonLat, type LonLat } from '@lamplight/base';
import type { Fix } from '@lamplight/roads';
import { type RowProblem, refused } from '../failure.js';
import { readTime, type Trace } from './trace.js';

const SEGMENT = /<trkseg\b[^>]*>(.*?)<\/trkseg>/gs;
const POINT = /<trkpt\b([^>]*?)(?:\/>|>(.*?)<\/trkpt>)/gs;
const TIME = /<time>\s*(.*?)\s*<\/time>/s;

/**
 * Reads the tracks of a GPX 1.1 file (https://www.topografix.com/GPX/1/1/), each segment as a trace; of a point its
 * position and its time, which it must have. Throws a `Failure` that names every point that cannot be read; points count
 * from 1 through the file.
 */
export function readGpx(bytes: Uint8Array, file: string): Trace[] {
  const text = new TextDecoder().decode(bytes).replace(/<!--.*?-->/gs, '');
  if (!/<gpx\b/.test(text)) throw refused('refused.not-gpx', { file });
  const problems: RowProblem[] = [];
  let number = 0;
  const traces = Array.from(text.matchAll(SEGMENT), ([, segment = ''], index): Trace => {
    const fixes: Fix[] = [];
    for (const [, attributes = '', content = ''] of segment.matchAll(POINT)) {
      number++;
      const position: LonLat = [degreesIn(attributes, 'lon'), degreesIn(attributes, 'lat')];
      const at = readTime(TIME.exec(content)?.[1] ?? '');
      if (!isLonLat(position)) problems.push({ line: number, column: 'trkpt', reason: { key: 'row.trace' } });
      else if (at === undefined)
        problems.push({ line: number, column: 'trkpt/time', reason: { key: 'row.trace' } });
      else fixes.push({ position, at });
    }
    return { id: String(index + 1), fixes };
  });
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return traces;
}

function degreesIn(attributes: string, name: 'lon' | 'lat'): number {
  const value = new RegExp(`\\b${name}\\s*=\\s*["']([^"']+)["']`).exec(attributes)?.[1];
  return value === undefined ? Number.NaN : Number(value);
}
