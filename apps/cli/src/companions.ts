import { open } from 'node:fs/promises';
import { readJson } from '@lamplight/base';
import { describeBasemapError, openBasemap } from '@lamplight/basemap';
import { describePlacesError, importCodes, openPlaces } from '@lamplight/places';
import {
  type Companion,
  companionFile,
  createMetric,
  createTravelTimes,
  describeRoadsError,
  openHierarchy,
  parseCalibration,
  type RoadNetwork,
} from '@lamplight/roads';
import { readInput } from './files.js';
import { findSize } from './road-files.js';
import type { Terminal } from './terminal.js';

/** What lies, or does not lie, beside a network. */
export interface CompanionState {
  readonly companion: Companion;
  readonly file: string;
  /** `null` when there is no such file. */
  readonly bytes: number | null;
  /** Why it cannot be used, for people; `null` when it can, or is not there. */
  readonly fault: string | null;
}

const FAULT: Readonly<
  Record<Companion, (terminal: Terminal, file: string, network: RoadNetwork) => Promise<string | null>>
> = {
  places: faultOfPlaces,
  basemap: faultOfBasemap,
  hierarchy: faultOfHierarchy,
  calibration: faultOfCalibration,
  codes: faultOfCodes,
};

const COMPANIONS = ['places', 'basemap', 'hierarchy', 'calibration', 'codes'] as const satisfies Companion[];

/** Looks at each companion of a network file, and tries whether it can be opened. */
export async function inspectCompanions(
  terminal: Terminal,
  networkFile: string,
  network: RoadNetwork,
): Promise<CompanionState[]> {
  return Promise.all(
    COMPANIONS.map(async (companion) => {
      const file = companionFile(networkFile, companion);
      const bytes = (await findSize(file)) ?? null;
      const fault = bytes === null ? null : await FAULT[companion](terminal, file, network);
      return { companion, file, bytes, fault };
    }),
  );
}

async function faultOfPlaces({ language }: Terminal, file: string): Promise<string | null> {
  const opened = openPlaces(await readInput(file));
  return opened.ok ? null : describePlacesError(opened.error)[language];
}

async function faultOfBasemap({ language }: Terminal, file: string): Promise<string | null> {
  const handle = await open(file);
  try {
    const opened = await openBasemap(async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
    return opened.ok ? null : describeBasemapError(opened.error, language);
  } finally {
    await handle.close();
  }
}

async function faultOfHierarchy(
  terminal: Terminal,
  file: string,
  network: RoadNetwork,
): Promise<string | null> {
  const opened = openHierarchy(await readInput(file));
  if (!opened.ok) return describeRoadsError(opened.error, terminal.language);
  const fits = createTravelTimes(createMetric(network)).useHierarchy(opened.value);
  return fits ? null : terminal.translate({ key: 'roads.hierarchy-unfit' });
}

async function faultOfCalibration(_: Terminal, file: string): Promise<string | null> {
  const parsed = parseCalibration(readJson(new TextDecoder().decode(await readInput(file))));
  if (parsed.ok) return null;
  const { field, reason } = parsed.error;
  return `${field} ${reason}`.trim();
}

async function faultOfCodes(_: Terminal, file: string): Promise<string | null> {
  const imported = importCodes(new TextDecoder().decode(await readInput(file)));
  return imported.ok ? null : imported.error;
}
