import { productionArguments } from './arguments.js';
import { SYSTEM_CLOCK } from './clock.js';
import { run } from './run.js';

/** The production server. It knows only the clock of the machine. */
await run(() => ({ ...productionArguments(process.argv.slice(2), process.env), clock: SYSTEM_CLOCK }));
