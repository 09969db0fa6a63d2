import type { LonLat } from '@lamplight/base';
import {
  callerHistorySchema,
  placeHistorySchema,
  premisesPageSchema,
  premisesSchema,
  type previewRecommendationBody,
  recommendationPreviewSchema,
  type savePremisesBody,
} from '@lamplight/contracts';
import { z } from 'zod';
import { type ApiClient, of } from './client.js';

/** What is asked while a call is being taken down, and what is known of places beforehand. */
export const intakeApi = ({ get, request }: ApiClient) => ({
  previewRecommendation: (body: z.input<typeof previewRecommendationBody>) =>
    request('POST', '/recommendations/preview', recommendationPreviewSchema, { body }),
  callerHistory: (number: string) =>
    get(`/callers/history?${new URLSearchParams({ number })}`, callerHistorySchema),
  placeHistory: ([lon, lat]: LonLat) => get(`/places/history?lon=${lon}&lat=${lat}`, placeHistorySchema),
  /** All premises by name, a large page at a time. */
  premises: (cursor: string | null) =>
    get(
      `/premises?${new URLSearchParams({ limit: '1000', ...(cursor === null ? {} : { cursor }) })}`,
      premisesPageSchema,
    ),
  savePremises: (id: string, body: z.input<typeof savePremisesBody>) =>
    request('PUT', of('premises', id), premisesSchema, { body }),
  removePremises: (id: string, version: number) =>
    request('DELETE', `${of('premises', id)}?version=${version}`, z.unknown()),
});
