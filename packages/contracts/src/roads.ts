import { z } from 'zod';
import { lonLatSchema, metresSchema, secondsSchema } from './primitives.js';

/** How long a journey takes: as often less as more than `p50`, and no more than `p90` nine times in ten. */
export const travelTimeSchema = z.object({ p50: secondsSchema, p90: secondsSchema });

const stepSchema = z.object({
  kind: z.string(),
  /** Of a roundabout: by which exit it is left, counted from 1. */
  exit: z.int().nullable(),
  street: z.string().nullable(),
  text: z.object({ en: z.string(), zh: z.string() }),
  metres: metresSchema,
  seconds: secondsSchema,
  position: lonLatSchema,
  bearing: z.number(),
});

/** A way by road. `seconds` is driving time on the network; `eta` what such a journey takes a crew. */
export const roadRouteSchema = z.object({
  seconds: secondsSchema,
  eta: travelTimeSchema,
  metres: metresSchema,
  geometry: z.array(lonLatSchema),
  steps: z.array(stepSchema),
});
export const roadRoutesSchema = z.object({ routes: z.array(roadRouteSchema) });
export type RoadRoutes = z.output<typeof roadRoutesSchema>;

const points = (most: number) => z.array(lonLatSchema).min(1).max(most);

export const matrixBody = z
  .strictObject({ origins: points(2000), destinations: points(2000) })
  .refine(({ origins, destinations }) => origins.length * destinations.length <= 1_000_000, {
    path: ['destinations'],
    message: 'origins times destinations must not be more than 1,000,000',
  });
export const matrixSchema = z.object({
  /** Median travel time from origin i to destination j; `null` where there is no way. */
  seconds: z.array(z.array(secondsSchema.nullable())),
});

export const isochronesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.object({ seconds: secondsSchema }),
      geometry: z.object({
        type: z.literal('MultiPolygon'),
        coordinates: z.array(z.array(z.array(lonLatSchema))),
      }),
    }),
  ),
});

export const traceBody = z.strictObject({
  fixes: z
    .array(
      z.strictObject({
        position: lonLatSchema,
        /** Seconds on any clock that runs evenly. */
        at: secondsSchema,
        accuracy: metresSchema.optional(),
        bearing: z.number().min(0).max(360).optional(),
        speed: z.number().min(0).optional(),
      }),
    )
    .min(1)
    .max(20_000),
  /** Lets the vehicle go against one-way streets, as crews on a call do. */
  againstOneWay: z.boolean().default(false),
});
export const matchedTraceSchema = z.object({
  /** One for each fix; `null` where it has no place on the roads. */
  fixes: z.array(
    z
      .object({
        position: lonLatSchema,
        street: z.string().nullable(),
        confidence: z.number(),
        segment: z.int(),
      })
      .nullable(),
  ),
  segments: z.array(
    z.object({ firstFix: z.int(), lastFix: z.int(), metres: metresSchema, geometry: z.array(lonLatSchema) }),
  ),
});

/** Which street is at a position; `null` where none that has a name is near. */
export const streetAtSchema = z.object({ name: z.string().nullable() });

/** How the engine stands. */
export const roadStateSchema = z.object({
  /** `prepared`: answers come from the hierarchy; `searching`: weights have changed and it is being prepared again. */
  engine: z.enum(['prepared', 'searching']),
  /** Whether times were learnt from the agency's own trips. */
  calibrated: z.boolean(),
  /** Hours of the week in which the present usual times hold. */
  band: z.string(),
  /** Arcs whose time is not the usual one. */
  changedArcs: z.int(),
});
export type RoadState = z.output<typeof roadStateSchema>;
