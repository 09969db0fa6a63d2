import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The profile that is shipped: San Francisco Fire Department, Calls for Service. */
const SHIPPED = 'sf-fire-dispatch.json';

/** Where the shipped profile lies: in the package of the simulation, beside its sources. */
export function findProfileFile(name: string = SHIPPED): string {
  const entry = createRequire(import.meta.url).resolve('@lamplight/simulation');
  return join(dirname(entry), '..', 'profiles', name);
}
