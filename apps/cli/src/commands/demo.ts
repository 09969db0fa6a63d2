import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCity } from '@lamplight/simulation';
import { defaultDataFolder } from '@lamplight/store';
import { openCityRoads } from '../demo/city-roads.js';
import { runDemo } from '../demo/run.js';
import { findDemoState, isDemoFolder } from '../demo/state-file.js';
import { failed, refused } from '../failure.js';
import { numberBetween, parsePort } from '../options.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import { findFreePort, isPortFree } from '../world/server-process.js';

interface DemoOptions {
  readonly seed: string;
  readonly size: number;
  readonly speed: number;
  readonly port: number;
  readonly data?: string;
  readonly reset?: true;
  readonly headless?: true;
  readonly dispatcher: boolean;
}

export function registerDemo({ program, finish, act }: Registrar): void {
  const command = program
    .command('demo')
    .description('A living city in the browser: simulated residents, call-takers, crews')
    .option('--seed <text>', 'another seed is another city', 'lamplight')
    .option(
      '--size <nodes>',
      'road nodes of the city, 1000 to 200000',
      numberBetween(1000, 200_000, true),
      6000,
    )
    .option('--speed <number>', 'simulated seconds in a second, 1 to 60', numberBetween(1, 60), 10)
    .option('--port <number>', 'TCP port for the browser; 0 takes any free one', parsePort, 8080)
    .option('--data <folder>', 'where it is kept (default: ~/.local/share/lamplight/demo)')
    .option('--reset', 'start over with an empty database')
    .option('--no-dispatcher', 'leave it to people to send units and close incidents')
    .option('--headless', 'print the address and nothing else')
    .action(act<DemoOptions>(demo));
  finish(
    command,
    `
Generates a city that does not exist, builds its road network, its places, its base map and its prepared times, and
starts a server for it on loopback, whose roles anyone at this machine may take with one click. Residents ring,
call-takers answer, crews drive real routes and report by MQTT. When nobody at a console sends a unit within a quarter of
a minute, an automatic dispatcher follows the recommendation (--no-dispatcher: nobody does). Prints one URL when the city
is alive; runs until Ctrl-C. The next start goes on with the same data.

Examples:
  $ lamplight demo
  $ lamplight demo --seed harbour --size 20000 --speed 30 --port 9000
  $ lamplight demo --reset
What happens next: open the URL, choose a role, and take the next call.
`,
  );
}

async function demo(terminal: Terminal, options: DemoOptions): Promise<undefined> {
  const { environment, interrupted } = terminal.streams;
  const folder = options.data ?? join(defaultDataFolder(environment), 'demo');
  const say: Terminal['say'] = options.headless ? () => {} : terminal.say;
  if (options.reset && existsSync(folder)) {
    // A mistyped folder must not cost anyone their data.
    if (!isDemoFolder(folder)) throw refused('demo.not-ours', { folder });
    await rm(folder, { recursive: true, force: true });
    say('demo.reset', { folder });
  }
  const before = await findDemoState(folder);
  if (before && (before.seed !== options.seed || before.size !== options.size)) {
    throw refused('demo.other-city', { folder, seed: before.seed, size: before.size });
  }
  const port = options.port === 0 ? await findFreePort() : options.port;
  if (!(await isPortFree(port, '127.0.0.1'))) throw failed('failed.port-in-use', { port });

  say('demo.city');
  const city = generateCity({ seed: options.seed, size: options.size });
  const networkFile = join(folder, `${fileName(options.seed)}-${options.size}.roads`);
  const network = await openCityRoads(terminal, city, networkFile, () => say('demo.roads'));

  say('demo.starting');
  await runDemo({
    city,
    size: options.size,
    network,
    networkFile,
    folder,
    speed: options.speed,
    port,
    dispatcher: options.dispatcher,
    environment,
    signal: interrupted,
    onReady(url) {
      if (terminal.json) terminal.printJson({ url, city: city.name, speed: options.speed, data: folder });
      else terminal.print(url);
      say('demo.ready', {
        city: terminal.language === 'en' ? city.name.en : city.name.zh,
        speed: options.speed,
      });
      interrupted.addEventListener('abort', () => say('demo.stopping'), { once: true });
    },
    onRestart: () => say('demo.restarted'),
    onFault: (message) => {
      if (environment.LAMPLIGHT_DEBUG) terminal.note(message);
    },
  });
  say('demo.stopped', { folder });
}

/** A seed may be any text; a file name may not. */
const fileName = (seed: string): string =>
  `city-${encodeURIComponent(seed).replaceAll('%', '_').slice(0, 60)}`;
