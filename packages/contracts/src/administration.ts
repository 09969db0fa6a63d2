import { z } from 'zod';
import { unitSchema } from './entities.js';
import { identifierSchema, instantSchema, localizedSchema, lonLatSchema, textSchema } from './primitives.js';
import { accountSchema, localeSchema, passwordSchema, roleSchema } from './resources.js';

/** What administrators look after: people, devices, units, location codes, the city's map, the agency, the audit log. */

export const managedAccountSchema = accountSchema
  .extend({
    disabled: z.boolean(),
    /** Too many wrong passwords: it opens again by itself. */
    lockedUntil: instantSchema.nullable(),
    createdAt: instantSchema,
    sessions: z.int(),
    lastSeenAt: instantSchema.nullable(),
  })
  .meta({ id: 'ManagedAccount' });
export type ManagedAccount = z.output<typeof managedAccountSchema>;

/** What is left out stays as it is. */
export const changeAccountBody = z.strictObject({
  displayName: z.exactOptional(textSchema(100)),
  roles: z.exactOptional(z.array(roleSchema).min(1, 'must name at least one role')),
  unitId: z.exactOptional(identifierSchema.nullable()),
  locale: z.exactOptional(localeSchema),
  disabled: z.exactOptional(z.boolean()),
});
export const resetPasswordBody = z.strictObject({ password: passwordSchema });
export const endedSessionsSchema = z.object({ ended: z.int() });

export const managedDeviceSchema = z
  .object({
    id: z.string(),
    unitId: z.string().nullable(),
    label: z.string(),
    enabled: z.boolean(),
    hasOsmandKey: z.boolean(),
    createdAt: instantSchema,
    lastSeenAt: instantSchema.nullable(),
  })
  .meta({ id: 'ManagedDevice' });
export type ManagedDevice = z.output<typeof managedDeviceSchema>;

export const changeDeviceBody = z.strictObject({
  unitId: z.exactOptional(identifierSchema.nullable()),
  label: z.exactOptional(textSchema(100)),
  enabled: z.exactOptional(z.boolean()),
});
export const renewSecretBody = z.strictObject({ osmand: z.boolean() });

export const managedUnitsSchema = z.array(unitSchema);

/** The imported list of codes, as the running search uses it. */
export const locationCodesSchema = z.object({
  codes: z.array(z.object({ code: z.string(), position: lonLatSchema, name: z.string() })),
});
export type LocationCodes = z.output<typeof locationCodesSchema>;

export const CITY_BUILD_STATES = ['uploading', 'building', 'done', 'failed', 'cancelled'] as const;
export const CITY_BUILD_PHASES = [
  'upload',
  'ways',
  'nodes',
  'graph',
  'index',
  'places',
  'basemap',
  'hierarchy',
  'write',
] as const;
export type CityBuildPhase = (typeof CITY_BUILD_PHASES)[number];
export const CITY_PARTS = ['network', 'places', 'basemap', 'hierarchy'] as const;
export type CityPart = (typeof CITY_PARTS)[number];

/** An extract on its way to becoming the city's map. Kept until the next one, also over reloads of the page. */
export const cityBuildSchema = z.object({
  id: z.string(),
  state: z.enum(CITY_BUILD_STATES),
  fileName: z.string(),
  /** Size of the extract, and how much of it has arrived. */
  bytes: z.int(),
  received: z.int(),
  startedAt: instantSchema,
  startedBy: z.string(),
  endedAt: instantSchema.nullable(),
  phase: z.enum(CITY_BUILD_PHASES),
  /** Share of the phase that is done, in [0, 1]. */
  fraction: z.number(),
  /** Why it failed. */
  problem: z.object({ code: z.string(), message: localizedSchema }).nullable(),
  /** What was made, in bytes; and what the extract holds nothing for. */
  made: z.array(z.object({ part: z.enum(CITY_PARTS), bytes: z.int() })),
  without: z.array(z.object({ part: z.enum(CITY_PARTS), reason: localizedSchema })),
});
export type CityBuild = z.output<typeof cityBuildSchema>;

export const cityMapSchema = z
  .object({
    /** The files of the city as they lie on the disk. */
    files: z.array(z.object({ part: z.enum(CITY_PARTS), bytes: z.int(), modifiedAt: instantSchema })),
    /** The server still works with former files; these are used from its next start. */
    restartNeeded: z.boolean(),
    /** The largest extract that is taken, and the room on the disk, in bytes. */
    largest: z.int(),
    free: z.int(),
    build: cityBuildSchema.nullable(),
  })
  .meta({ id: 'CityMap' });
export type CityMap = z.output<typeof cityMapSchema>;

/** How long what is not the log is kept, in days. */
export const retentionSchema = z.object({
  positionDays: z.int().min(1).max(3650),
  receiptDays: z.int().min(7).max(3650),
});
export type Retention = z.output<typeof retentionSchema>;

export const agencyProfileSchema = z
  .object({
    id: z.string(),
    name: localizedSchema,
    timeZone: z.string(),
    /** The language of new accounts and of whatever nobody has chosen one for. */
    locale: localeSchema,
    retention: retentionSchema,
  })
  .meta({ id: 'AgencyProfile' });
export type AgencyProfile = z.output<typeof agencyProfileSchema>;

export const changeAgencyBody = z.strictObject({
  name: z.exactOptional(z.strictObject({ en: textSchema(100), zh: textSchema(100) })),
  locale: z.exactOptional(localeSchema),
  retention: z.exactOptional(retentionSchema),
});

export const auditEntrySchema = z
  .object({
    sequence: z.int(),
    at: instantSchema,
    actor: z.string(),
    action: z.string(),
    subject: z.string().nullable(),
    /** What was before and is now, where something was changed. */
    detail: z.unknown(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryView = z.output<typeof auditEntrySchema>;

/** `next` is the `before` of the next page. */
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  next: z.int().nullable(),
});
export type AuditPage = z.output<typeof auditPageSchema>;
