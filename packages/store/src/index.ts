export * from './accounts/index.js';
export { type Agency, findAgency, listStations, type Station, saveAgency, saveStations } from './agencies.js';
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
export {
  dropPositionsBefore,
  type PositionCounts,
  type PositionRow,
  PositionWriter,
  type PositionWriterOptions,
  readTrack,
} from './positions.js';
export * from './response/index.js';
