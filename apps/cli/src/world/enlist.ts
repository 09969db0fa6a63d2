import type { LonLat } from '@lamplight/base';
import { deviceCredentialsSchema, type StationView, unitSchema } from '@lamplight/contracts';
import type { Unit } from '@lamplight/domain';
import { type ApiClient, ApiRefusal, type Schema } from './api-client.js';
import type { DeviceCredentials } from './crew-device.js';
import { inParallel } from './parallel.js';
import type { Staff } from './staff.js';

/** A unit that is to be on the board, on duty and with a device. */
export interface Recruit {
  readonly unitId: string;
  readonly callSign: string;
  readonly unitType: string;
  readonly capabilities: readonly string[];
  readonly stationId: string | null;
  readonly home: LonLat;
  readonly crew: readonly string[];
}

export type Credentials = Map<string, DeviceCredentials>;

const AT_ONCE = 12;

/**
 * Registers stations and units, gives each unit a device and begins its duty, through the public interface. What is
 * in place already is left alone, so it may be called again for the same database. `known` holds devices made before.
 */
export async function enlist(
  staff: Staff,
  stations: readonly StationView[],
  recruits: readonly Recruit[],
  known: ReadonlyMap<string, DeviceCredentials>,
  onProgress: (fraction: number) => void = () => {},
): Promise<Credentials> {
  const { administrator, dispatcher } = staff;
  const credentials: Credentials = new Map();
  await administrator.put('/stations', { stations });
  const units = new Map((await dispatcher.get('/units', UNITS)).map((unit) => [unit.id, unit]));
  await inParallel(
    recruits,
    AT_ONCE,
    async (recruit) => {
      const { unitId, callSign, unitType, capabilities, stationId, home, crew } = recruit;
      const unit = units.get(unitId);
      if (!unit) {
        const description = { unitId, callSign, unitType, capabilities, stationId, home, minimumCrew: 1 };
        await administrator.command('/units', description);
      }
      credentials.set(unitId, known.get(unitId) ?? (await addDevice(administrator, unitId)));
      if (unit?.duty == null) await dispatcher.command(`/units/${unitId}/duty/begin`, { crew });
    },
    onProgress,
  );
  return credentials;
}

async function addDevice(administrator: ApiClient, unitId: string): Promise<DeviceCredentials> {
  const body = { unitId, label: `Simulated crew of ${unitId}` };
  const { deviceId, secret } = await administrator.post('/devices', body, deviceCredentialsSchema);
  return { deviceId, secret };
}

const UNITS: Schema<readonly Unit[]> = {
  safeParse(value) {
    if (!Array.isArray(value)) return { success: false, error: new TypeError('must be a list of units') };
    const units: Unit[] = [];
    for (const item of value) {
      const parsed = unitSchema.safeParse(item);
      if (!parsed.success) return { success: false, error: parsed.error };
      units.push(parsed.data);
    }
    return { success: true, data: units };
  },
};

/** Runs a command and says whether it was taken; a refusal with one of these codes is no failure. */
export async function unlessRefused(work: Promise<unknown>, ...codes: readonly string[]): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    if (thrown instanceof ApiRefusal && (codes.length === 0 || codes.includes(thrown.problem.code)))
      return false;
    throw thrown;
  }
}
