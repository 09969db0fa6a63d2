import type { Localized } from '@lamplight/domain';
import type { Clock } from './clock.js';

/** Everything a server is started with. */
export interface ServerConfig {
  /** Folder of the embedded database; also where a network is looked for. */
  readonly data: string;
  /** An external PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
  readonly host: string;
  readonly port: number;
  readonly mqtt:
    | { readonly kind: 'embedded'; readonly host: string; readonly port: number }
    | {
        readonly kind: 'external';
        readonly url: string;
        readonly username?: string;
        readonly password?: string;
      };
  /** File of the road network; without one there are no travel times and no recommendations. */
  readonly network: string | null;
  readonly agency: { readonly id: string; readonly name: Localized; readonly timeZone: string };
  readonly mode: 'production' | 'rehearsal' | 'demo';
  readonly clock: Clock;
  /** Browsers reach the server by HTTPS, through a proxy in front of it. */
  readonly https: boolean;
  readonly trustProxy: boolean;
  /** Who gets `/metrics`: administrators only, unless opened to programs on this machine. */
  readonly metrics?: 'loopback';
  readonly consoleFolder: string | null;
  readonly logLevel: string;
  /** Stop when standard input ends: whoever started the server is gone. */
  readonly stopWithStdin: boolean;
  /** Where the log goes; standard error when not given. */
  readonly logSink?: { write(line: string): void };
}
