import { readInput } from '../files.js';
import { readGpx } from './gpx.js';
import type { Trace } from './trace.js';
import { readTraceFeatures } from './trace-features.js';
import { readTraceRows } from './trace-rows.js';

/**
 * Reads the traces of vehicles from CSV, GeoJSON or GPX, told by content. Throws a `Failure` that says what does not fit
 * and where.
 */
export async function readTraces(file: string): Promise<Trace[]> {
  const bytes = await readInput(file);
  const start = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  if (start.startsWith('{')) return readTraceFeatures(bytes, file);
  return start.startsWith('<') ? readGpx(bytes, file) : readTraceRows(bytes, file);
}
