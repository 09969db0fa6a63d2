/**
 * What belongs to a network and lies beside its file under the same name: `city.roads` has the geocoder `city.places`,
 * the base map `city.pmtiles`, the prepared times `city.hierarchy`, what was learnt of its travel times
 * `city.calibration.json`, and the agency's own list of location codes `city.codes.csv`. Any of them may be missing.
 */
const ENDINGS = {
  places: '.places',
  basemap: '.pmtiles',
  hierarchy: '.hierarchy',
  calibration: '.calibration.json',
  codes: '.codes.csv',
} as const;

export type Companion = keyof typeof ENDINGS;

/** The name of a companion's file: that of the network with another ending. */
export function companionFile(networkFile: string, companion: Companion): string {
  return networkFile.replace(/\.[^./\\]*$/, '') + ENDINGS[companion];
}
