import { boundingBox, err, type LonLat, ok, type Result } from '@lamplight/base';
import type { PlacesError } from '../errors.js';
import type { Places } from '../model.js';
import { collectAddresses } from './addresses.js';
import { collectAreas } from './areas.js';
import { assemble } from './assemble.js';
import { type CollectPhase, collectPlaces } from './collect.js';
import { findJunctions } from './junctions.js';
import { collectNamedPlaces, draftPlaces } from './places.js';
import { collectPosts } from './posts.js';
import { type BuildReport, noneDropped } from './report.js';
import { collectStreets, joinAcrossBorders } from './streets.js';

export type PlacesPhase = CollectPhase | 'places' | 'index';

export interface BuildPlacesOptions {
  /** Called now and then with the phase of the work and the share of it that is done, in [0, 1]. */
  readonly onProgress?: (phase: PlacesPhase, fraction: number) => void;
}

/**
 * Builds the places of an OpenStreetMap extract (`.osm.pbf`, `.osm` or `.osm.gz`, told by content): addresses recorded
 * and interpolated, streets and their junctions, named places, areas, kilometre posts.
 *
 * Refused with `not-osm`, `osm-truncated`, `osm-corrupt` or `osm-unsupported` when the extract cannot be read, and with
 * `no-places` when nothing in it has a name or an address. What was left out is counted in the report by reason.
 */
export function buildPlaces(
  extract: Uint8Array,
  { onProgress = () => {} }: BuildPlacesOptions = {},
): Result<{ places: Places; report: BuildReport }, PlacesError> {
  const dropped = noneDropped();
  const collected = collectPlaces(extract, dropped, onProgress);
  if (!collected.ok) return collected;
  const collection = collected.value;

  onProgress('places', 0);
  const areas = collectAreas(collection.features);
  const lines = collectStreets(collection.streets, areas);
  const addressed = collectAddresses(collection, lines, areas, dropped);
  const streets = joinAcrossBorders(addressed);
  onProgress('places', 0.5);
  const named = collectNamedPlaces(collection.features, areas, dropped);
  const drafts = draftPlaces(areas, streets, named);
  const junctions = findJunctions(streets.filter((street) => street.lines.length > 0));
  const posts = collectPosts(collection, dropped);
  onProgress('places', 1);

  const bounds = boundingBox(everyPosition(drafts));
  if (!bounds) {
    const noPlaces = 'nothing in the extract has a name or an address';
    return err({ code: 'no-places', message: noPlaces });
  }
  onProgress('index', 0);
  const addresses = drafts.flatMap((draft) => draft.addresses);
  const report: BuildReport = {
    format: collection.format,
    places: drafts.length,
    streets: streets.filter((street) => street.lines.length > 0).length,
    areas: areas.list.length,
    addresses: addresses.length,
    interpolated: addresses.filter(({ interpolated }) => interpolated).length,
    junctions: junctions.length,
    posts: posts.length,
    dropped,
  };
  const places = assemble(drafts, junctions, { report, bounds, posts });
  onProgress('index', 1);
  return ok({ places, report });
}

function* everyPosition(
  drafts: readonly {
    readonly position: LonLat;
    readonly addresses: readonly { readonly position: LonLat }[];
  }[],
): Iterable<LonLat> {
  for (const { position, addresses } of drafts) {
    yield position;
    for (const address of addresses) yield address.position;
  }
}
