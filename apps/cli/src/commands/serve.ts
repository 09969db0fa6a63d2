import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { failed, reasonOf } from '../failure.js';
import { parsePort } from '../options.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import { requireProgram, SERVER_PROGRAM } from '../world/server-process.js';

interface ServeOptions {
  readonly data?: string;
  readonly port?: number;
  readonly host?: string;
  readonly network?: string;
  readonly mqttPort?: number;
  readonly agencyFile?: string;
  readonly metrics?: string;
}

export function registerServe({ program, finish, act }: Registrar): void {
  const command = program
    .command('serve')
    .description('Run the server: console, API, live stream, MQTT')
    .option('--data <folder>', 'where everything is kept (default: ~/.local/share/lamplight)')
    .option('--port <number>', 'TCP port for HTTP (default: 8080)', parsePort)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1; 0.0.0.0 for all)')
    .option('--mqtt-port <number>', 'TCP port for MQTT (default: 1883)', parsePort)
    .option(
      '--network <file>',
      "the road network, made by 'lamplight roads build' (default: city/city.roads in the data folder, as uploaded in the console)",
    )
    .option(
      '--agency-file <file>',
      'JSON with id, name {en, zh} and timeZone (IANA); a name set in the console goes before it',
    )
    .option('--metrics <who>', 'who gets /metrics: administrators (default) or loopback, too')
    .action(act<ServeOptions>(serve));
  finish(
    command,
    `
The first start prints a one-time link with which the first administrator sets a user name and password. Nothing has a
default password. PostgreSQL comes along and keeps its files in the data folder; set DATABASE_URL for a server of your
own (13 or newer). SIGTERM and Ctrl-C stop it cleanly; the exit code is the server's.

Beside the network city.roads these are found by their names; any may be missing, but one that is there and cannot be read
stops the start:
  city.places             to search addresses and name positions
  city.pmtiles            the base map
  city.hierarchy          prepared travel times
  city.calibration.json   what recorded trips say of travel times, from 'lamplight roads calibrate'
  city.codes.csv          the agency's location codes: code, lon, lat, name

Examples:
  $ lamplight serve --network city.roads
  $ DATABASE_URL=postgres://… lamplight serve --host 0.0.0.0 --port 80 --network city.roads
What happens next: open the link, then 'lamplight import stations' and 'lamplight import units'.
`,
  );
}

async function serve(terminal: Terminal, options: ServeOptions): Promise<ExitCode> {
  const given: [flag: string, value: string | number | undefined][] = [
    ['--data', options.data],
    ['--port', options.port],
    ['--host', options.host],
    ['--mqtt-port', options.mqttPort],
    ['--network', options.network],
    ['--agency-file', options.agencyFile],
    ['--metrics', options.metrics],
  ];
  const args = given.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
  const { environment, interrupted, stderr } = terminal.streams;
  const child = spawn(process.execPath, [requireProgram(SERVER_PROGRAM.production), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = findReady(line);
    if (ready) tellReady(terminal, ready);
    else stderr.write(`${line}\n`);
  });
  // From a terminal, Ctrl-C reaches the child by itself; a SIGTERM on top does it no harm.
  const forward = (): void => {
    child.kill('SIGTERM');
  };
  interrupted.addEventListener('abort', forward, { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(failed('failed.server-start', { reason: reasonOf(error) })));
    child.on('close', (code) => {
      interrupted.removeEventListener('abort', forward);
      resolve(exitCodeOf(code, interrupted.aborted));
    });
  });
}

/** What the server says, once, when it is ready. */
interface Ready {
  readonly url: string;
  readonly mqttUrl: string;
  readonly setupUrl: string | null;
}

function findReady(line: string): Ready | undefined {
  if (!line.startsWith('{"ready":true')) return undefined;
  const said: unknown = JSON.parse(line);
  if (typeof said !== 'object' || said === null || !('url' in said) || !('mqttUrl' in said)) return undefined;
  const link = 'setupUrl' in said ? said.setupUrl : null;
  return {
    url: String(said.url),
    mqttUrl: String(said.mqttUrl),
    setupUrl: link === null ? null : String(link),
  };
}

function tellReady(terminal: Terminal, { url, mqttUrl, setupUrl }: Ready): void {
  if (terminal.json) {
    terminal.printJson({ url, mqttUrl, setupUrl });
    return;
  }
  terminal.print(url);
  terminal.say('serve.ready', { mqtt: mqttUrl });
  if (setupUrl !== null) terminal.say('serve.setup', { link: setupUrl });
}

/** The server's own code where it is one of ours; killed by a signal that we forwarded counts as done. */
function exitCodeOf(code: number | null, interrupted: boolean): ExitCode {
  const known = Object.values(EXIT).find((value) => value === code);
  return known ?? (interrupted ? EXIT.ok : EXIT.failure);
}
