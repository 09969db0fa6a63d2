import { Command, CommanderError } from 'commander';
import { registerDemo } from './commands/demo.js';
import { registerImport } from './commands/import.js';
import { registerPlaces } from './commands/places.js';
import { registerProject } from './commands/project.js';
import { registerRehearse } from './commands/rehearse.js';
import { registerReport } from './commands/report.js';
import { registerRoads } from './commands/roads.js';
import { registerServe } from './commands/serve.js';
import { registerUser } from './commands/user.js';
import { registerVerify } from './commands/verify.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { Failure, reasonOf } from './failure.js';
import { type Language, languageOf } from './language.js';
import { parseLanguage } from './options.js';
import { createTerminal, type Streams, type Terminal } from './terminal.js';
import { VERSION } from './version.js';

/** What each command does with its options; the exit code is 0 unless it says otherwise or throws a `Failure`. */
export type Action<Options> = (terminal: Terminal, options: Options) => Promise<ExitCode | undefined>;

/** Registers commands. `act` wraps an action with the terminal that `--json` and `--lang` ask for. */
export interface Registrar {
  readonly program: Command;
  /** Adds the options that every command has, and the examples under its help. */
  finish(command: Command, examples: string): Command;
  act<Options>(
    action: Action<Options>,
  ): (options: Options & CommonOptions, command: Command) => Promise<void>;
  /** The same for a command with one argument before its options. */
  actOn<Options>(
    action: (terminal: Terminal, argument: string, options: Options) => Promise<ExitCode | undefined>,
  ): (argument: string, options: Options & CommonOptions, command: Command) => Promise<void>;
}

export interface CommonOptions {
  readonly json?: true;
  readonly lang?: Language;
}

const EXIT_CODES = `
Exit codes:
  0    done
  1    something failed that was not the fault of the input (a server, a disk, a bug)
  2    the command line is wrong
  3    the input was refused: a file missing or damaged, rows that cannot be used, a command that was declined
  4    verify: an event of the log does not fit
  5    rehearse: calls were lost or doubled
  130  stopped by Ctrl-C or SIGTERM before the work was done

Conventions: positions are lon,lat in degrees (WGS 84), durations seconds, lengths metres, moments RFC 3339.
With --json the result is one JSON value on standard output; everything for people goes to standard error.
The language of messages follows LANG; --lang en or --lang zh-CN overrides it.

First steps:
  $ lamplight demo                                  a living city in the browser, nothing else needed
  $ lamplight roads build city.osm.pbf --out city.roads
  $ lamplight serve --network city.roads            the real thing
`;

/** Runs one command line and gives the exit code. Never throws. */
export async function runCli(args: readonly string[], streams: Streams): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  let terminal = createTerminal(streams, {
    language: languageOf(streams.environment),
    json: args.includes('--json'),
  });
  const terminalFor = ({ json, lang }: CommonOptions): Terminal => {
    terminal = createTerminal(streams, {
      language: lang ?? languageOf(streams.environment),
      json: json === true,
    });
    return terminal;
  };
  const program = new Command('lamplight')
    .description('Takes the call, sends the right crew, and can prove afterwards what happened and when.')
    .version(VERSION)
    .addHelpText('after', EXIT_CODES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    });
  const registrar: Registrar = {
    program,
    finish: (command, examples) =>
      command
        .option('--json', 'print the result as JSON on standard output')
        .option('--lang <language>', 'language of messages: en or zh-CN (default: from LANG)', parseLanguage)
        .addHelpText('after', `\n${examples.trim()}\n`),
    act: (action) => async (options) => {
      exit = (await action(terminalFor(options), options)) ?? EXIT.ok;
    },
    actOn: (action) => async (argument, options) => {
      exit = (await action(terminalFor(options), argument, options)) ?? EXIT.ok;
    },
  };
  registerServe(registrar);
  registerDemo(registrar);
  registerRoads(registrar);
  registerPlaces(registrar);
  registerImport(registrar);
  registerRehearse(registrar);
  registerReport(registrar);
  registerVerify(registrar);
  registerProject(registrar);
  registerUser(registrar);

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return tell(terminal, thrown);
  }
}

const ROWS_SHOWN = 20;

function tell(terminal: Terminal, thrown: unknown): ExitCode {
  if (terminal.streams.interrupted.aborted) {
    terminal.say('failed.interrupted');
    return EXIT.interrupted;
  }
  if (!(thrown instanceof Failure)) {
    terminal.say('failed.unexpected', { reason: reasonOf(thrown) });
    if (thrown instanceof Error && thrown.stack && terminal.streams.environment.LAMPLIGHT_DEBUG) {
      terminal.note(thrown.stack);
    }
    if (terminal.json) terminal.printJson({ error: { code: 'unexpected', message: reasonOf(thrown) } });
    return EXIT.failure;
  }
  terminal.note(terminal.translate(thrown.told));
  for (const { line, column, reason } of thrown.rows.slice(0, ROWS_SHOWN)) {
    terminal.say('row.at', { line, column, reason: terminal.translate(reason) });
  }
  if (thrown.rows.length > ROWS_SHOWN) {
    terminal.say('row.more', { count: thrown.rows.length - ROWS_SHOWN });
  }
  if (terminal.json) {
    const rows = thrown.rows.map(({ line, column, reason }) => ({
      line,
      column,
      reason: terminal.translate(reason),
    }));
    terminal.printJson({
      error: {
        code: thrown.code,
        message: terminal.translate(thrown.told),
        ...thrown.detail,
        ...(rows.length > 0 ? { rows } : {}),
      },
    });
  }
  return thrown.exit;
}
