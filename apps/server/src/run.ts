import { UsageError } from './arguments.js';
import type { ServerConfig } from './config.js';
import { startServer } from './server.js';

/**
 * Runs a server until it is told to stop. Prints one line of JSON with the addresses when it is ready, for whoever
 * started it. Exit status: 0 stopped as asked, 1 failed, 2 wrong options.
 */
export async function run(configure: () => ServerConfig): Promise<void> {
  try {
    const config = configure();
    const server = await startServer(config);
    const { url, mqttUrl, setupUrl } = server;
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    if (config.stopWithStdin) process.stdin.on('end', stop).resume();
    // Last: whoever reads this may tell us to stop at once.
    process.stdout.write(`${JSON.stringify({ ready: true, url, mqttUrl, setupUrl })}\n`);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`lamplight: ${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof UsageError) && error instanceof Error && error.stack)
    process.stderr.write(`${error.stack}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
