import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Client, clientAs } from './fixtures/client.js';
import { endAll, finally_, soon } from './fixtures/server.js';
import { Watcher } from './fixtures/watcher.js';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const built = existsSync(join(dist, 'main.js')) && existsSync(join(dist, 'main-rehearsal.js'));

afterAll(endAll);

interface Run {
  readonly process: ChildProcess;
  output: string;
  errors: string;
  exit: Promise<number | null>;
}

function run(main: string, ...options: string[]): Run {
  const child = spawn(process.execPath, [join(dist, main), '--port', '0', '--mqtt-port', '0', ...options], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started: Run = {
    process: child,
    output: '',
    errors: '',
    exit: new Promise((resolve) => child.on('exit', resolve)),
  };
  child.stdout.on('data', (data) => {
    started.output += data;
  });
  child.stderr.on('data', (data) => {
    started.errors += data;
  });
  finally_(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await started.exit;
  });
  return started;
}

async function ready(started: Run): Promise<{ url: string; mqttUrl: string; setupUrl: string | null }> {
  const line = await soon(() => {
    if (!started.output.includes('\n')) throw new Error(started.errors);
    return started.output.split('\n')[0] ?? '';
  });
  return JSON.parse(line);
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lamplight-process-'));
  finally_(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const CLOCK = ['--clock-origin', '2026-01-01T00:00:00Z', '--clock-anchor', new Date().toISOString()];

describe.skipIf(!built)(built ? 'the process' : 'the process (skipped: apps/server is not built)', () => {
  it('stops on SIGTERM with everything it started, refuses a second one meanwhile, and goes on later', async () => {
    const data = folder();
    const first = run('main-rehearsal.js', '--data', data, ...CLOCK);
    const { url } = await ready(first);
    const dispatcher = await clientAs(url, 'dispatcher');
    const { callId } = await dispatcher.done('/calls', { callerNumber: '1' });
    expect(JSON.parse(first.output.split('\n')[0] ?? '')).toMatchObject({ ready: true, setupUrl: null });
    // Also with a client on the line, and one that was turned away from it.
    await new Watcher(dispatcher).opened();
    const refused = new Watcher(new Client(url));
    await soon(() => expect(refused.closed).toBe(401));

    const second = run('main-rehearsal.js', '--data', data, ...CLOCK);
    expect(await second.exit).toBe(1);
    expect(second.errors).toMatch(/lamplight: .*(use|running)/);
    expect(second.output).toBe('');

    first.process.kill('SIGTERM');
    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);

    const third = run('main-rehearsal.js', '--data', data, ...CLOCK);
    const again = await clientAs((await ready(third)).url, 'dispatcher');
    expect((await again.get(`/calls/${callId}`)).json.callerNumber).toBe('1');
    third.process.kill('SIGINT');
    expect(await third.exit).toBe(0);

    const production = run('main.js', '--data', data);
    expect(await production.exit).toBe(1);
    expect(production.errors).toMatch(/demo or rehearsal.*--data/);
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--nonsense'], '--nonsense'],
    [['--clock-scale', '60'], '--clock-scale'],
    [['--agency-file', '/nothing.json'], '--agency-file'],
  ])('says what is wrong with %j', async (options, name) => {
    const started = run('main.js', '--data', folder(), ...options);
    expect(await started.exit).toBe(2);
    expect(started.errors).toContain(name);
    expect(started.errors).not.toMatch(/at .*\.js:/);
  });
});
