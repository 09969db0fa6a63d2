import { writeWhole } from './files.js';
import type { Terminal } from './terminal.js';

/**
 * Writes GeoJSON to a file, or prints it where there is none. Of a file that was written, `facts` are printed with
 * `--json`.
 */
export async function printGeoJson(
  terminal: Terminal,
  json: { readonly type: 'FeatureCollection'; readonly features: readonly unknown[] },
  file: string | undefined,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (file === undefined) {
    terminal.printJson(json);
    return;
  }
  const text = `${JSON.stringify(json)}\n`;
  await writeWhole(file, text);
  const bytes = Buffer.byteLength(text);
  if (terminal.json) terminal.printJson({ file, bytes, ...facts });
  else terminal.say('geojson.wrote', { file, features: json.features.length });
}
