import { ResponseFold, rebuildProjections } from '@lamplight/store';
import type { Registrar } from '../program.js';
import { AGENCY_OPTION, DATA_OPTION, STORE_HELP, type StoreOptions, withStore } from '../store-session.js';
import type { Terminal } from '../terminal.js';

export function registerProject({ program, finish, act }: Registrar): void {
  const project = program
    .command('project')
    .description('Work on the projections: the tables that are made from the event log');
  const command = project
    .command('rebuild')
    .description('Drop the projections and make them anew from the whole log')
    .option(...DATA_OPTION)
    .option(...AGENCY_OPTION)
    .action(act<StoreOptions>(rebuild));
  finish(
    command,
    `
The log is the truth and is not touched; the tables are what it adds up to. Needed after an upgrade that says so. One
transaction: readers see the old tables until the new ones are complete.
${STORE_HELP} A server that runs has to be started again afterwards.

Example:
  $ lamplight project rebuild
`,
  );
}

async function rebuild(terminal: Terminal, options: StoreOptions): Promise<undefined> {
  await withStore(terminal, options, async ({ database, agency }) => {
    const bar = terminal.progress(terminal.translate({ key: 'project.progress' }));
    const made = await rebuildProjections(
      database,
      agency.id,
      () => new ResponseFold(),
      (done, total) => bar.update(done / total),
    ).finally(() => bar.stop());
    if (terminal.json) terminal.printJson({ agency: agency.id, ...made });
    else terminal.print(terminal.translate({ key: 'project.rebuilt', values: { ...made } }));
  });
}
