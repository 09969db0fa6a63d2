import { z } from 'zod';
import { localizedSchema, lonLatSchema, metresSchema } from './primitives.js';

/** A stretch of the typed text, in UTF-16 units, and what it was taken for. */
const matchedPartSchema = z.object({
  from: z.int(),
  to: z.int(),
  as: z.enum(['name', 'number', 'area', 'code', 'coordinates']),
});

/** One answer to a typed place. */
export const placeCandidateSchema = z.object({
  label: localizedSchema,
  kind: z.string(),
  /** How near the position is to what was asked for. */
  precision: z.enum(['address', 'interpolated', 'street', 'intersection', 'place', 'code', 'coordinates']),
  position: lonLatSchema,
  score: z.number(),
  matched: z.array(matchedPartSchema),
  /** The OSM tag of the place, such as `amenity=school`, or the empty string. */
  category: z.string(),
  /** What to know before relying on it. */
  note: localizedSchema.nullable(),
});
export type PlaceCandidate = z.output<typeof placeCandidateSchema>;

export const placeSearchSchema = z.object({
  /** Exactly what was typed. */
  typed: z.string(),
  candidates: z.array(placeCandidateSchema),
});
export type PlaceSearch = z.output<typeof placeSearchSchema>;

const nearBySchema = z.object({
  label: localizedSchema,
  position: lonLatSchema,
  metres: metresSchema,
  /** From what is named to the position asked for: degrees clockwise from north. */
  bearing: z.number(),
});

/** What is at a position. */
export const placeDescriptionSchema = z.object({
  label: localizedSchema,
  address: nearBySchema.nullable(),
  intersection: nearBySchema.nullable(),
  street: nearBySchema.extend({ houseNumbers: z.tuple([z.string(), z.string()]).nullable() }).nullable(),
});
export type PlaceDescription = z.output<typeof placeDescriptionSchema>;
