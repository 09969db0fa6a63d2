import { type LonLat, metres } from '@lamplight/base';
import { placeDescriptionSchema, placeSearchSchema } from '@lamplight/contracts';
import type { Candidate, Geocoder, NearBy } from '@lamplight/places';
import { z } from 'zod';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

const degrees = (most: number) => z.coerce.number().min(-most).max(most);

/** Finding places by what is typed, and describing positions. From memory; nothing outside is asked. */
export function placeRoutes(app: App, geocoder: Geocoder | null): void {
  const search = z
    .object({
      q: z.string(),
      lon: degrees(180).optional(),
      lat: degrees(90).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(8),
      language: z.enum(['en', 'zh-CN']).default('en'),
    })
    .refine(({ lon, lat }) => (lon === undefined) === (lat === undefined), {
      path: ['lat'],
      message: 'lon and lat come together',
    });
  app.get(
    '/api/v1/places',
    { schema: { querystring: search, response: { 200: placeSearchSchema } } },
    async ({ query: { q, lon, lat, limit, language } }) => {
      const near: LonLat | undefined = lon === undefined || lat === undefined ? undefined : [lon, lat];
      const found = loaded(geocoder).search(q, { limit, language, ...(near && { near }) });
      return { typed: q, candidates: found.map(candidateView) };
    },
  );

  const here = z.object({
    lon: degrees(180),
    lat: degrees(90),
    within: z.coerce.number().min(1).max(5000).default(250),
  });
  app.get(
    '/api/v1/places/at',
    { schema: { querystring: here, response: { 200: placeDescriptionSchema } } },
    async ({ query: { lon, lat, within } }) => {
      const found = loaded(geocoder).reverse([lon, lat], { maxDistance: metres(within) });
      if (!found) throw new Failure('not-found', `Nothing is within ${within} m.`);
      const { label, address, intersection, street } = found;
      return {
        label: bilingual(label),
        address: address ? nearView(address) : null,
        intersection: intersection ? nearView(intersection) : null,
        street: street ? { ...nearView(street), houseNumbers: rangeOf(street.houseNumbers) } : null,
      };
    },
  );
}

function loaded(geocoder: Geocoder | null): Geocoder {
  if (!geocoder) throw new Failure('places-unavailable', 'No places are loaded on this server.');
  return geocoder;
}

const rangeOf = (numbers: readonly [string, string] | undefined): [string, string] | null =>
  numbers ? [numbers[0], numbers[1]] : null;

const bilingual = (text: Candidate['label']) => ({ en: text.en, zh: text['zh-CN'] });

const candidateView = ({ asTyped: _, label, matched, note, ...rest }: Candidate) => ({
  ...rest,
  label: bilingual(label),
  matched: [...matched],
  note: note ? bilingual(note) : null,
});

const nearView = ({ label, position, distance, bearing }: NearBy) => ({
  label: bilingual(label),
  position,
  metres: distance,
  bearing,
});
