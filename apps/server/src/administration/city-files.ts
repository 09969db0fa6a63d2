import { buildBasemap, describeBasemapError } from '@lamplight/basemap';
import type { CityBuildPhase, CityPart } from '@lamplight/contracts';
import type { Localized } from '@lamplight/domain';
import { buildPlaces, describePlacesError, serializePlaces } from '@lamplight/places';
import {
  buildNetwork,
  companionFile,
  createMetric,
  describeRoadsError,
  prepareHierarchy,
  serializeHierarchy,
  serializeNetwork,
} from '@lamplight/roads';

/** One file that an extract gives. */
export interface BuiltPart {
  readonly part: CityPart;
  readonly content: Uint8Array;
}

/** All that an extract gives, and what it holds nothing for; or why it cannot be used. */
export type CityParts =
  | {
      readonly ok: true;
      readonly built: readonly BuiltPart[];
      readonly without: readonly { readonly part: CityPart; readonly reason: Localized }[];
    }
  | { readonly ok: false; readonly code: string; readonly message: Localized };

type OnProgress = (phase: CityBuildPhase, fraction: number) => void;

/**
 * Builds the network of an extract, its places, its base map and its prepared times: what `lamplight roads build`
 * writes. Holds the thread for as long as it takes, which is seconds for a city and a minute for a large one.
 */
export function buildCityParts(extract: Uint8Array, onProgress: OnProgress): CityParts {
  const roads = buildNetwork(extract, { onProgress });
  if (!roads.ok) {
    const { error } = roads;
    return {
      ok: false,
      code: error.code,
      message: { en: describeRoadsError(error, 'en'), zh: describeRoadsError(error, 'zh-CN') },
    };
  }
  const { network } = roads.value;
  const built: BuiltPart[] = [{ part: 'network', content: serializeNetwork(network) }];
  const without: { part: CityPart; reason: Localized }[] = [];

  onProgress('places', 0);
  const places = buildPlaces(extract, { onProgress: (_, fraction) => onProgress('places', fraction) });
  if (places.ok) built.push({ part: 'places', content: serializePlaces(places.value.places) });
  else {
    const { en, 'zh-CN': zh } = describePlacesError(places.error);
    if (places.error.code !== 'no-places') return { ok: false, code: places.error.code, message: { en, zh } };
    without.push({ part: 'places', reason: { en, zh } });
  }

  onProgress('basemap', 0);
  const basemap = buildBasemap(extract, { onProgress: (fraction) => onProgress('basemap', fraction) });
  if (basemap.ok) built.push({ part: 'basemap', content: basemap.value.pmtiles });
  else {
    const { error } = basemap;
    const reason = { en: describeBasemapError(error, 'en'), zh: describeBasemapError(error, 'zh-CN') };
    const none = error.code === 'nothing-to-draw' || error.code === 'extract-too-large';
    if (!none) return { ok: false, code: error.code, message: reason };
    without.push({ part: 'basemap', reason });
  }

  onProgress('hierarchy', 0);
  const hierarchy = prepareHierarchy(createMetric(network).graph, {
    onProgress: (done, of) => onProgress('hierarchy', of === 0 ? 1 : done / of),
  });
  built.push({ part: 'hierarchy', content: serializeHierarchy(hierarchy) });
  return { ok: true, built, without };
}

/** Where a part of the city lies: the network, and its companions beside it. */
export const fileOfPart = (networkFile: string, part: CityPart): string =>
  part === 'network' ? networkFile : companionFile(networkFile, part);

/** Where a part is written before all of them are renamed. There is one build at a time. */
export const partialOfPart = (networkFile: string, part: CityPart): string =>
  `${fileOfPart(networkFile, part)}.building`;
