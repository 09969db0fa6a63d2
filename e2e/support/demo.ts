import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

export interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

/** The demo as a user starts it, in a folder of its own on a free port. Options are those of `lamplight demo`. */
export async function startDemo(...options: readonly string[]): Promise<Demo> {
  const data = await mkdtemp(join(tmpdir(), 'lamplight-e2e-'));
  const args = [CLI, 'demo', '--data', join(data, 'demo'), '--port', '0', '--json', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    readUrl(child.stdout),
    ended.then(() => {
      throw new Error(`the demo ended: ${output}`);
    }),
  ]);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function readUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stdout) {
    text += chunk;
    const url = /"url":\s*"([^"]+)"/.exec(text)?.[1];
    if (url) return url;
  }
  throw new Error(`no address in ${text}`);
}
