import { type LonLat, metres, seconds } from '@lamplight/base';
import {
  isochronesSchema,
  matchedTraceSchema,
  matrixBody,
  matrixSchema,
  roadRoutesSchema,
  roadStateSchema,
  streetAtSchema,
  traceBody,
} from '@lamplight/contracts';
import type { Fix, IsochroneCollection, RoadsError } from '@lamplight/roads';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { RoadDesk } from '../roads/desk.js';
import type { GuidedRoute } from '../roads/tasks.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

/** A position in an address: `lon,lat` in degrees. */
const positionText = z.string().transform((text, context): LonLat => {
  const parts = text.split(',').map(Number);
  const [lon = Number.NaN, lat = Number.NaN] = parts;
  if (parts.length !== 2 || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
    context.addIssue({ code: 'custom', message: 'must be lon,lat in degrees, longitude first' });
    return z.NEVER;
  }
  return [lon, lat];
});

const minutesText = z.string().transform((text, context): number[] => {
  const minutes = text.split(',').map(Number);
  if (minutes.length > 8 || !minutes.every((value) => value > 0 && value <= 120)) {
    context.addIssue({ code: 'custom', message: 'must be up to 8 numbers of minutes above 0 and up to 120' });
    return z.NEVER;
  }
  return minutes;
});

/** Questions to the road engine. All are answered on threads of their own. */
export function roadRoutes(app: App, roads: RoadDesk | null, clock: Clock): void {
  const way = z.object({
    from: positionText,
    to: positionText,
    alternatives: z.coerce.number().int().min(0).max(4).default(0),
  });
  app.get(
    '/api/v1/roads/routes',
    { schema: { querystring: way, response: { 200: roadRoutesSchema } } },
    async ({ query: { from, to, alternatives } }) => {
      const desk = loaded(roads);
      const found = await desk.routes(from, to, 1 + alternatives);
      if (!found.ok) throw refusal(found.error);
      return { routes: found.value.map((guided) => routeView(guided, desk)) };
    },
  );

  const ground = z.object({
    at: positionText,
    minutes: minutesText.default([5, 10]),
    direction: z.enum(['away', 'towards']).default('away'),
  });
  app.get(
    '/api/v1/roads/isochrones',
    { schema: { querystring: ground, response: { 200: isochronesSchema } } },
    async ({ query: { at, minutes, direction } }) => {
      const times = minutes.map((value) => seconds(60 * value));
      const found = await loaded(roads).isochrones(at, times, direction);
      if (!found.ok) throw refusal(found.error);
      return isochronesView(found.value);
    },
  );

  app.post(
    '/api/v1/roads/matrix',
    { schema: { body: matrixBody, response: { 200: matrixSchema } } },
    async ({ body: { origins, destinations } }) => {
      const desk = loaded(roads);
      const driving = await desk.matrix(origins, destinations, null);
      const medianOf = (time: number | undefined) =>
        time !== undefined && Number.isFinite(time) ? desk.etaOf(seconds(time)).p50 : null;
      return {
        seconds: origins.map((_, row) =>
          destinations.map((_to, column) => medianOf(driving[row * destinations.length + column])),
        ),
      };
    },
  );

  app.post(
    '/api/v1/roads/match',
    { schema: { body: traceBody, response: { 200: matchedTraceSchema } } },
    async ({ body: { fixes, againstOneWay } }) => {
      const matched = await loaded(roads).match(fixes.map(withoutGaps), againstOneWay);
      return {
        fixes: matched.fixes.map((fix) => fix && { ...fix }),
        segments: matched.segments.map(({ metres: length, geometry, ...rest }) => ({
          ...rest,
          metres: metres(length),
          geometry: [...geometry],
        })),
      };
    },
  );

  app.get(
    '/api/v1/roads/street',
    { schema: { querystring: z.object({ at: positionText }), response: { 200: streetAtSchema } } },
    async ({ query: { at } }) => ({ name: loaded(roads).findStreet(at) ?? null }),
  );

  app.get('/api/v1/roads/state', { schema: { response: { 200: roadStateSchema } } }, async () =>
    loaded(roads).state(clock.now()),
  );
}

function loaded(roads: RoadDesk | null): RoadDesk {
  if (!roads) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
  return roads;
}

const refusal = ({ code, message }: RoadsError): Failure =>
  new Failure(code === 'off-network' ? 'off-network' : 'unreachable', message);

function routeView({ route, steps }: GuidedRoute, desk: RoadDesk) {
  return {
    seconds: route.duration,
    eta: desk.etaOf(route.duration),
    metres: route.length,
    geometry: [...route.geometry],
    steps: steps.map(({ en, zh }) => ({
      kind: en.kind,
      exit: en.exit ?? null,
      street: en.name?.local ?? null,
      text: { en: en.text, zh: zh.text },
      metres: en.length,
      seconds: en.duration,
      position: en.position,
      bearing: en.bearing,
    })),
  };
}

function isochronesView({ features }: IsochroneCollection) {
  return {
    type: 'FeatureCollection' as const,
    features: features.map(({ properties, geometry }) => ({
      type: 'Feature' as const,
      properties,
      geometry: {
        type: 'MultiPolygon' as const,
        coordinates: geometry.coordinates.map((polygon) => polygon.map((ring) => [...ring])),
      },
    })),
  };
}

/** A quantity that was not given is left out, as the engine takes it. */
function withoutGaps({
  position,
  at,
  accuracy,
  bearing,
  speed,
}: z.output<typeof traceBody>['fixes'][number]): Fix {
  return {
    position,
    at,
    ...(accuracy !== undefined && { accuracy }),
    ...(bearing !== undefined && { bearing }),
    ...(speed !== undefined && { speed }),
  };
}
