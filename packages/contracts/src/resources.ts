import { z } from 'zod';
import { questionCardSchema, unitStatusMeaningSchema } from './configuration.js';
import {
  assignmentSchema,
  callSchema,
  incidentSchema,
  recommendationRecordSchema,
  roadConditionSchema,
} from './entities.js';
import { fixSchema } from './live.js';
import {
  identifierSchema,
  instantSchema,
  localizedSchema,
  lonLatSchema,
  secondsSchema,
  storableSchema,
  textSchema,
} from './primitives.js';

/** Answers that are not entities, and the requests that are not commands of the response context. */

export const ROLES = [
  'call-taker',
  'dispatcher',
  'patrol',
  'supervisor',
  'administrator',
  'observer',
] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.output<typeof roleSchema>;

export const usernameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,31}$/,
    'must be 2 to 32 lower-case letters, digits, dots, dashes or underscores',
  );
/** NIST SP 800-63B: length is what counts; no composition rules. */
export const passwordSchema = z.string().min(12, 'must have at least 12 characters').max(256);

export const localeSchema = z.enum(['en', 'zh-CN']);

export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  roles: z.array(roleSchema),
  unitId: z.string().nullable(),
  locale: localeSchema.nullable(),
});
export type AccountView = z.output<typeof accountSchema>;

export const sessionSchema = z.object({ account: accountSchema, expiresAt: instantSchema });

export const signInBody = z.strictObject({ username: textSchema(100), password: z.string().max(256) });
export const setupBody = z.strictObject({
  token: z.string().max(200),
  username: usernameSchema,
  password: passwordSchema,
  displayName: textSchema(100),
});
export const addAccountBody = z.strictObject({
  username: usernameSchema,
  password: passwordSchema,
  displayName: textSchema(100),
  roles: z.array(roleSchema).min(1),
  unitId: identifierSchema.nullable().default(null),
  /** The agency's own language when left out. */
  locale: z.exactOptional(localeSchema),
});
export const rehearsalSignInBody = z.strictObject({ role: roleSchema });

export const addDeviceBody = z.strictObject({
  unitId: identifierSchema,
  label: textSchema(100),
  /** Also make a key for the OsmAnd protocol, whose clients can only send it in the address. */
  osmand: z.boolean().default(false),
});
export const deviceCredentialsSchema = z.object({
  deviceId: z.string(),
  /** Shown once; only its hash is kept. */
  secret: z.string(),
  osmandKey: z.string().nullable(),
});

/** What the server is, for anyone who may see its front door. */
export const serverInfoSchema = z.object({
  name: localizedSchema,
  agency: z.string(),
  timeZone: z.string(),
  version: z.string(),
  mode: z.enum(['production', 'rehearsal', 'demo']),
  /** Simulated seconds in a second; 1 unless this is a rehearsal or demo. */
  clockScale: z.number(),
  now: instantSchema,
  network: z
    .object({
      bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
      nodes: z.int(),
      arcs: z.int(),
    })
    .nullable(),
  /** False until the one-time set-up link has been used. */
  ready: z.boolean(),
});
export type ServerInfo = z.output<typeof serverInfoSchema>;

/** The answer to a command: the position of the log that includes it, and the identifiers of what it made. */
export const acceptedSchema = z
  .object({
    position: z.int(),
    callId: z.string().optional(),
    incidentId: z.string().optional(),
    assignmentIds: z.array(z.string()).optional(),
    unitId: z.string().optional(),
    conditionId: z.string().optional(),
  })
  .meta({ id: 'Accepted' });
export type Accepted = z.output<typeof acceptedSchema>;

const rankReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('nearest') }),
  z.object({ code: z.literal('behind'), unitId: z.string(), seconds: secondsSchema }),
  z.object({ code: z.literal('delayed') }),
  z.object({ code: z.literal('returning') }),
  z.object({ code: z.literal('assumed-at-home') }),
  z.object({ code: z.literal('diverted'), incidentId: z.string(), priority: z.int().nullable() }),
  z.object({ code: z.literal('fills'), capability: z.string() }),
  z.object({ code: z.literal('reserve') }),
]);

export const recommendationSchema = z
  .object({
    incidentId: z.string(),
    at: instantSchema,
    alarmLevel: z.int(),
    candidates: z.array(
      z.object({
        unitId: z.string(),
        /** The median travel time. */
        eta: secondsSchema,
        /** Nine times in ten it takes no longer. */
        etaP90: secondsSchema,
        positionAge: secondsSchema.nullable(),
        suggested: z.boolean(),
        divertFrom: z.string().nullable(),
        reasons: z.array(rankReasonSchema),
      }),
    ),
    excluded: z.array(z.object({ unitId: z.string(), reason: z.string() })),
    requirements: recommendationRecordSchema.unwrap().shape.requirements,
  })
  .meta({ id: 'Recommendation' });
export type RecommendationView = z.output<typeof recommendationSchema>;

export const incidentDetailSchema = z.object({
  incident: incidentSchema,
  calls: z.array(callSchema),
  assignments: z.array(assignmentSchema),
});

export const incidentPageSchema = z.object({
  incidents: z.array(incidentSchema),
  next: z.string().nullable(),
});

/** Road conditions as they stand at `at`; `recent` are those that ended within the last day. */
export const roadConditionsSchema = z.object({
  at: instantSchema,
  active: z.array(roadConditionSchema),
  scheduled: z.array(roadConditionSchema),
  recent: z.array(roadConditionSchema),
});
export type RoadConditionsView = z.output<typeof roadConditionsSchema>;

/**
 * Road conditions that are active or scheduled, as GeoJSON (RFC 7946) to be drawn: the pieces of street that each
 * stands for, and, where somebody drew it, the line or the outline of the area.
 */
export const roadConditionShapesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      geometry: z.object({
        type: z.literal('MultiLineString'),
        coordinates: z.array(z.array(lonLatSchema)),
      }),
      properties: z.object({
        conditionId: z.string(),
        /** The streets that it bears on, or what somebody drew. */
        shape: z.enum(['streets', 'drawn']),
        effect: z.enum(['closed', 'slowed']),
        phase: z.enum(['active', 'scheduled']),
      }),
    }),
  ),
});
/** What a place stands for on the roads, before a condition is declared there. */
export const roadPlacePreviewSchema = z.object({
  /** Pieces of street; 0 while what is drawn is no place, or bears on nothing. */
  matched: z.int(),
  /** Names of streets, the first few. */
  streets: z.array(z.string()),
  streetsLeftOut: z.int(),
  lines: z.array(z.array(lonLatSchema)),
});
export type RoadPlacePreview = z.output<typeof roadPlacePreviewSchema>;

export type RoadConditionShapes = z.output<typeof roadConditionShapesSchema>;

export const stationSchema = z
  .object({
    id: identifierSchema,
    name: z.object({ en: storableSchema(200), zh: storableSchema(200) }).readonly(),
    kind: storableSchema(50),
    position: lonLatSchema,
  })
  .meta({ id: 'Station' });
export type StationView = z.output<typeof stationSchema>;

export const routeSchema = z.object({
  seconds: secondsSchema,
  metres: z.number(),
  geometry: z.array(lonLatSchema),
  streets: z.array(z.object({ name: z.string().nullable(), metres: z.number(), seconds: secondsSchema })),
});

const percentileSchema = secondsSchema.nullable();
export const intervalStatisticsSchema = z.object({
  interval: z.string(),
  n: z.int(),
  missing: z.int(),
  contradictory: z.int(),
  p50: percentileSchema,
  p90: percentileSchema,
  p95: percentileSchema,
  p99: percentileSchema,
  targets: z
    .array(
      z
        .object({
          seconds: secondsSchema,
          share: z.number(),
          reached: z.number().nullable(),
          source: z.string(),
        })
        .readonly(),
    )
    .readonly(),
});
export const intervalReportSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  incidents: z.int(),
  intervals: z.array(intervalStatisticsSchema).readonly(),
});
export type IntervalReportView = z.output<typeof intervalReportSchema>;

const named = { name: localizedSchema };
/** `hidden`: no longer offered; what already has it keeps it. */
const hidden = { hidden: z.boolean() };
export const catalogueSchema = z.object({
  /** Grows with every change of the agency's configuration; live ticks tell of it. */
  revision: z.int(),
  incidentTypes: z.array(
    z.object({
      code: z.string(),
      ...named,
      family: z.string(),
      priority: z.int(),
      runCard: z.string(),
      ...hidden,
    }),
  ),
  dispositions: z.array(z.object({ code: z.string(), ...named, ...hidden })),
  unitStatuses: z.array(
    z.object({
      code: z.string(),
      ...named,
      meaning: unitStatusMeaningSchema,
      availability: z.enum(['available', 'delayed', 'unavailable']),
      ...hidden,
    }),
  ),
  capabilities: z.array(z.object({ id: z.string(), ...named, ...hidden })),
  /** What is asked while the caller is on the line; only cards that are offered. */
  questionCards: z.array(questionCardSchema),
  /** What each alarm level asks for in all, the first level first. */
  runCards: z.array(
    z.object({
      id: z.string(),
      ...named,
      ...hidden,
      levels: z.array(
        z.object({ level: z.int(), requires: z.array(z.object({ capability: z.string(), count: z.int() })) }),
      ),
    }),
  ),
  targets: z.array(
    z.object({ interval: z.string(), scope: z.string(), percentile: z.number(), seconds: secondsSchema }),
  ),
});
export type Catalogue = z.output<typeof catalogueSchema>;

/**
 * The retained MQTT message on `lamplight/<agency>/units/<unit>/orders`: everything the unit has to do. A crew's
 * report counts as received when it shows here, whatever the broker acknowledged.
 */
export const unitOrdersSchema = z.object({
  unitId: z.string(),
  /** Position of the log that these orders reflect; lower ones are out of date. */
  position: z.int(),
  orders: z.array(
    z.object({
      assignmentId: z.string(),
      incidentId: z.string(),
      number: z.string(),
      stage: z.string(),
      stamps: assignmentSchema.unwrap().shape.stamps,
      typeCode: z.string().nullable(),
      priority: z.int().nullable(),
      position: lonLatSchema.nullable(),
      label: z.string().nullable(),
      words: z.string().nullable(),
      endedAt: instantSchema.nullable(),
    }),
  ),
});
export type UnitOrders = z.output<typeof unitOrdersSchema>;

export const fixesSchema = z.object({ fixes: z.array(fixSchema) });

/** What an agency may set for itself; kept with it and read when the server starts. */
export const agencySettingsSchema = z.looseObject({
  /** Names the agency's log to live clients. */
  epoch: z.string().optional(),
  /** Whether the log is one of a demo or rehearsal; set by the first start, for ever. */
  rehearsal: z.boolean().optional(),
  /** Its name as an administrator has set it, over that of the agency file. */
  name: localizedSchema.optional(),
  locale: localeSchema.default('en'),
  /** Positions are telemetry about people: they go after a year unless the agency says otherwise. */
  positionDays: z.int().min(1).max(3650).default(365),
  receiptDays: z.int().min(7).max(3650).default(30),
});
export type AgencySettings = z.output<typeof agencySettingsSchema>;
