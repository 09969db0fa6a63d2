import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** The command line is started once for each of its commands, one after the other. */
const LONG = 300_000;

it(
  'has reference pages that say what the code says',
  () => {
    const script = fileURLToPath(new URL('reference.mjs', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
  LONG,
);
