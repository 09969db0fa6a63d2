import { instant } from '@lamplight/base';
import { identifierSchema, passwordSchema, ROLES, type Role, usernameSchema } from '@lamplight/contracts';
import { appendAudit, createAccount } from '@lamplight/store';
import { InvalidArgumentError } from 'commander';
import { misused, refused } from '../failure.js';
import { askNewPassword, readPasswordLine } from '../password.js';
import type { Registrar } from '../program.js';
import { AGENCY_OPTION, DATA_OPTION, STORE_HELP, type StoreOptions, withStore } from '../store-session.js';
import type { Terminal } from '../terminal.js';

interface UserOptions extends StoreOptions {
  readonly role: readonly Role[];
  readonly name?: string;
  readonly unit?: string;
  readonly passwordStdin?: true;
}

export function registerUser({ program, finish, actOn }: Registrar): void {
  const user = program.command('user').description('Accounts of people who sign in');
  const command = user
    .command('add')
    .description('Make an account')
    .argument('<username>', '2 to 32 lower-case letters, digits, dots, dashes or underscores')
    .requiredOption('--role <roles>', `one or more of ${ROLES.join(', ')}, separated by commas`, parseRoles)
    .option('--name <text>', 'the name that others see (default: the user name)')
    .option('--unit <id>', 'the unit that a patrol belongs to')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option(...DATA_OPTION)
    .option(...AGENCY_OPTION)
    .action(actOn<UserOptions>(addUser));
  finish(
    command,
    `
Asks for the password without showing it. A password is never taken from the command line, where other users of the
machine could read it. It needs at least 12 characters; length is what counts.
${STORE_HELP}

Examples:
  $ lamplight user add li.wei --role dispatcher,supervisor --name "Li Wei"
  $ pass show lamplight/car7 | lamplight user add car7 --role patrol --unit P07 --password-stdin
`,
  );
}

function parseRoles(text: string): Role[] {
  return text.split(',').map((part) => {
    const role = ROLES.find((known) => known === part.trim());
    if (role) return role;
    throw new InvalidArgumentError(`"${part.trim()}" is no role; known are ${ROLES.join(', ')}.`);
  });
}

async function addUser(terminal: Terminal, username: string, options: UserOptions): Promise<undefined> {
  if (!usernameSchema.safeParse(username).success) throw misused('usage.username', { username });
  if (options.unit !== undefined && !identifierSchema.safeParse(options.unit).success) {
    throw misused('usage.unit', { unit: options.unit });
  }
  await withStore(terminal, options, async ({ database, agency }) => {
    const password = options.passwordStdin
      ? await readPasswordLine(terminal)
      : await askNewPassword(terminal);
    if (!passwordSchema.safeParse(password).success) throw refused('refused.password-weak');
    const at = instant(Date.now());
    const roles = [...new Set(options.role)];
    const made = await createAccount(
      database,
      agency.id,
      {
        username,
        displayName: options.name ?? username,
        password,
        roles,
        ...(options.unit === undefined ? {} : { unitId: options.unit }),
        locale: terminal.language,
      },
      at,
    );
    if (!made.ok) throw refused('refused.username-taken', { username });
    await appendAudit(database, agency.id, {
      at,
      actor: 'process:user-add',
      action: 'add-account',
      subject: `account:${username}`,
      detail: { roles },
    });
    if (terminal.json) terminal.printJson({ id: made.value.id, username, roles, agency: agency.id });
    else
      terminal.print(
        terminal.translate({ key: 'user.added', values: { username, roles: roles.join(', ') } }),
      );
  });
}
