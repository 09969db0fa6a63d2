import { verifyLog } from '@lamplight/store';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Registrar } from '../program.js';
import { AGENCY_OPTION, DATA_OPTION, STORE_HELP, type StoreOptions, withStore } from '../store-session.js';
import type { Terminal } from '../terminal.js';

export function registerVerify({ program, finish, act }: Registrar): void {
  const command = program
    .command('verify')
    .description('Recompute the whole chain of the event log and name the first event that does not fit')
    .option(...DATA_OPTION)
    .option(...AGENCY_OPTION)
    .action(act<StoreOptions>(verify));
  finish(
    command,
    `
Every event carries the hash of the one before it, so that one that was changed, taken out or put in is noticed. Exit
code 4 and the position when something does not fit; then nothing after that position can be trusted. Note the head
that is printed somewhere else: whoever can write to the database could write a whole new chain, but not that note.
${STORE_HELP}

Example:
  $ lamplight verify --json
`,
  );
}

async function verify(terminal: Terminal, options: StoreOptions): Promise<ExitCode> {
  return withStore(terminal, options, async ({ database, agency }) => {
    const bar = terminal.progress(terminal.translate({ key: 'verify.progress' }));
    const result = await verifyLog(database, agency.id, (done, total) => bar.update(done / total)).finally(
      () => bar.stop(),
    );
    if (result.ok) {
      const { events, head } = result.value;
      if (terminal.json) terminal.printJson({ agency: agency.id, ok: true, events, head });
      else terminal.print(terminal.translate({ key: 'verify.fits', values: { events, head } }));
      return EXIT.ok;
    }
    const { position, reason } = result.error;
    if (terminal.json) terminal.printJson({ agency: agency.id, ok: false, position, reason });
    const why = terminal.translate({ key: `verify.fault.${reason}` });
    terminal.say('verify.broken', { position, why });
    return EXIT.chainBroken;
  });
}
