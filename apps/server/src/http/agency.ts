import {
  catalogueSchema,
  instantSchema,
  intervalReportSchema,
  localizedSchema,
  serverInfoSchema,
  stationSchema,
} from '@lamplight/contracts';
import type { AgencyCatalogue, Localized } from '@lamplight/domain';
import { CAPABILITIES, DISPOSITIONS, findDutyAvailability, UNIT_STATUSES } from '@lamplight/domain';
import { appendAudit, type Database, isSetUp, listStations, saveStations } from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { RoadDesk } from '../roads/desk.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';
import type { Reads } from './reads.js';

export interface AgencyDependencies {
  readonly database: Database;
  readonly agency: { readonly id: string; readonly name: Localized; readonly timeZone: string };
  readonly catalogue: AgencyCatalogue;
  readonly version: string;
  readonly mode: 'production' | 'rehearsal' | 'demo';
  readonly clock: Clock;
  readonly roads: RoadDesk | null;
  readonly reads: Reads;
}

/** What the agency is and has: its name, catalogue, stations, network, and how well it does. */
export function agencyRoutes(app: App, dependencies: AgencyDependencies): void {
  const { database, agency, catalogue, version, mode, clock, roads, reads } = dependencies;
  let ready = mode !== 'production';

  app.get('/api/v1/info', { schema: { response: { 200: serverInfoSchema } } }, async () => {
    ready ||= await isSetUp(database, agency.id);
    return {
      name: agency.name,
      agency: agency.id,
      timeZone: agency.timeZone,
      version,
      mode,
      clockScale: clock.scale,
      now: clock.now(),
      network: roads && networkOf(roads),
      ready,
    };
  });

  const networkSchema = serverInfoSchema.shape.network.unwrap();
  app.get('/api/v1/network', { schema: { response: { 200: networkSchema } } }, async () => {
    if (!roads) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
    return networkOf(roads);
  });

  app.get('/api/v1/catalogue', { schema: { response: { 200: catalogueSchema } } }, async () => ({
    incidentTypes: catalogue.incidentTypes.map(({ code, name, family, priority, runCard }) => ({
      code,
      name,
      family,
      priority,
      runCard,
    })),
    dispositions: DISPOSITIONS.map(({ code, name }) => ({ code, name })),
    unitStatuses: UNIT_STATUSES.map(({ code, name, meaning }) => ({
      code,
      name,
      meaning,
      availability: findDutyAvailability(code) ?? ('unavailable' as const),
    })),
    capabilities: CAPABILITIES.map(({ id, name }) => ({ id, name })),
  }));

  app.get('/api/v1/stations', { schema: { response: { 200: z.array(stationSchema) } } }, async () => {
    const stations = await listStations(database, agency.id);
    return stations.map(({ id, name, kind, at }) => ({
      id,
      name: localizedSchema.parse(name),
      kind,
      position: at,
    }));
  });
  app.put(
    '/api/v1/stations',
    { schema: { body: z.strictObject({ stations: z.array(stationSchema).max(10_000) }) } },
    async (request, reply) => {
      const { stations } = request.body;
      await saveStations(
        database,
        agency.id,
        stations.map(({ id, name, kind, position }) => ({ id, name, kind, at: position, detail: {} })),
      );
      await appendAudit(database, agency.id, {
        at: clock.now(),
        actor: `account:${principalOf(request).username}`,
        action: 'stations-saved',
        subject: null,
        detail: { count: stations.length },
      });
      reply.code(204);
    },
  );

  const period = z.object({ from: instantSchema, to: instantSchema });
  app.get(
    '/api/v1/reports/intervals',
    { schema: { querystring: period, response: { 200: intervalReportSchema } } },
    async (request) => {
      const { from, to } = request.query;
      if (from >= to) {
        throw new Failure('request-invalid', 'to: must be after from', {
          errors: [{ field: 'to', reason: 'must be after from' }],
        });
      }
      return reads.getIntervalReport(from, to);
    },
  );
}

const networkOf = ({ network }: RoadDesk) => ({
  bounds: network.bounds,
  nodes: network.nodeCount,
  arcs: network.arcCount,
});
