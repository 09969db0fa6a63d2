import {
  parseProfile,
  type RecordedStation,
  type Recording,
  type RecordingProfile,
  readRecording,
  readStations,
} from '@lamplight/simulation';
import { reasonOf, refused } from '../failure.js';
import { readInput } from '../files.js';

/** How to read a recording. Throws a `Failure` that names the field that does not fit. */
export async function readProfileFile(file: string): Promise<RecordingProfile> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(await readInput(file)));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw refused('refused.profile', { file, field: '', reason: reasonOf(thrown) });
  }
  const profile = parseProfile(json);
  if (profile.ok) return profile.value;
  throw refused('refused.profile', { file, field: profile.error.field, reason: profile.error.reason });
}

/** Recorded calls, as the profile says. Throws a `Failure` when the file is no such table. */
export async function readCallFile(file: string, profile: RecordingProfile): Promise<Recording> {
  const recording = readRecording(new TextDecoder().decode(await readInput(file)), profile);
  if (recording.ok) return recording.value;
  throw refused('refused.recording', { file, reason: describe(recording.error) });
}

/** At least one station. Throws a `Failure` when a cell does not fit. */
export async function readStationFile(file: string): Promise<RecordedStation[]> {
  const stations = readStations(new TextDecoder().decode(await readInput(file)));
  if (!stations.ok) throw refused('refused.recording', { file, reason: describe(stations.error) });
  if (stations.value.length === 0) throw refused('refused.table-empty', { file });
  return stations.value;
}

const describe = (error: { readonly code: string }): string =>
  Object.values(error)
    .map((part) => String(part))
    .join(' ');
