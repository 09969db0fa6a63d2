import { createEmergencyProfile, emergencyProfile } from './emergency.js';
import { footProfile } from './foot.js';
import { ordinaryProfile } from './ordinary.js';
import type { RoadProfile } from './profile.js';

/** The profiles that come with the package. */
export const PROFILES: readonly RoadProfile[] = [
  emergencyProfile,
  createEmergencyProfile({ contraflow: true }),
  ordinaryProfile,
  footProfile,
];

/** The profile of this name (`emergency`, `emergency-contraflow`, `ordinary`, `foot`), or `undefined`. */
export function findProfile(name: string): RoadProfile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
