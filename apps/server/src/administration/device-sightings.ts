import type { Instant } from '@lamplight/base';
import { type Database, noteDevicesSeen } from '@lamplight/store';

/** When devices were last heard of: at once in memory, now and then in the database. */
export interface DeviceSightings {
  note(deviceId: string, at: Instant): void;
  /** Heard of since the last flush. */
  findRecent(deviceId: string): Instant | undefined;
  /** Writes down what was noted since the last time; the owner calls it now and then and before stopping. */
  flush(): Promise<void>;
}

export function createDeviceSightings(database: Database, agency: string): DeviceSightings {
  let noted = new Map<string, Instant>();
  return {
    note(deviceId, at) {
      const known = noted.get(deviceId);
      if (known === undefined || known < at) noted.set(deviceId, at);
    },
    findRecent: (deviceId) => noted.get(deviceId),
    async flush() {
      const written = noted;
      noted = new Map();
      try {
        await noteDevicesSeen(database, agency, written);
      } catch (error) {
        noted = new Map([...written, ...noted]);
        throw error;
      }
    },
  };
}
