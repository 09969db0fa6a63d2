import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Instant, isTimeZone, parseInstant } from '@lamplight/base';
import { localizedSchema } from '@lamplight/contracts';
import type { Localized } from '@lamplight/domain';
import type { ServerConfig } from './config.js';
import { fieldsOf } from './fields.js';

/** A wrong option: the process ends with a usage error that names it. */
export class UsageError extends Error {}

const COMMON = {
  data: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  'mqtt-host': { type: 'string' },
  'mqtt-port': { type: 'string' },
  network: { type: 'string' },
  'agency-file': { type: 'string' },
  'console-folder': { type: 'string' },
  'log-level': { type: 'string' },
  metrics: { type: 'string' },
  'stop-with-stdin': { type: 'boolean' },
} as const;

const PRODUCTION = { ...COMMON, https: { type: 'boolean' }, 'trust-proxy': { type: 'boolean' } } as const;

const REHEARSAL = {
  ...COMMON,
  mode: { type: 'string' },
  'clock-scale': { type: 'string' },
  'clock-origin': { type: 'string' },
  'clock-anchor': { type: 'string' },
} as const;

type CommonValues = {
  readonly [Name in keyof typeof COMMON]?:
    | ((typeof COMMON)[Name]['type'] extends 'boolean' ? boolean : string)
    | undefined;
};
type Environment = Readonly<Record<string, string | undefined>>;

/** Options of the production server. Secrets come by the environment: `DATABASE_URL`, `MQTT_URL`, `MQTT_PASSWORD`. */
export function productionArguments(
  argv: readonly string[],
  environment: Environment,
): Omit<ServerConfig, 'clock'> {
  const values = parse(argv, PRODUCTION);
  return {
    ...common(values, environment),
    mode: 'production',
    host: values.host ?? '127.0.0.1',
    https: values.https ?? false,
    trustProxy: values['trust-proxy'] ?? false,
  };
}

export interface RehearsalClock {
  readonly scale: number;
  readonly origin: Instant;
  readonly anchor: Instant;
}

/** Options of the server of a demo or rehearsal: it listens on loopback only and runs on a scaled clock. */
export function rehearsalArguments(
  argv: readonly string[],
  environment: Environment,
): { config: Omit<ServerConfig, 'clock'>; clock: RehearsalClock } {
  const values = parse(argv, REHEARSAL);
  const host = values.host ?? '127.0.0.1';
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new UsageError(
      '--host: a rehearsal opens its roles to anyone and therefore listens on loopback only',
    );
  }
  const scale = Number(values['clock-scale'] ?? '1');
  if (!(scale >= 0.1 && scale <= 10_000))
    throw new UsageError('--clock-scale: must be a number from 0.1 to 10000');
  return {
    config: {
      ...common(values, environment),
      mode: values.mode === 'demo' ? 'demo' : 'rehearsal',
      host,
      https: false,
      trustProxy: false,
    },
    clock: {
      scale,
      origin: instantOption('clock-origin', values['clock-origin']),
      anchor: instantOption('clock-anchor', values['clock-anchor']),
    },
  };
}

function parse<Options extends Record<string, { type: 'string' | 'boolean' }>>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function common(values: CommonValues, environment: Environment) {
  const data = values.data ?? join(homedir(), '.local', 'share', 'lamplight');
  const { DATABASE_URL, MQTT_URL, MQTT_USERNAME, MQTT_PASSWORD } = environment;
  const mqtt: ServerConfig['mqtt'] = MQTT_URL
    ? {
        kind: 'external',
        url: MQTT_URL,
        ...(MQTT_USERNAME ? { username: MQTT_USERNAME } : {}),
        ...(MQTT_PASSWORD ? { password: MQTT_PASSWORD } : {}),
      }
    : {
        kind: 'embedded',
        host: values['mqtt-host'] ?? '127.0.0.1',
        port: portOption('mqtt-port', values['mqtt-port'], 1883),
      };
  return {
    data,
    ...(DATABASE_URL ? { databaseUrl: DATABASE_URL } : {}),
    port: portOption('port', values.port, 8080),
    mqtt,
    network: values.network ?? null,
    agency: agencyOption(values['agency-file']),
    consoleFolder: values['console-folder'] ?? fileURLToPath(new URL('../../console/dist', import.meta.url)),
    logLevel: values['log-level'] ?? 'info',
    ...(metricsOption(values.metrics) && { metrics: 'loopback' as const }),
    stopWithStdin: values['stop-with-stdin'] ?? false,
  };
}

function portOption(name: string, text: string | undefined, usual: number): number {
  const port = Number(text ?? usual);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--${name}: must be a port number from 0 to 65535, not ${text}`);
  }
  return port;
}

function metricsOption(text: string | undefined): boolean {
  if (text === undefined || text === 'administrators') return false;
  if (text === 'loopback') return true;
  throw new UsageError(`--metrics: must be administrators or loopback, not ${text}`);
}

function instantOption(name: string, text: string | undefined): Instant {
  const parsed = parseInstant(text ?? '');
  if (!parsed.ok) throw new UsageError(`--${name}: ${parsed.error}`);
  return parsed.value;
}

const DEFAULT_AGENCY = {
  id: 'agency',
  name: { en: 'Lamplight', zh: '万家灯火' },
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** The agency's id, name and time zone, from a JSON file. */
function agencyOption(file: string | undefined): { id: string; name: Localized; timeZone: string } {
  if (file === undefined) return DEFAULT_AGENCY;
  const content = readJson(file);
  const { id, name, timeZone } = fieldsOf(content);
  const localized = localizedSchema.safeParse(name);
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
    throw new UsageError(
      `--agency-file: id must be 1 to 32 letters, digits, dashes or underscores in ${file}`,
    );
  }
  if (!localized.success) throw new UsageError(`--agency-file: name must be { "en": …, "zh": … } in ${file}`);
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
    throw new UsageError(`--agency-file: timeZone must be an IANA name such as Asia/Shanghai in ${file}`);
  }
  return { id, name: localized.data, timeZone };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `--agency-file: ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
