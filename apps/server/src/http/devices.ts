import { type Instant, instant } from '@lamplight/base';
import {
  addDeviceBody,
  changeDeviceBody,
  deviceCredentialsSchema,
  identifierSchema,
  type ManagedDevice,
  managedDeviceSchema,
  renewSecretBody,
} from '@lamplight/contracts';
import {
  type Database,
  type Device,
  findDevice,
  listDevices,
  registerDevice,
  renewSecrets,
  updateDevice,
} from '@lamplight/store';
import { z } from 'zod';
import { type Auditor, changesBetween } from '../administration/auditor.js';
import type { DeviceSightings } from '../administration/device-sightings.js';
import { newId } from '../desk/ids.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

export interface DeviceDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly auditor: Auditor;
  readonly sightings: DeviceSightings;
  /** Called after a device was changed, so that what it may do changes at once. */
  readonly onDeviceChanged: (deviceId: string) => Promise<void>;
}

/** What sends positions and reports: added, given to a unit, locked out. Secrets are told once and never again. */
export function deviceRoutes(
  app: App,
  { database, agency, auditor, sightings, onDeviceChanged }: DeviceDependencies,
): void {
  const params = z.object({ deviceId: identifierSchema });
  const now = (): Instant => instant(Date.now());
  const view = (device: Device): ManagedDevice => ({
    ...device,
    lastSeenAt: sightings.findRecent(device.id) ?? device.lastSeenAt,
  });
  const unknown = (id: string): Failure =>
    new Failure('not-found', 'There is no such device.', { subject: id });

  app.get('/api/v1/devices', { schema: { response: { 200: z.array(managedDeviceSchema) } } }, async () =>
    (await listDevices(database, agency)).map(view),
  );

  app.post(
    '/api/v1/devices',
    { schema: { body: addDeviceBody, response: { 200: deviceCredentialsSchema } } },
    async (request) => {
      const { unitId, label, osmand } = request.body;
      const deviceId = newId(now());
      const secrets = await registerDevice(database, agency, { id: deviceId, unitId, label, osmand }, now());
      await onDeviceChanged(deviceId);
      await auditor.note(request, 'device-added', deviceId, { after: { unitId, label, osmand } });
      return { deviceId, secret: secrets.secret, osmandKey: secrets.osmandKey ?? null };
    },
  );

  app.patch(
    '/api/v1/devices/:deviceId',
    { schema: { params, body: changeDeviceBody, response: { 200: managedDeviceSchema } } },
    async (request) => {
      const { deviceId } = request.params;
      const before = await findDevice(database, agency, deviceId);
      const after = before && (await updateDevice(database, agency, deviceId, request.body));
      if (!before || !after) throw unknown(deviceId);
      await onDeviceChanged(deviceId);
      const changes = changesBetween(describe(before), describe(after));
      if (Object.keys(changes.after).length > 0) {
        await auditor.note(request, 'device-changed', deviceId, changes);
      }
      return view(after);
    },
  );

  app.post(
    '/api/v1/devices/:deviceId/secret',
    { schema: { params, body: renewSecretBody, response: { 200: deviceCredentialsSchema } } },
    async (request) => {
      const { deviceId } = request.params;
      const { osmand } = request.body;
      const secrets = await renewSecrets(database, agency, deviceId, osmand);
      if (!secrets) throw unknown(deviceId);
      await onDeviceChanged(deviceId);
      await auditor.note(request, 'device-secret-renewed', deviceId, { osmand });
      return { deviceId, secret: secrets.secret, osmandKey: secrets.osmandKey ?? null };
    },
  );
}

const describe = ({ unitId, label, enabled }: Device) => ({ unitId, label, enabled });
