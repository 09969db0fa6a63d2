import type { LonLat } from '@lamplight/base';
import {
  type amendRoadConditionBody,
  type declareRoadConditionBody,
  isochronesSchema,
  placeDescriptionSchema,
  placeSearchSchema,
  type previewRoadPlaceBody,
  roadConditionShapesSchema,
  roadPlacePreviewSchema,
  roadRoutesSchema,
  streetAtSchema,
} from '@lamplight/contracts';
import type { z } from 'zod';
import type { UiLocale } from '../format.js';
import { type ApiClient, of } from './client.js';

/** Places, what can be reached from them, and the state of the streets. */
export const roadsApi = ({ get, request, command }: ApiClient) => ({
  places: (typed: string, near: LonLat | null, language: UiLocale) =>
    get(
      `/places?${new URLSearchParams({
        q: typed,
        language,
        ...(near && { lon: String(near[0]), lat: String(near[1]) }),
      })}`,
      placeSearchSchema,
    ),
  placeAt: ([lon, lat]: LonLat) => get(`/places/at?lon=${lon}&lat=${lat}`, placeDescriptionSchema),
  isochrones: ([lon, lat]: LonLat, minutes: readonly number[], direction: 'away' | 'towards') =>
    get(
      `/roads/isochrones?at=${lon},${lat}&minutes=${minutes.join()}&direction=${direction}`,
      isochronesSchema,
    ),
  /** The fastest way between two places, and what it takes a crew. */
  ways: (from: LonLat, to: LonLat) =>
    get(`/roads/routes?from=${from[0]},${from[1]}&to=${to[0]},${to[1]}`, roadRoutesSchema),
  /** The name of the street at a position, as road conditions know it. */
  streetAt: ([lon, lat]: LonLat) => get(`/roads/street?at=${lon},${lat}`, streetAtSchema),
  /** What a place would stand for, were a condition declared there. */
  previewCondition: (place: z.input<typeof previewRoadPlaceBody>['place']) =>
    request('POST', '/conditions/preview', roadPlacePreviewSchema, { body: { place } }),
  conditionShapes: () => get('/conditions/shapes', roadConditionShapesSchema),
  declareCondition: (key: string, body: z.input<typeof declareRoadConditionBody>) =>
    command('/conditions', key, body),
  amendCondition: (key: string, id: string, changes: z.input<typeof amendRoadConditionBody>) =>
    command(of('conditions', id), key, changes, 'PATCH'),
  liftCondition: (key: string, id: string, reason: string) =>
    command(`${of('conditions', id)}/lift`, key, { reason }),
});
