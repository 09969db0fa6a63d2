import { existsSync } from 'node:fs';
import { openNetwork, type RoadNetwork } from '@lamplight/roads';
import { type City, encodeOsmPbf } from '@lamplight/simulation';
import { buildCityFiles, CITY_COMPANIONS } from '../city-files.js';
import { inspectCompanions } from '../companions.js';
import { readInput } from '../files.js';
import type { Terminal } from '../terminal.js';

/**
 * The network of a generated city, in `file` with its companions beside it. Those of a former run are used unless one is
 * missing, damaged or of another version; then all are built, and `onBuild` is called before.
 */
export async function openCityRoads(
  terminal: Terminal,
  city: City,
  file: string,
  onBuild: () => void,
): Promise<RoadNetwork> {
  const former = await findFormer(terminal, file);
  if (former) return former;
  onBuild();
  const extract = encodeOsmPbf(city, { mainName: 'both' });
  return (await buildCityFiles(terminal, extract, { source: city.name.en, out: file })).network;
}

async function findFormer(terminal: Terminal, file: string): Promise<RoadNetwork | undefined> {
  if (!existsSync(file)) return undefined;
  const opened = openNetwork(await readInput(file));
  if (!opened.ok) return undefined;
  const companions = await inspectCompanions(terminal, file, opened.value);
  const usable = new Set(
    companions.flatMap(({ companion, bytes, fault }) =>
      bytes !== null && fault === null ? [companion] : [],
    ),
  );
  return CITY_COMPANIONS.every((companion) => usable.has(companion)) ? opened.value : undefined;
}
