import { readFile, writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { CityBuildPhase, CityPart } from '@lamplight/contracts';
import type { Localized } from '@lamplight/domain';
import { buildCityParts, partialOfPart } from './city-files.js';

/*
 * The body of the thread that builds a city: reads the extract, builds, writes the parts under other names, and says
 * how far it is. Whoever started it renames them. Started by `city-builds.ts`.
 */

export interface CityBuildTask {
  readonly extract: string;
  readonly networkFile: string;
}

export type CityBuildMessage =
  | { readonly type: 'progress'; readonly phase: CityBuildPhase; readonly fraction: number }
  | {
      readonly type: 'built';
      readonly made: readonly { readonly part: CityPart; readonly bytes: number }[];
      readonly without: readonly { readonly part: CityPart; readonly reason: Localized }[];
    }
  | { readonly type: 'refused'; readonly code: string; readonly message: Localized };

const { extract, networkFile }: CityBuildTask = workerData;
const say = (message: CityBuildMessage): void => parentPort?.postMessage(message);

const parts = buildCityParts(await readFile(extract), (phase, fraction) =>
  say({ type: 'progress', phase, fraction }),
);
if (parts.ok) {
  for (const [index, { part, content }] of parts.built.entries()) {
    say({ type: 'progress', phase: 'write', fraction: index / parts.built.length });
    await writeFile(partialOfPart(networkFile, part), content);
  }
  const made = parts.built.map(({ part, content }) => ({ part, bytes: content.length }));
  say({ type: 'built', made, without: parts.without });
} else {
  say({ type: 'refused', code: parts.code, message: parts.message });
}
