import { identifierSchema, localizedSchema, serverInfoSchema, stationSchema } from '@lamplight/contracts';
import type { Localized, ResponseBoard } from '@lamplight/domain';
import {
  type Database,
  isSetUp,
  type Json,
  listStations,
  removeStation,
  type Station,
  saveStations,
} from '@lamplight/store';
import { z } from 'zod';
import type { AgencyProfiles } from '../administration/agency-profile.js';
import type { Auditor } from '../administration/auditor.js';
import type { Clock } from '../clock.js';
import type { RoadDesk } from '../roads/desk.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

export interface AgencyDependencies {
  readonly database: Database;
  readonly agency: { readonly id: string; readonly name: Localized; readonly timeZone: string };
  readonly version: string;
  readonly mode: 'production' | 'rehearsal' | 'demo';
  readonly clock: Clock;
  readonly roads: RoadDesk | null;
  readonly board: ResponseBoard;
  readonly profile: AgencyProfiles;
  readonly auditor: Auditor;
}

/** What the agency is and has: its name, stations, network, and how well it does. */
export function agencyRoutes(app: App, dependencies: AgencyDependencies): void {
  const { database, agency, version, mode, clock, roads, board, profile, auditor } = dependencies;
  let ready = mode !== 'production';

  app.get('/api/v1/info', { schema: { response: { 200: serverInfoSchema } } }, async () => {
    ready ||= await isSetUp(database, agency.id);
    return {
      name: profile.get().name,
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
      const known = new Map((await listStations(database, agency.id)).map((each) => [each.id, each]));
      await saveStations(
        database,
        agency.id,
        stations.map(({ id, name, kind, position }) => ({ id, name, kind, at: position, detail: {} })),
      );
      // A list that was read in from elsewhere is one change; what somebody edits is told field by field.
      const [only] = stations;
      if (only && stations.length === 1) {
        const { id, ...after } = only;
        const before = known.get(id);
        await auditor.note(request, before ? 'station-changed' : 'station-added', id, {
          ...(before && { before: describe(before) }),
          after: { ...after, name: { ...after.name }, position: [...after.position] },
        });
      } else await auditor.note(request, 'stations-saved', null, { count: stations.length });
      reply.code(204);
    },
  );
  app.delete(
    '/api/v1/stations/:stationId',
    { schema: { params: z.object({ stationId: identifierSchema }) } },
    async (request, reply) => {
      const { stationId } = request.params;
      const units = [...board.units.values()].filter((unit) => unit.stationId === stationId && !unit.retired);
      if (units.length > 0) {
        const callSigns = units.slice(0, 10).map(({ callSign }) => callSign);
        throw new Failure('station-in-use', callSigns.join(', '), { subject: stationId });
      }
      const before = (await listStations(database, agency.id)).find(({ id }) => id === stationId);
      if (!before || !(await removeStation(database, agency.id, stationId))) {
        throw new Failure('not-found', 'There is no such station.', { subject: stationId });
      }
      await auditor.note(request, 'station-removed', stationId, { before: describe(before) });
      reply.code(204);
    },
  );
}

const describe = ({ name, kind, at }: Station): { [field: string]: Json } => ({
  name,
  kind,
  position: [...at],
});

const networkOf = ({ network }: RoadDesk) => ({
  bounds: network.bounds,
  nodes: network.nodeCount,
  arcs: network.arcCount,
});
