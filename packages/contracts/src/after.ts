import { INCIDENT_STATUSES } from '@lamplight/domain';
import { z } from 'zod';
import { assignmentSchema, callSchema, incidentSchema, locationSchema } from './entities.js';
import { loggedEventSchema } from './events.js';
import {
  codeSchema,
  identifierSchema,
  instantSchema,
  lonLatSchema,
  prioritySchema,
  storableSchema,
} from './primitives.js';
import { intervalStatisticsSchema } from './resources.js';

/** Looking back: the search over all incidents, reports over a period, and what a moment was like. */

export const INCIDENT_ORDERS = ['newest', 'oldest', 'priority'] as const;
export type IncidentOrder = (typeof INCIDENT_ORDERS)[number];

/** Sent as a body, so that no name or number of a caller is written into an address. What is left out does not narrow. */
export const incidentSearchBody = z.strictObject({
  /** Parts of a number, a place, notes, or of a caller's name or number; all must occur. */
  text: storableSchema(200).optional(),
  statuses: z.array(z.enum(INCIDENT_STATUSES)).max(10).optional(),
  types: z.array(codeSchema).max(100).optional(),
  priorities: z.array(prioritySchema).max(5).optional(),
  dispositions: z.array(codeSchema).max(100).optional(),
  /** Only incidents that this unit was ordered to. */
  unitId: identifierSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  order: z.enum(INCIDENT_ORDERS).default('newest'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d:\d{1,15}:[\x21-\x7e]{1,100}$/, 'is not one of a page')
    .optional(),
});
export type IncidentSearchQuery = z.input<typeof incidentSearchBody>;

/** An incident as a row of the search. */
export const incidentHitSchema = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(INCIDENT_STATUSES),
  typeCode: z.string().nullable(),
  priority: prioritySchema.nullable(),
  location: locationSchema.nullable(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  disposition: z.string().nullable(),
  unitIds: z.array(z.string()),
  /** The stretch of a note in which the text was found. */
  excerpt: z.string().nullable(),
  /** Callers whose name or number fits the text; empty for those who may not see callers. */
  callers: z.array(z.object({ name: z.string().nullable(), number: z.string().nullable() })),
});
export type IncidentHit = z.output<typeof incidentHitSchema>;

export const incidentHitsSchema = z.object({
  hits: z.array(incidentHitSchema),
  next: z.string().nullable(),
  /** How many fit in all; `null` on later pages, and where there are more than `mostCounted`. */
  total: z.int().nullable(),
  mostCounted: z.int(),
});

export const REPORT_DIMENSIONS = ['type', 'priority', 'zone', 'hour'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

export const reportGroupSchema = z.object({
  /** The type's code, the priority, the nearest station's id, or the hour of the day; `null` where there is none. */
  key: z.string().nullable(),
  incidents: z.int(),
  intervals: z.array(intervalStatisticsSchema.omit({ targets: true })),
});
export type ReportGroup = z.output<typeof reportGroupSchema>;

export const responseReportSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Incidents that were worked on; merged and cancelled ones are not among them. */
  incidents: z.int(),
  intervals: z.array(intervalStatisticsSchema),
  groups: z.record(z.enum(REPORT_DIMENSIONS), z.array(reportGroupSchema)),
});
export type ResponseReportView = z.output<typeof responseReportSchema>;

/** `[seconds since the start, longitude, latitude, bearing or null]`. */
const trackPointSchema = z.tuple([z.number(), z.number(), z.number(), z.number().nullable()]);

export const replayUnitSchema = z.object({
  unitId: z.string(),
  callSign: z.string(),
  /** Ordered to this incident; the others were near. */
  assigned: z.boolean(),
  points: z.array(trackPointSchema),
});

/** All that is needed to show an incident as it was at any second of it. */
export const incidentReplaySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Seconds between the positions of a track. */
  step: z.int(),
  /** How far around the incident, in metres, units counted as near when it was opened; `null` without a position. */
  nearMetres: z.number().nullable(),
  /** True when the incident lasted longer than what can be shown, so that `to` is before its end. */
  cut: z.boolean(),
  events: z.array(loggedEventSchema),
  units: z.array(replayUnitSchema),
});
export type IncidentReplayView = z.output<typeof incidentReplaySchema>;

/** The whole board as it was at a moment. */
export const boardMomentSchema = z.object({
  at: instantSchema,
  incidents: z.array(incidentSchema),
  assignments: z.array(assignmentSchema),
  units: z.array(
    z.object({
      unitId: z.string(),
      callSign: z.string(),
      position: lonLatSchema.nullable(),
      bearing: z.number().nullable(),
      /** When it was there; `null` where no position of the time is known. */
      positionAt: instantSchema.nullable(),
    }),
  ),
  /** Incidents opened earlier than this were not looked at. */
  openedFrom: instantSchema,
  /** True when there were more incidents, units or events than can be shown. */
  cut: z.boolean(),
});
export type BoardMomentView = z.output<typeof boardMomentSchema>;

/** An incident with everything that hangs on it and every event of it, for looking back. */
export const incidentRecordSchema = z.object({
  incident: incidentSchema,
  calls: z.array(callSchema),
  assignments: z.array(assignmentSchema),
  events: z.array(loggedEventSchema),
  /** Call signs of the units that occur. */
  callSigns: z.record(z.string(), z.string()),
  /** Numbers of the incidents that it is linked to, merged into or split from. */
  numbers: z.record(z.string(), z.string()),
});
export type IncidentRecord = z.output<typeof incidentRecordSchema>;
