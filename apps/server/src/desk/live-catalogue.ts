import { readOwnCatalogue } from '@lamplight/contracts';
import { type AgencyCatalogue, createCatalogue, type OwnCatalogue } from '@lamplight/domain';
import { type Configuration, type Database, followConfiguration, readConfiguration } from '@lamplight/store';
import type { BaseLogger } from 'pino';

/** The agency's catalogue as it holds now, in all servers on the database. */
export interface LiveCatalogue {
  readonly current: AgencyCatalogue;
  readonly own: OwnCatalogue;
  /** Grows with every change. */
  readonly revision: number;
  /** Reads again. Whoever waits for it goes by every change that was saved before. */
  refresh(): Promise<void>;
  onChanged(listener: () => void): void;
  close(): Promise<void>;
}

/** Reads the catalogue and keeps it as the configuration in the database says, whichever server changes that. */
export async function openLiveCatalogue(
  database: Database,
  agency: string,
  logger: BaseLogger,
): Promise<LiveCatalogue> {
  const listeners: (() => void)[] = [];
  let { revision, own, catalogue } = read(await readConfiguration(database, agency));

  const refresh = async (): Promise<void> => {
    const configuration = await readConfiguration(database, agency);
    // An answer that was overtaken by a later one must not bring the past back.
    if (configuration.revision <= revision) return;
    ({ revision, own, catalogue } = read(configuration));
    for (const listener of listeners) listener();
  };
  const following = followConfiguration(database, agency, () => {
    refresh().catch((error: unknown) =>
      logger.error({ err: error }, 'the catalogue could not be read again'),
    );
  });
  return {
    get current() {
      return catalogue;
    },
    get own() {
      return own;
    },
    get revision() {
      return revision;
    },
    refresh,
    onChanged: (listener) => void listeners.push(listener),
    close: () => following.close(),
  };
}

function read(configuration: Configuration) {
  const own = readOwnCatalogue(configuration.sections);
  return { revision: configuration.revision, own, catalogue: createCatalogue(own) };
}
