export * from './accounts/index.js';
export {
  type Agency,
  changeAgencySettings,
  findAgency,
  listStations,
  removeStation,
  type Station,
  saveAgency,
  saveStations,
} from './agencies.js';
export {
  type Configuration,
  type ConfigurationChange,
  type ConfigurationOutcome,
  type ConfigurationVersion,
  countIncidentsByType,
  followConfiguration,
  type IncidentCount,
  listConfigurationVersions,
  readConfiguration,
  saveConfiguration,
} from './configuration.js';
export { type ConnectOptions, connectDatabase, type Database } from './database.js';
export {
  type DatabaseServer,
  defaultDataFolder,
  type OpenDatabaseOptions,
  openDatabase,
} from './embedded/open-database.js';
export type { UnexpectedExit } from './embedded/server.js';
export { STORE_ERROR_CODES, StoreError, type StoreErrorCode } from './errors.js';
export * from './log/index.js';
export { MIGRATIONS, migrate } from './migrations/migrate.js';
export type { Migration } from './migrations/migration.js';
export { type Notices, type NoticesOptions, openNotices } from './notices.js';
export { countOpened, countWork, findFirstStart } from './overview.js';
export {
  dropPositionsBefore,
  type PositionCounts,
  type PositionRow,
  PositionWriter,
  type PositionWriterOptions,
  readTrack,
} from './positions.js';
export {
  findPremises,
  listPremises,
  listPremisesNear,
  type NearPremises,
  type Premises,
  type PremisesFilter,
  removePremises,
  savePremises,
} from './premises.js';
export {
  listByRoots,
  listOnDutyAt,
  listOpenAt,
  readCallSigns,
  readEventsUntil,
  readLastPositions,
  readTracks,
  type TrackPoint,
} from './replay.js';
export { type ReportRow, readReportRows } from './reports.js';
export * from './response/index.js';
export { dropReceiptsBefore } from './retention.js';
export {
  countIncidents,
  type IncidentSearch,
  type IncidentSearchPage,
  searchIncidents,
  searchTerms,
} from './search.js';
