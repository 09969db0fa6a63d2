// A process that owns a data folder: prints what it has once PostgreSQL is there, and stops on SIGTERM.
import { openDatabase } from '../dist/index.js';

const [data, mode] = process.argv.slice(2);
try {
  const server = await openDatabase({ data, mode });
  const alive = setInterval(() => {}, 1_000);
  process.once('SIGTERM', async () => {
    await server.stop();
    clearInterval(alive);
  });
  // Last: whoever reads this may send the signal at once.
  console.log(JSON.stringify({ kind: server.kind, connectionString: server.connectionString }));
} catch (error) {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
