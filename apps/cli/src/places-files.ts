import {
  createGeocoder,
  describePlacesError,
  type Geocoder,
  importCodes,
  openPlaces,
} from '@lamplight/places';
import { companionFile } from '@lamplight/roads';
import { refused } from './failure.js';
import { readInput } from './files.js';
import { fileFailure, findSize } from './road-files.js';
import type { Terminal } from './terminal.js';

/**
 * The geocoder of the places beside a network file, with the agency's location codes where they lie there too. Throws a
 * `Failure` when the places are missing or damaged, or a list of codes cannot be read; single codes that cannot are told.
 */
export async function openGeocoder(terminal: Terminal, networkFile: string): Promise<Geocoder> {
  const file = companionFile(networkFile, 'places');
  if ((await findSize(file)) === undefined)
    throw refused('refused.no-places', { network: networkFile, file });
  const places = openPlaces(await readInput(file));
  if (!places.ok) {
    const { code, message } = places.error;
    throw fileFailure(file, code, describePlacesError(places.error)[terminal.language], message);
  }
  const codeFile = companionFile(networkFile, 'codes');
  if ((await findSize(codeFile)) === undefined) return createGeocoder(places.value);
  const imported = importCodes(new TextDecoder().decode(await readInput(codeFile)));
  if (!imported.ok) throw fileFailure(codeFile, 'not-codes', imported.error, imported.error);
  const { codes, errors } = imported.value;
  if (errors.length > 0) terminal.say('places.codes-left-out', { file: codeFile, count: errors.length });
  return createGeocoder(places.value, { codes });
}
