import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstant, type Instant, parseInstant, readJson } from '@lamplight/base';
import { readInput, writeWhole } from '../files.js';
import type { DeviceCredentials } from '../world/crew-device.js';

/** What a demo keeps beside its database, to go on where it stopped. */
export interface DemoState {
  readonly seed: string;
  readonly size: number;
  /** Where the simulated clock was last seen. */
  readonly clock: Instant;
  readonly devices: ReadonlyMap<string, DeviceCredentials>;
}

const fileOf = (folder: string): string => join(folder, 'demo.json');

export const isDemoFolder = (folder: string): boolean => existsSync(fileOf(folder));

/** The state of a demo that ran in this folder; `undefined` when none did or its file does not read. */
export async function findDemoState(folder: string): Promise<DemoState | undefined> {
  if (!isDemoFolder(folder)) return undefined;
  const file: unknown = readJson(new TextDecoder().decode(await readInput(fileOf(folder))));
  if (!isRecord(file) || typeof file.seed !== 'string' || typeof file.size !== 'number') return undefined;
  const clock = parseInstant(String(file.clock));
  if (!clock.ok) return undefined;
  const devices = new Map<string, DeviceCredentials>();
  for (const [unitId, device] of Object.entries(isRecord(file.devices) ? file.devices : {})) {
    if (isRecord(device) && typeof device.deviceId === 'string' && typeof device.secret === 'string') {
      devices.set(unitId, { deviceId: device.deviceId, secret: device.secret });
    }
  }
  return { seed: file.seed, size: file.size, clock: clock.value, devices };
}

/** Devices' secrets are in it, so nobody else may read it. */
export async function saveDemoState(
  folder: string,
  { seed, size, clock, devices }: DemoState,
): Promise<void> {
  const content = { seed, size, clock: formatInstant(clock), devices: Object.fromEntries(devices) };
  await writeWhole(fileOf(folder), `${JSON.stringify(content, undefined, 2)}\n`, 0o600);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
