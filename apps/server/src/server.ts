import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, instant, seconds } from '@lamplight/base';
import { agencySettingsSchema } from '@lamplight/contracts';
import { type Location, ResponseBoard, rulesOf, type Target } from '@lamplight/domain';
import {
  appendAudit,
  connectDatabase,
  createSetupLink,
  type Database,
  findAgency,
  findEntity,
  isSetUp,
  listDevices,
  migrate,
  openDatabase,
  openNotices,
  openResponseLog,
  PositionWriter,
  readEntity,
  saveAgency,
  verifyDevice,
  verifyOsmandKey,
} from '@lamplight/store';
import pino, { type Logger } from 'pino';
import { openAgencyProfile } from './administration/agency-profile.js';
import { createAuditor } from './administration/auditor.js';
import { createCityBuilds } from './administration/city-builds.js';
import { createDeviceSightings } from './administration/device-sightings.js';
import { forgetWhatIsOver } from './administration/retention.js';
import { createSessions } from './auth/sessions.js';
import { openCity } from './city.js';
import type { ServerConfig } from './config.js';
import { type LiveCatalogue, openLiveCatalogue } from './desk/live-catalogue.js';
import { createRecommender } from './desk/recommender.js';
import { fieldsOf } from './fields.js';
import { accountRoutes } from './http/accounts.js';
import { administrationRoutes } from './http/administration.js';
import { agencyRoutes } from './http/agency.js';
import { createApp } from './http/app.js';
import { callRoutes } from './http/calls.js';
import { catalogueRoutes } from './http/catalogue.js';
import { cityRoutes } from './http/city.js';
import { conditionRoutes } from './http/conditions.js';
import { configurationRoutes } from './http/configuration.js';
import { deviceRoutes } from './http/devices.js';
import { healthRoutes } from './http/health.js';
import { incidentRoutes } from './http/incidents.js';
import { ingestRoutes } from './http/ingest.js';
import { intakeRoutes } from './http/intake.js';
import { mapRoutes } from './http/map.js';
import { overviewRoutes } from './http/overview.js';
import { paperRoutes } from './http/paper.js';
import { placeRoutes } from './http/places.js';
import { premisesRoutes } from './http/premises.js';
import { createReads } from './http/reads.js';
import { replayRoutes } from './http/replay.js';
import { reportRoutes } from './http/reports.js';
import { roadRoutes } from './http/roads.js';
import { searchRoutes } from './http/search.js';
import { settingRoutes } from './http/settings.js';
import { unitRoutes } from './http/units.js';
import { createBus } from './ingest/broker.js';
import { historyRow } from './ingest/history.js';
import { createIntake } from './ingest/intake.js';
import { takeReport } from './ingest/reports.js';
import { createTracker } from './ingest/tracker.js';
import { fixOf } from './live/fix.js';
import { createHub } from './live/hub.js';
import { createPresence } from './live/presence.js';
import { liveRoutes } from './live/routes.js';
import { followConditions } from './process/conditions.js';
import { startReactions } from './process/reactions.js';
import { createRoadConditionsPort } from './roads/condition-edges.js';
import type { RoadDesk } from './roads/desk.js';
import { VERSION } from './version.js';

export interface RunningServer {
  readonly url: string;
  readonly mqttUrl: string;
  /** Where the first administrator is made, while there is none. */
  readonly setupUrl: string | null;
  stop(): Promise<void>;
}

/** How old a position may be before the unit is no longer recommended on its strength. */
const STALE_AFTER = seconds(5 * 60);
/**
 * What is over stays in memory this long, so that late reports and second looks cost nothing. Longer than the longest
 * day, the one on which clocks are set back: numbers of incidents count within a day.
 */
const KEEP_ENDED = seconds(26 * 3600);
const SECOND = 1000;
const TICK_MS = 5 * SECOND;
const MINUTE = 60 * SECOND;
/** What the server does by itself gets this long to finish when it stops; a start looks at everything again. */
const STOP_PATIENCE_MS = 5 * SECOND;
/** Within this time of a start, devices have reported where they are. */
const FIRST_REPORTS_MS = 30 * SECOND;

/** Puts the whole server together, in the order in which its parts need each other, and starts it. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const logger = createLogger(config);
  const { agency, clock } = config;
  const closers: (() => Promise<unknown> | unknown)[] = [];
  /** Everything is closed, in reverse order, also when one part fails to: a database left running helps nobody. */
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const closer of closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `The server did not stop cleanly: ${failures.join('; ')}`);
  };

  try {
    // Where an uploaded map goes, and is looked for, when no other place is named.
    const networkFile = config.network ?? join(config.data, 'city', 'city.roads');
    const city =
      config.network === null && !existsSync(networkFile)
        ? null
        : await openCity(
            networkFile,
            await readFile(networkFile),
            { timeZone: agency.timeZone, now: clock.now() },
            logger,
          );
    closers.push(() => city?.close());
    const roads = city?.roads ?? null;

    const postgres = await openDatabase({
      data: config.data,
      mode: 'own',
      ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    });
    closers.push(() => postgres.stop());
    postgres.onUnexpectedExit((exit) => logger.error({ exit }, 'PostgreSQL ended; starting it again'));
    const database = await connectDatabase({
      connectionString: postgres.connectionString,
      maxConnections: 20,
      onConnectionLost: (error) => logger.warn({ err: error }, 'a database connection was lost'),
    });
    closers.push(() => database.close());
    await migrate(database);
    const epoch = await settleAgency(database, agency, config.mode);
    const profile = await openAgencyProfile(database, agency);
    const catalogue = await openLiveCatalogue(database, agency.id, logger);
    closers.push(() => catalogue.close());
    const rules = rulesOf(() => catalogue.current);

    const board = new ResponseBoard();
    const log = await openResponseLog(database, {
      agency: agency.id,
      rules,
      recentSince: after(clock.now(), seconds(-KEEP_ENDED)),
      keepEnded: KEEP_ENDED,
      onError: (error) => logger.error({ err: error }, 'the log cannot be followed'),
    });
    closers.push(() => log.close());
    for (const entity of log.loaded) board.put(entity);

    const positions = new PositionWriter(database, {
      onError: (error) => logger.warn({ err: error }, 'positions could not be written'),
    });
    closers.push(() => positions.close());
    const tracker = createTracker({
      now: () => clock.now(),
      staleAfter: STALE_AFTER,
      onHistory: async (rows) => {
        for (const { deviceId, receiveTime } of rows) sightings.note(deviceId, receiveTime);
        positions.append(rows.map((row) => historyRow(agency.id, row)));
      },
    });
    const sightings = createDeviceSightings(database, agency.id);
    closers.push(() => sightings.flush());
    closers.push(() => tracker.flushHistory());
    const notices = openNotices(database, {
      agency: agency.id,
      onNotice: (notice) => presence.hear(notice),
      onError: (error) => logger.warn({ err: error }, 'a notice to or from another server was lost'),
    });
    closers.push(() => notices.close());
    const presence = createPresence({
      onChange: () => hub.publishPresence(),
      share: (notice) => notices.send(notice),
      now: () => performance.now(),
    });
    closers.push(() => presence.close());
    const hub = createHub({
      board,
      epoch,
      clock,
      position: log.openedAt,
      listFixes: () => tracker.listLatest().map(fixOf),
      listPresent: () => presence.list(),
      catalogueRevision: () => catalogue.revision,
    });
    // Before anything is waited for: other servers write to the same log, and the board must not miss a commit.
    log.onCommitted((commit) => hub.publish(commit));

    let devices = await loadDevices(database, agency.id);
    const refreshDevices = async (): Promise<void> => {
      devices = await loadDevices(database, agency.id);
    };
    const bus = await createBus({
      agencyId: agency.id,
      broker:
        config.mqtt.kind === 'external'
          ? config.mqtt
          : {
              ...config.mqtt,
              verifyDevice: async (deviceId, secret) => {
                const device = await verifyDevice(database, agency.id, deviceId, secret);
                return device?.unitId ? { deviceId, unitId: device.unitId } : undefined;
              },
            },
      unitOfDevice: (deviceId) => devices.get(deviceId),
      log: logger,
    });
    closers.push(() => bus.stop());

    const recommender =
      roads && createRecommender({ board, tracker, roads, rules, catalogue, staleAfter: STALE_AFTER });
    const reactions = startReactions({
      board,
      recommender,
      bus,
      clock,
      log,
      logger,
      position: () => hub.position,
    });
    // Orders wait for a broker that may be away for good.
    closers.push(() => Promise.race([reactions.idle(), delay(STOP_PATIENCE_MS, undefined, { ref: false })]));
    // After the board and those who watch it: what the system does about it. What came before is reconciled below.
    log.onCommitted((commit) => reactions.onCommit(commit));

    catalogue.onChanged(() => {
      hub.tick();
      reactions.onCatalogueChanged();
    });

    const roadConditions =
      roads && createRoadConditionsPort(roads.network, (effects) => roads.apply(effects));
    const conditions = followConditions({
      board,
      clock,
      // Without a network there is nothing to apply them to; they begin and end all the same.
      port: roadConditions ?? { apply: () => undefined },
      logger,
      onApplied: () => reactions.onRoadsChanged(),
      onOver: (ids) => reactions.expire(ids),
    });
    closers.push(() => conditions.stop());
    log.onCommitted((commit) => conditions.onCommit(commit));

    /** Also of an assignment that ended long ago: a report about it is judged by the same rule. */
    const unitOfAssignment = async (id: string): Promise<string | undefined> => {
      const known = board.findAssignment(id);
      if (known) return known.unitId;
      const doc = await findEntity(database, agency.id, 'assignment', id);
      const found = doc && readEntity(doc);
      return found?.kind === 'assignment' ? found.entity.unitId : undefined;
    };
    const intake = createIntake({ tracker, now: () => clock.now() });
    bus.onPosition((deviceId, payload, unitId) => {
      intake.take(deviceId, unitId, { format: 'owntracks-mqtt', text: payload.toString('utf8') });
    });
    bus.onReport((deviceId, unitId, payload) => {
      if (deviceId !== undefined) sightings.note(deviceId, clock.now());
      return takeReport(
        { deviceId, unitId, payload },
        { unitOfAssignment, log, clock, logger, repeatOrders: reactions.repeatOrders },
      );
    });
    bus.onConnected(() => reactions.reconcile('orders'));

    const sessions = createSessions({ database, agency: agency.id, secureCookies: config.https });
    const app = await createApp({
      logger,
      version: VERSION,
      consoleFolder: config.consoleFolder,
      trustProxy: config.trustProxy,
      https: config.https,
      guard: {
        rehearsal: config.mode !== 'production',
        findPrincipal: (request) => sessions.findPrincipal(request),
        unitOf: (request) => unitOfRoute(request.params, board),
        metricsAtLoopback: config.metrics === 'loopback',
      },
    });
    closers.push(() => app.close());

    const reads = createReads({
      agency: agency.id,
      database,
      board,
      tracker,
      roads,
      recommender,
      clock,
    });
    const label = (location: Location): Location => labelled(location, roads);
    const commands = { log, clock };
    const auditor = createAuditor(database, agency.id);
    agencyRoutes(app, {
      database,
      agency,
      version: VERSION,
      mode: config.mode,
      clock,
      roads,
      board,
      profile,
      auditor,
    });
    reportRoutes(app, { agency, database, targets: () => generalTargets(catalogue) });
    searchRoutes(app, { agency: agency.id, database, reads });
    replayRoutes(app, { agency: agency.id, database, reads, clock });
    accountRoutes(app, {
      database,
      agency: agency.id,
      sessions,
      auditor,
      profile,
    });
    deviceRoutes(app, {
      database,
      agency: agency.id,
      auditor,
      sightings,
      onDeviceChanged: refreshDevices,
    });
    administrationRoutes(app, { database, agency: agency.id, auditor, profile });
    const builds = createCityBuilds({
      networkFile,
      folder: join(config.data, 'city'),
      logger,
      onEnd: ({ id, state, startedBy, fileName }) =>
        appendAudit(database, agency.id, {
          at: instant(Date.now()),
          actor: `account:${startedBy}`,
          action: `city-build-${state}`,
          subject: id,
          detail: { fileName },
        }).catch((error) => logger.error({ err: error }, 'the end of a map build was not noted')),
    });
    closers.push(() => builds.close());
    cityRoutes(app, { builds, codes: city?.codes ?? null, auditor });
    paperRoutes(app, { ...commands, database, agency, label });
    settingRoutes(app, { database, agency: agency.id });
    catalogueRoutes(app, catalogue);
    configurationRoutes(app, { database, agency, catalogue, board, clock });
    callRoutes(app, { ...commands, reads, label });
    incidentRoutes(app, {
      ...commands,
      reads,
      label,
      timeZone: agency.timeZone,
      etasOf: async (unitIds, incidentId, at) =>
        (await recommender?.etasOf(unitIds, incidentId, at)) ?? unitIds.map(() => null),
    });
    const noteLook = reads.noteLook;
    intakeRoutes(app, { database, agency: agency.id, clock, recommender, noteLook });
    premisesRoutes(app, { database, agency: agency.id, clock, noteLook });
    unitRoutes(app, { ...commands, reads });
    conditionRoutes(app, { ...commands, board, roads: roadConditions });
    liveRoutes(app, {
      hub,
      presence,
      findPrincipal: (request) => sessions.findPrincipal(request),
      onForgotten: (listener) => sessions.onForgotten(listener),
      noteLook: (principal) => reads.noteLook(principal, 'live'),
    });
    mapRoutes(app, city?.basemap ?? null);
    overviewRoutes(app, {
      agency,
      database,
      clock,
      targets: () => generalTargets(catalogue),
      noteLook: reads.noteLook,
    });
    placeRoutes(app, city?.geocoder ?? null);
    roadRoutes(app, roads, clock);
    healthRoutes(app, { database, hub, tracker, bus });
    ingestRoutes(app, {
      intake,
      verifySecret: async (id, secret) => senderOf(await verifyDevice(database, agency.id, id, secret)),
      verifyOsmandKey: async (id, key) => senderOf(await verifyOsmandKey(database, agency.id, id, key)),
    });

    const tidy = async (): Promise<void> => {
      const forgotten = await forgetWhatIsOver(database, agency.id, profile.get().retention, clock.now());
      logger.info({ forgotten }, 'what is not kept was forgotten');
    };
    const timers = [
      setInterval(() => void tidy().catch((error) => logger.warn({ err: error }, 'retention')), 60 * MINUTE),
      setInterval(
        () => void sightings.flush().catch((error) => logger.warn({ err: error }, 'device sightings')),
        MINUTE,
      ),
      setInterval(
        () => void profile.refresh().catch((error) => logger.warn({ err: error }, 'agency profile')),
        MINUTE,
      ),
      setInterval(() => hub.publishFixes(tracker.drainChanged().map(fixOf)), SECOND),
      setInterval(
        () => void tracker.flushHistory().catch((error) => logger.warn({ err: error }, 'history')),
        SECOND,
      ),
      setInterval(() => hub.tick(), TICK_MS),
      setInterval(
        () => void roads?.keepHour(clock.now()).catch((error) => logger.warn({ err: error }, 'roads')),
        MINUTE,
      ),
      setInterval(() => hub.forget(after(clock.now(), seconds(-KEEP_ENDED))), 10 * MINUTE),
      // Positions are not in the log: how far a unit still has to go is known once its device has reported.
      setTimeout(() => reactions.reconcile('eta'), FIRST_REPORTS_MS),
      // Another server on the same database may have added some.
      setInterval(
        () => void refreshDevices().catch((error) => logger.warn({ err: error }, 'devices')),
        MINUTE,
      ),
    ];
    closers.push(() => timers.forEach(clearInterval));

    // Whoever asks for a route from the first request on gets one that is open.
    await conditions.start();
    reactions.reconcile();
    await app.listen({ host: config.host, port: config.port });
    tidy().catch((error) => logger.warn({ err: error }, 'retention'));
    const url = addressOf(app.server.address(), config.host);
    const setUp = config.mode !== 'production' || (await isSetUp(database, agency.id));
    const setupUrl = setUp
      ? null
      : `${url}/setup#token=${await createSetupLink(database, agency.id, instant(Date.now()))}`;
    logger.info({ url, mqtt: bus.address, mode: config.mode }, 'Lamplight is listening');
    return { url, mqttUrl: bus.address, setupUrl, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Query strings can hold device keys, and headers hold cookies: neither is written down. */
function createLogger(config: ServerConfig): Logger {
  const options = {
    level: config.logLevel,
    base: null,
    redact: ['req.headers', 'headers', '*.password', '*.secret', '*.token'],
    serializers: {
      req: (request: { method: string; url: string; id: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
        id: request.id,
      }),
    },
  };
  // Standard output is for whoever started the server; the log goes beside it.
  return pino(options, config.logSink ?? pino.destination(2));
}

/**
 * Writes the agency down and returns the name of its log. A log is for real or for rehearsing, for ever: sessions that
 * a rehearsal gave to anyone must open nothing in production, and made-up calls do not belong among real ones.
 */
async function settleAgency(
  database: Database,
  agency: ServerConfig['agency'],
  mode: ServerConfig['mode'],
): Promise<string> {
  const known = await findAgency(database, agency.id);
  const settings = agencySettingsSchema.parse(known?.settings ?? {});
  const rehearsal = mode !== 'production';
  if (settings.rehearsal !== undefined && settings.rehearsal !== rehearsal) {
    throw new Error(
      rehearsal
        ? `The database holds the real log of ${agency.id}. Give a demo or rehearsal a data folder of its own with --data.`
        : `The database holds the log of a demo or rehearsal of ${agency.id}. Start the server on another data folder with --data.`,
    );
  }
  const epoch = settings.epoch ?? randomUUID();
  await saveAgency(database, {
    ...agency,
    name: { ...(settings.name ?? agency.name) },
    settings: { ...fieldsOf(known?.settings), epoch, rehearsal },
  });
  return epoch;
}

/** Which unit each enabled device belongs to. */
async function loadDevices(database: Database, agency: string): Promise<Map<string, string>> {
  const devices = new Map<string, string>();
  for (const { id, unitId, enabled } of await listDevices(database, agency)) {
    if (enabled && unitId !== null) devices.set(id, unitId);
  }
  return devices;
}

const senderOf = (device: { id: string; unitId: string | null } | undefined) =>
  device?.unitId ? { deviceId: device.id, unitId: device.unitId } : undefined;

/** Targets that hold for every incident; those of one service need the service first. */
function generalTargets({ current }: LiveCatalogue): Target[] {
  return current.targets.filter(({ scope }) => scope === 'any' || scope === 'city');
}

/** A place without a name gets that of its street; the caller's words stay as they are. */
function labelled(location: Location, roads: RoadDesk | null): Location {
  if (location.label !== null || !location.position || !roads) return location;
  return { ...location, label: roads.findStreet(location.position) ?? null };
}

/** The unit that a route is about: its own parameter, or the unit of the assignment it names. */
function unitOfRoute(params: unknown, board: ResponseBoard): string | undefined {
  const { unitId, assignmentId } = fieldsOf(params);
  if (typeof unitId === 'string') return unitId;
  return typeof assignmentId === 'string' ? board.findAssignment(assignmentId)?.unitId : undefined;
}

function addressOf(address: string | { port: number } | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
}
