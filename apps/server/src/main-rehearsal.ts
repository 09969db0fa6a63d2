import { rehearsalArguments } from './arguments.js';
import { scaledClock } from './clock.js';
import { run } from './run.js';

/** The server of a demo or a rehearsal: loopback only, one-click roles, and a clock that can run fast. */
await run(() => {
  const { config, clock } = rehearsalArguments(process.argv.slice(2), process.env);
  return { ...config, clock: scaledClock(clock.origin, clock.anchor, clock.scale) };
});
