import { readInput } from '../files.js';
import { readStationRows } from '../import/station-rows.js';
import { readTypeRows } from '../import/type-rows.js';
import { readUnitRows } from '../import/unit-rows.js';
import { importStations, importTypes, importUnits } from '../import/write.js';
import type { MessageKey } from '../messages.js';
import type { Registrar } from '../program.js';
import {
  AGENCY_OPTION,
  DATA_OPTION,
  STORE_HELP,
  type StoreOptions,
  type StoreSession,
  withStore,
} from '../store-session.js';
import type { Terminal } from '../terminal.js';

interface ImportOptions extends StoreOptions {
  readonly dryRun?: true;
}

interface Kind<Item> {
  readonly name: 'stations' | 'units' | 'types';
  readonly description: string;
  readonly help: string;
  read(bytes: Uint8Array, file: string): Item[];
  write(session: StoreSession, items: readonly Item[]): Promise<void>;
  readonly done: MessageKey;
}

/** Each import reads and checks the whole file before it writes anything. */
export function registerImport(registrar: Registrar): void {
  const command = registrar.program
    .command('import')
    .description("Read an agency's stations, units or incident types from CSV")
    .addHelpText(
      'after',
      `
The first line of a file names its columns. Every row is checked before anything is written; what is wrong is told by
line, column and reason. Rows of an id that is known already replace it, so a file can be corrected and read again.
${STORE_HELP}
`,
    );
  const add = <Item>(kind: Kind<Item>): void => {
    const sub = command
      .command(kind.name)
      .description(kind.description)
      .argument('<file>', 'a CSV file with a heading, UTF-8')
      .option('--dry-run', 'check the file and write nothing')
      .option(...DATA_OPTION)
      .option(...AGENCY_OPTION)
      .action(
        registrar.actOn<ImportOptions>((terminal, file, options) => run(kind, terminal, file, options)),
      );
    registrar.finish(sub, kind.help);
  };
  add({
    name: 'stations',
    description: 'Places that units belong to',
    help: `
Columns: id (or station), name_en (or name, address), name_zh (default: name_en), kind (default: station), lon, lat
(degrees).

Example:
  $ lamplight import stations stations.csv
What happens next: 'lamplight import units' can name these stations.
`,
    read: readStationRows,
    write: importStations,
    done: 'import.stations',
  });
  add({
    name: 'units',
    description: 'Vehicles and crews that can be sent',
    help: `
Columns: id (or unit), call_sign (default: id), type, capabilities (ids separated by spaces, such as
"ambulance-als ambulance-bls"), station (an id that was imported, may be empty), lon, lat (home; default: the
station's), minimum_crew (1 to 30, default 1).

Example:
  $ lamplight import units units.csv --json
What happens next: the units are on the boards at once, off duty until their crews begin.
`,
    read: readUnitRows,
    write: importUnits,
    done: 'import.units',
  });
  add({
    name: 'types',
    description: "Incident types of the agency's own",
    help: `
Columns: code (letters, digits, dashes), name_en, name_zh, family (such as medical, fire, traffic), priority (1, the
most urgent, to 5), run_card (the id of one that Lamplight comes with, such as medical-high).

Example:
  $ lamplight import types types.csv --dry-run
`,
    read: readTypeRows,
    write: importTypes,
    done: 'import.types',
  });
}

async function run<Item>(
  kind: Kind<Item>,
  terminal: Terminal,
  file: string,
  options: ImportOptions,
): Promise<undefined> {
  const items = kind.read(await readInput(file), file);
  if (options.dryRun !== true) {
    await withStore(terminal, options, (session) => kind.write(session, items));
  }
  if (terminal.json) {
    terminal.printJson({ imported: kind.name, rows: items.length, written: options.dryRun !== true });
    return;
  }
  const key = options.dryRun === true ? 'import.checked' : kind.done;
  terminal.print(terminal.translate({ key, values: { count: items.length, file } }));
}
