import { open, rename, writeFile } from 'node:fs/promises';
import { err, type Instant, ok, type Result, readJson } from '@lamplight/base';
import { type Basemap, openBasemap } from '@lamplight/basemap';
import { createGeocoder, type Geocoder, importCodes, type LocationCode, openPlaces } from '@lamplight/places';
import { type Calibration, companionFile, parseCalibration, UNCALIBRATED } from '@lamplight/roads';
import type { BaseLogger } from 'pino';
import { readCompanion } from './companions.js';
import { openRoadDesk, type RoadDesk } from './roads/desk.js';

/** Everything the server knows of the ground: what lies in the network file and beside it. */
export interface City {
  readonly roads: RoadDesk;
  /** `null` when no places lie beside the network. */
  readonly geocoder: Geocoder | null;
  /** `null` when there is no search to use them. */
  readonly codes: CityCodes | null;
  /** `null` when no base map lies beside the network. */
  readonly basemap: Basemap | null;
  close(): Promise<void>;
}

/** The agency's own location codes, as they lie beside the network and as the search uses them. */
export interface CityCodes {
  list(): readonly LocationCode[];
  /**
   * Puts another list in their place, in the file and in the search, and returns how many there are; or every row that
   * is wrong, and changes nothing.
   */
  replace(csv: string): Promise<Result<number, readonly FaultyRow[]>>;
}

export interface FaultyRow {
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

/**
 * Opens a network and its companions. What is missing is said in the log and done without; what is there and damaged
 * stops the start, because an agency that relies on it must not find out during a call.
 */
export async function openCity(
  networkFile: string,
  file: Uint8Array,
  agency: { readonly timeZone: string; readonly now: Instant },
  logger: Pick<BaseLogger, 'info' | 'error'>,
): Promise<City> {
  const calibration = await readCalibration(networkFile);
  if (calibration.source === 'default') {
    logger.info('no calibration lies beside the network: travel times are those of no agency in particular');
  }
  const search = await openSearch(networkFile, logger);
  const basemap = await openTiles(networkFile);
  if (!search) logger.info('no places lie beside the network: places cannot be searched by name');
  if (!basemap) logger.info('no base map lies beside the network: the map shows no ground');

  const hierarchy = await readCompanion(networkFile, 'hierarchy');
  const roads = await openRoadDesk({ file, hierarchy, calibration, ...agency, logger });
  if (!roads.ok) throw unusable(networkFile, roads.error.message);
  return {
    roads: roads.value,
    geocoder: search?.geocoder ?? null,
    codes: search?.codes ?? null,
    basemap: basemap?.basemap ?? null,
    async close() {
      await roads.value.close();
      await basemap?.close();
    },
  };
}

async function readCalibration(networkFile: string): Promise<Calibration> {
  const bytes = await readCompanion(networkFile, 'calibration');
  if (!bytes) return UNCALIBRATED;
  const parsed = parseCalibration(readJson(bytes.toString('utf8')));
  if (parsed.ok) return parsed.value;
  const { field, reason } = parsed.error;
  throw unusable(companionFile(networkFile, 'calibration'), field === '' ? reason : `${field}: ${reason}`);
}

async function openSearch(
  networkFile: string,
  logger: Pick<BaseLogger, 'error'>,
): Promise<{ geocoder: Geocoder; codes: CityCodes } | null> {
  const bytes = await readCompanion(networkFile, 'places');
  if (!bytes) return null;
  const places = openPlaces(bytes);
  if (!places.ok) throw unusable(companionFile(networkFile, 'places'), places.error.message);
  let codes = await readCodes(networkFile, logger);
  const geocoder = createGeocoder(places.value, { codes });
  return {
    geocoder,
    codes: {
      list: () => codes,
      async replace(csv) {
        const imported = importCodes(csv);
        if (!imported.ok) return err([{ row: 1, column: 'row', message: imported.error }]);
        if (imported.value.errors.length > 0) return err(imported.value.errors);
        const file = companionFile(networkFile, 'codes');
        await writeFile(`${file}.partial`, csv);
        await rename(`${file}.partial`, file);
        codes = imported.value.codes;
        geocoder.useCodes(codes);
        return ok(codes.length);
      },
    },
  };
}

async function readCodes(
  networkFile: string,
  logger: Pick<BaseLogger, 'error'>,
): Promise<readonly LocationCode[]> {
  const bytes = await readCompanion(networkFile, 'codes');
  if (!bytes) return [];
  const imported = importCodes(bytes.toString('utf8'));
  if (!imported.ok) throw unusable(companionFile(networkFile, 'codes'), imported.error);
  for (const fault of imported.value.errors) logger.error({ fault }, 'a location code was left out');
  return imported.value.codes;
}

async function openTiles(networkFile: string): Promise<{ basemap: Basemap; close(): Promise<void> } | null> {
  const file = companionFile(networkFile, 'basemap');
  const handle = await open(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return null;
  const opened = await openBasemap(async (offset, length) => {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  });
  if (opened.ok) return { basemap: opened.value, close: () => handle.close() };
  await handle.close();
  throw unusable(file, opened.error.message);
}

const unusable = (file: string, reason: string): Error => new Error(`${file} cannot be used: ${reason}`);
