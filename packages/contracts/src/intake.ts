import { CALL_CHANNELS, CALL_OUTCOMES, INCIDENT_STATUSES } from '@lamplight/domain';
import { z } from 'zod';
import { premisesSchema } from './premises.js';
import { codeSchema, instantSchema, lonLatSchema, metresSchema, prioritySchema } from './primitives.js';
import { recommendationSchema } from './resources.js';

/** What is asked while a call is being taken down, before there is an incident. */

export const previewRecommendationBody = z.strictObject({
  position: lonLatSchema,
  /** Without one the answer is who is nearest, and nobody is suggested. */
  typeCode: codeSchema.toUpperCase().nullable().default(null),
  /** Left out: the type's own. */
  priority: prioritySchema.nullable().default(null),
  alarmLevel: z.int().min(1).max(20).default(1),
});
export const recommendationPreviewSchema = recommendationSchema.omit({ incidentId: true });
export type RecommendationPreview = z.output<typeof recommendationPreviewSchema>;

const pastIncidentSchema = z.object({
  id: z.string(),
  number: z.string(),
  typeCode: z.string().nullable(),
  priority: prioritySchema.nullable(),
  status: z.enum(INCIDENT_STATUSES),
  disposition: z.string().nullable(),
  openedAt: instantSchema,
});
export type PastIncident = z.output<typeof pastIncidentSchema>;

/** Earlier calls from a number, the latest first. */
export const callerHistorySchema = z.object({
  calls: z.array(
    z.object({
      callId: z.string(),
      channel: z.enum(CALL_CHANNELS),
      ringAt: instantSchema,
      outcome: z.enum(CALL_OUTCOMES).nullable(),
      incident: pastIncidentSchema.nullable(),
    }),
  ),
});
export type CallerHistory = z.output<typeof callerHistorySchema>;

/** What happened near a place, the latest first, and what is known of the place. */
export const placeHistorySchema = z.object({
  incidents: z.array(
    pastIncidentSchema.extend({
      metres: metresSchema,
      words: z.string().nullable(),
      label: z.string().nullable(),
    }),
  ),
  premises: z.array(premisesSchema.extend({ metres: metresSchema })),
});
export type PlaceHistory = z.output<typeof placeHistorySchema>;
