import { after, type LonLat, metres, seconds } from '@lamplight/base';
import {
  callerHistorySchema,
  type PastIncident,
  PREMISES_RADIUS_LIMIT,
  placeHistorySchema,
  previewRecommendationBody,
  recommendationPreviewSchema,
  textSchema,
} from '@lamplight/contracts';
import type { Incident } from '@lamplight/domain';
import { type Database, listCallsFrom, listIncidentsNear, listPremisesNear } from '@lamplight/store';
import { z } from 'zod';
import type { Principal } from '../auth/policy.js';
import type { Clock } from '../clock.js';
import type { Recommender } from '../desk/recommender.js';
import type { App } from './app-type.js';
import { Failure, Refused } from './failure.js';
import { principalOf } from './guard.js';
import { premisesView } from './premises.js';

export interface IntakeDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly clock: Clock;
  readonly recommender: Recommender | null;
  readonly noteLook: (principal: Principal, subject: string) => Promise<void>;
}

/** "Near" for what happened before: the same block, not the same quarter. */
const NEAR = metres(150);
const PAST = seconds(90 * 24 * 3600);
const SHOWN = 20;

/** What a call-taker is told while the caller is still talking: who would come, and what was there before. */
export function intakeRoutes(app: App, dependencies: IntakeDependencies): void {
  const { database, agency, clock, recommender, noteLook } = dependencies;

  // It changes nothing, and so needs no idempotency key; it is a POST because nobody's position belongs in an address.
  app.post(
    '/api/v1/recommendations/preview',
    { schema: { body: previewRecommendationBody, response: { 200: recommendationPreviewSchema } } },
    async (request) => {
      if (!recommender) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
      const at = clock.now();
      const preview = await recommender.preview(request.body, at);
      if (!preview.ok) {
        throw new Refused({ code: preview.error, subject: request.body.typeCode ?? '' });
      }
      const { candidates, excluded, requirements, alarmLevel } = preview.value;
      return {
        at,
        alarmLevel,
        requirements,
        excluded: [...excluded],
        candidates: candidates.map((candidate) => ({ ...candidate, reasons: [...candidate.reasons] })),
      };
    },
  );

  app.get(
    '/api/v1/callers/history',
    {
      schema: {
        querystring: z.object({ number: textSchema(50) }),
        response: { 200: callerHistorySchema },
      },
    },
    async (request) => {
      const { number } = request.query;
      await noteLook(principalOf(request), `caller:${number}`);
      const found = await listCallsFrom(database, agency, number, SHOWN);
      return {
        calls: found.map(({ call: { id, channel, ringAt, outcome }, incident }) => ({
          callId: id,
          channel,
          ringAt,
          outcome,
          incident: incident && pastView(incident),
        })),
      };
    },
  );

  const here = z.object({
    lon: z.coerce.number().min(-180).max(180),
    lat: z.coerce.number().min(-90).max(90),
  });
  app.get(
    '/api/v1/places/history',
    { schema: { querystring: here, response: { 200: placeHistorySchema } } },
    async (request) => {
      const at: LonLat = [request.query.lon, request.query.lat];
      const principal = principalOf(request);
      await noteLook(principal, `place:${at[0].toFixed(5)},${at[1].toFixed(5)}`);
      const [incidents, premises] = await Promise.all([
        listIncidentsNear(database, agency, at, {
          within: NEAR,
          since: after(clock.now(), seconds(-PAST)),
          limit: SHOWN,
        }),
        listPremisesNear(database, agency, at, { within: NEAR, furthest: metres(PREMISES_RADIUS_LIMIT) }),
      ]);
      return {
        incidents: incidents.map(({ incident, away }) => ({
          ...pastView(incident),
          metres: away,
          words: incident.location?.words ?? null,
          label: incident.location?.label ?? null,
        })),
        premises: premises.map((each) => ({
          ...premisesView(each.premises, principal),
          metres: each.away,
        })),
      };
    },
  );
}

const pastView = ({
  id,
  number,
  typeCode,
  priority,
  status,
  disposition,
  openedAt,
}: Incident): PastIncident => ({ id, number, typeCode, priority, status, disposition, openedAt });
