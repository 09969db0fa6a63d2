import { readLineStrings } from './line-strings.js';
import { readTime, type Trace } from './trace.js';

/** Reads traces as GeoJSON; see `readLineStrings`. Times are numbers of seconds, or moments. */
export function readTraceFeatures(bytes: Uint8Array, file: string): Trace[] {
  const lines = readLineStrings(bytes, file, (time) =>
    typeof time === 'string' || typeof time === 'number' ? readTime(String(time)) : undefined,
  );
  return lines.map((fixes, index) => ({ id: String(index + 1), fixes }));
}
