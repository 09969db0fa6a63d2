import type { RecordingProfile } from './profile.js';
import type { RecordedCall } from './recording.js';

/** A unit that appears in a recording. */
export interface RecordedUnit {
  readonly id: string;
  readonly unitType: string;
  readonly capabilities: readonly string[];
  /** Its home station by the profile's rule, where one applies. */
  readonly station?: string;
}

/** The units of a recording in order of their ids; a unit seen under two types keeps the first. */
export function recordedUnits(calls: readonly RecordedCall[], profile: RecordingProfile): RecordedUnit[] {
  const units = new Map<string, RecordedUnit>();
  for (const { responses } of calls) {
    for (const { unitId, unitType } of responses) {
      if (units.has(unitId)) continue;
      const station = homeStation(unitId, profile);
      units.set(unitId, {
        id: unitId,
        unitType,
        capabilities: profile.unitTypes.get(unitType) ?? [],
        ...(station === undefined ? {} : { station }),
      });
    }
  }
  return [...units.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function homeStation(unitId: string, { homeStations }: RecordingProfile): string | undefined {
  const rule = homeStations.find((each) => each.unit.test(unitId));
  return rule && unitId.replace(rule.unit, rule.station);
}
