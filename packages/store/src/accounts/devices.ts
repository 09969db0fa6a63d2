import type { Instant } from '@lamplight/base';
import type { Selectable } from 'kysely';
import { type Database, toTimestamp } from '../database.js';
import type { Tables } from '../tables.js';
import { createSecret, hashSecret, isSecret } from './secrets.js';

/** Something that sends positions: a phone, a tracker in a car. */
export interface Device {
  readonly id: string;
  readonly unitId: string | null;
  readonly label: string;
  readonly enabled: boolean;
  /** It has a key for the OsmAnd protocol, which sends its key in the address and gets one of its own therefore. */
  readonly hasOsmandKey: boolean;
  readonly createdAt: Instant;
  /** When it last sent anything; written down now and then, not for each message. */
  readonly lastSeenAt: Instant | null;
}

export interface NewDevice {
  readonly id: string;
  readonly unitId?: string;
  readonly label: string;
  readonly osmand?: boolean;
}

/** The device's secrets, shown this once. */
export interface DeviceSecrets {
  readonly secret: string;
  readonly osmandKey?: string;
}

/** Registers a device, or one of the same id anew: the old secrets end. */
export async function registerDevice(
  database: Database,
  agency: string,
  device: NewDevice,
  at: Instant,
): Promise<DeviceSecrets> {
  const secret = createSecret();
  const osmandKey = device.osmand ? createSecret() : undefined;
  const columns = {
    unit_id: device.unitId ?? null,
    label: device.label,
    secret_hash: hashSecret(secret),
    osmand_key_hash: osmandKey === undefined ? null : hashSecret(osmandKey),
    enabled: true,
    created_at: toTimestamp(at),
  };
  await database.sql
    .insertInto('device')
    .values({ agency, id: device.id, ...columns })
    .onConflict((conflict) => conflict.columns(['agency', 'id']).doUpdateSet(columns))
    .execute();
  return osmandKey === undefined ? { secret } : { secret, osmandKey };
}

/** The enabled device whose secret this is, or `undefined`. */
export function verifyDevice(
  database: Database,
  agency: string,
  id: string,
  secret: string,
): Promise<Device | undefined> {
  return verifyBy('secret_hash', database, agency, id, secret);
}

/** The enabled device whose OsmAnd key this is, or `undefined`. */
export function verifyOsmandKey(
  database: Database,
  agency: string,
  id: string,
  key: string,
): Promise<Device | undefined> {
  return verifyBy('osmand_key_hash', database, agency, id, key);
}

async function verifyBy(
  column: 'secret_hash' | 'osmand_key_hash',
  database: Database,
  agency: string,
  id: string,
  secret: string,
): Promise<Device | undefined> {
  const row = await database.sql
    .selectFrom('device')
    .selectAll()
    .where('agency', '=', agency)
    .where('id', '=', id)
    .executeTakeFirst();
  const fits = isSecret(secret, row?.[column]);
  return fits && row?.enabled ? toDevice(row) : undefined;
}

function toDevice(row: Selectable<Tables['device']>): Device {
  return {
    id: row.id,
    unitId: row.unit_id,
    label: row.label,
    enabled: row.enabled,
    hasOsmandKey: row.osmand_key_hash !== null,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

/** The device, or `undefined`. */
export async function findDevice(
  database: Database,
  agency: string,
  id: string,
): Promise<Device | undefined> {
  const row = await database.sql
    .selectFrom('device')
    .selectAll()
    .where('agency', '=', agency)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toDevice(row);
}

/** Gives a device new secrets, and an OsmAnd key if wanted; the old ones end. `undefined` when there is none. */
export async function renewSecrets(
  database: Database,
  agency: string,
  id: string,
  osmand: boolean,
): Promise<DeviceSecrets | undefined> {
  const secret = createSecret();
  const osmandKey = osmand ? createSecret() : undefined;
  const row = await database.sql
    .updateTable('device')
    .set({
      secret_hash: hashSecret(secret),
      osmand_key_hash: osmandKey === undefined ? null : hashSecret(osmandKey),
    })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!row) return undefined;
  return osmandKey === undefined ? { secret } : { secret, osmandKey };
}

/** Writes down when devices were last heard of; a time before the one that is known is left. */
export async function noteDevicesSeen(
  database: Database,
  agency: string,
  seen: ReadonlyMap<string, Instant>,
): Promise<void> {
  if (seen.size === 0) return;
  await database.pool.query(
    `update device set last_seen_at = greatest(device.last_seen_at, news.at)
     from unnest($2::text[], $3::timestamptz[]) as news (id, at)
     where device.agency = $1 and device.id = news.id`,
    [agency, [...seen.keys()], [...seen.values()].map(toTimestamp)],
  );
}

/** All devices of an agency, by id. */
export async function listDevices(database: Database, agency: string): Promise<Device[]> {
  const rows = await database.sql
    .selectFrom('device')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('id')
    .execute();
  return rows.map(toDevice);
}

/** Changes the given fields and returns the device, or `undefined` when there is none. */
export async function updateDevice(
  database: Database,
  agency: string,
  id: string,
  change: Partial<Pick<Device, 'unitId' | 'label' | 'enabled'>>,
): Promise<Device | undefined> {
  const { unitId, label, enabled } = change;
  const row = await database.sql
    .updateTable('device')
    .set({
      id,
      ...(unitId === undefined ? {} : { unit_id: unitId }),
      ...(label === undefined ? {} : { label }),
      ...(enabled === undefined ? {} : { enabled }),
    })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && toDevice(row);
}
