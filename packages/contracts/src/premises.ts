import { z } from 'zod';
import { identifierSchema, instantSchema, lonLatSchema, metresSchema, textSchema } from './primitives.js';

/** What is known of a place beforehand: what is dangerous there, who has the keys, how one gets in. */

export const HAZARD_KINDS = [
  'fire',
  'chemical',
  'gas',
  'electricity',
  'structure',
  'water',
  'violence',
  'animals',
  'health',
  'other',
] as const;
export type HazardKind = (typeof HAZARD_KINDS)[number];

export const hazardSchema = z.strictObject({ kind: z.enum(HAZARD_KINDS), text: textSchema(300) });
export type Hazard = z.output<typeof hazardSchema>;

/** Personal data: told to those at the desk, who ring them up. */
export const keyHolderSchema = z.strictObject({
  name: textSchema(100),
  number: textSchema(50),
  note: textSchema(200).nullable().default(null),
});
export type KeyHolder = z.output<typeof keyHolderSchema>;

/** Further away than this nobody would look for it. */
export const PREMISES_RADIUS_LIMIT = 500;

const facts = {
  name: textSchema(200),
  position: lonLatSchema,
  /** How far from the position it reaches. */
  radius: metresSchema.refine((radius) => radius <= PREMISES_RADIUS_LIMIT, {
    message: `must be at most ${PREMISES_RADIUS_LIMIT} metres`,
  }),
  hazards: z.array(hazardSchema).max(20),
  access: textSchema(1000).nullable().default(null),
};

export const savePremisesBody = z.strictObject({
  ...facts,
  /** The version that was edited; 0 for premises that are new. */
  version: z.int().min(0),
  /** Left out, those there are stay: not everyone who may edit hazards may see the key-holders. */
  keyHolders: z.array(keyHolderSchema).max(10).nullable().default(null),
});

export const premisesSchema = z
  .object({
    ...facts,
    id: identifierSchema,
    version: z.int(),
    /** `null` for those who may not see them. */
    keyHolders: z.array(keyHolderSchema).nullable(),
    changedAt: instantSchema,
    changedBy: z.string(),
  })
  .meta({ id: 'Premises' });
export type PremisesView = z.output<typeof premisesSchema>;

export const premisesPageSchema = z.object({
  premises: z.array(premisesSchema),
  next: z.string().nullable(),
});
