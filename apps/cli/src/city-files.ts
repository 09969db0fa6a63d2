import { rm } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { buildBasemap, describeBasemapError } from '@lamplight/basemap';
import { buildPlaces, describePlacesError, serializePlaces } from '@lamplight/places';
import {
  type BuildReport,
  buildNetwork,
  companionFile,
  createMetric,
  type DrivingSide,
  prepareHierarchy,
  type RoadNetwork,
  type RoadProfile,
  serializeHierarchy,
  serializeNetwork,
} from '@lamplight/roads';
import type { Failure } from './failure.js';
import { writeTogether } from './files.js';
import { fileFailure, roadsFailure } from './road-files.js';
import type { Terminal } from './terminal.js';

/** What an extract gives besides the network. */
export const CITY_COMPANIONS = ['places', 'basemap', 'hierarchy'] as const;

export type CityCompanion = (typeof CITY_COMPANIONS)[number];

export interface CityOptions {
  /** Names the extract in messages. */
  readonly source: string;
  /** The network file; its companions go beside it. */
  readonly out: string;
  /** All that there are, unless told otherwise. */
  readonly companions?: readonly CityCompanion[];
  readonly profile?: RoadProfile;
  readonly drivingSide?: DrivingSide;
}

export interface CityFiles {
  readonly network: RoadNetwork;
  readonly report: BuildReport;
  /** Every file written, the network first. `report` says what a companion holds and what was left out. */
  readonly files: readonly CityFile[];
  /** Companions for which the extract holds nothing. */
  readonly without: readonly {
    readonly companion: CityCompanion;
    readonly code: string;
    readonly reason: string;
  }[];
}

export interface CityFile {
  readonly holds: 'network' | CityCompanion;
  readonly file: string;
  readonly bytes: number;
  readonly report?: unknown;
}

type BuiltFile = Omit<CityFile, 'bytes'> & { readonly content: Uint8Array };

/** A companion as bytes, or why the extract gives none. */
type Companion =
  | { readonly kind: 'built'; readonly bytes: Uint8Array; readonly report?: unknown }
  | { readonly kind: 'nothing'; readonly code: string; readonly reason: string };

interface Work {
  readonly terminal: Terminal;
  readonly extract: Uint8Array;
  readonly network: RoadNetwork;
  readonly onProgress: (fraction: number) => void;
  /** The failure for an extract that cannot be read. */
  refuse(error: { readonly code: string; readonly message: string }, told: string): Failure;
}

const BUILD: Readonly<Record<CityCompanion, (work: Work) => Companion>> = {
  places: preparePlaces,
  basemap: prepareBasemap,
  hierarchy: prepareTimes,
};

/**
 * Builds all that one extract gives and writes it: the network to `out`, and beside it the places, the base map and the
 * prepared times. Nothing is written before all of it is built. A companion of a former build for which this extract
 * holds nothing is removed. Shows a bar. Throws a `Failure` when the extract cannot be read or holds no roads.
 */
export async function buildCityFiles(
  terminal: Terminal,
  extract: Uint8Array,
  { source, out, companions = CITY_COMPANIONS, profile, drivingSide }: CityOptions,
): Promise<CityFiles> {
  const bar = terminal.progress(terminal.translate({ key: 'roads.phase.ways' }));
  const built: BuiltFile[] = [];
  const without: CityFiles['without'][number][] = [];
  try {
    const roads = buildNetwork(extract, {
      ...(profile && { profile }),
      ...(drivingSide && { drivingSide }),
      onProgress: (phase, fraction) =>
        bar.update(fraction, terminal.translate({ key: `roads.phase.${phase}` })),
    });
    if (!roads.ok) throw roadsFailure(terminal, roads.error, source);
    const { network, report } = roads.value;
    built.push({ holds: 'network', file: out, content: serializeNetwork(network) });

    for (const companion of companions) {
      // The work of a phase holds the thread; between two, somebody may have asked to stop.
      await turn();
      terminal.streams.interrupted.throwIfAborted();
      const label = terminal.translate({ key: `roads.phase.${companion}` });
      bar.update(0, label);
      const made = BUILD[companion]({
        terminal,
        extract,
        network,
        onProgress: (fraction) => bar.update(fraction, label),
        refuse: ({ code, message }, told) => fileFailure(source, code, told, message),
      });
      if (made.kind === 'nothing') without.push({ companion, code: made.code, reason: made.reason });
      else
        built.push({
          holds: companion,
          file: companionFile(out, companion),
          content: made.bytes,
          ...(made.report === undefined ? {} : { report: made.report }),
        });
    }
    await writeTogether(built);
    for (const { companion } of without) await rm(companionFile(out, companion), { force: true });
    const files = built.map(({ content, ...file }) => ({ ...file, bytes: content.length }));
    return { network, report, files, without };
  } finally {
    bar.stop();
  }
}

function preparePlaces({ terminal, extract, onProgress, refuse }: Work): Companion {
  const built = buildPlaces(extract, { onProgress: (_, fraction) => onProgress(fraction) });
  if (built.ok) {
    const { places, report } = built.value;
    return { kind: 'built', bytes: serializePlaces(places), report };
  }
  const { code } = built.error;
  const reason = describePlacesError(built.error)[terminal.language];
  if (code === 'no-places') return { kind: 'nothing', code, reason };
  throw refuse(built.error, reason);
}

function prepareBasemap({ terminal, extract, onProgress, refuse }: Work): Companion {
  const built = buildBasemap(extract, { onProgress });
  if (built.ok) return { kind: 'built', bytes: built.value.pmtiles, report: built.value.report };
  const { code } = built.error;
  const reason = describeBasemapError(built.error, terminal.language);
  if (code === 'nothing-to-draw' || code === 'extract-too-large') return { kind: 'nothing', code, reason };
  throw refuse(built.error, reason);
}

/** For the weights that the network has of itself, with turns: those on which an agency starts that has calibrated nothing. */
function prepareTimes({ network, onProgress }: Work): Companion {
  const { graph } = createMetric(network);
  const hierarchy = prepareHierarchy(graph, {
    onProgress: (done, of) => onProgress(of === 0 ? 1 : done / of),
  });
  return { kind: 'built', bytes: serializeHierarchy(hierarchy) };
}
