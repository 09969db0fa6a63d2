import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNetwork, serializeNetwork } from '@lamplight/roads';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, describe, expect, it } from 'vitest';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { CLI } from './support/demo.js';
import { PATIENCE } from './support/page.js';
import { en } from './support/texts.js';

const LONG = 180_000;
const PASSWORD = 'correct horse battery staple';

// Without a Chromium there is no browser to test in; `.ci/run` makes that a failure instead.
describe.skipIf(!hasBrowser)('the first start of a real server', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  }, LONG);

  it(
    'makes its administrator by the link, then takes a call and recommends the unit that came on duty',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lamplight-e2e-'));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      const data = join(folder, 'data');
      const city = generateCity({ seed: 'first-start', size: 1500 });
      const network = buildNetwork(encodeOsmPbf(city));
      if (!network.ok) throw new Error(network.error.message);
      await writeFile(join(folder, 'city.roads'), serializeNetwork(network.value.network));
      const [lon, lat] = city.origin;
      const columns = 'id,call_sign,type,capabilities,station,lon,lat,minimum_crew';
      await writeFile(
        join(folder, 'units.csv'),
        `${columns}\nP01,P01,patrol,patrol traffic,,${lon},${lat},2\n`,
      );

      const port = await freePort();
      const ports = ['--port', String(port), '--mqtt-port', String(await freePort())];
      const server = spawn(process.execPath, [
        CLI,
        'serve',
        '--data',
        data,
        ...ports,
        '--network',
        join(folder, 'city.roads'),
      ]);
      closers.push(async () => {
        server.kill('SIGTERM');
        await once(server, 'exit');
      });
      const link = await findInOutput(server, /http:\/\/\S+\/setup#token=\S+/);

      const browser: Browser = await startBrowser();
      closers.push(() => browser.close());
      const page = await (
        await browser.open({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
      ).newPage();
      await page.goto(link);
      await expect.poll(() => page.url(), { timeout: PATIENCE }).not.toContain('token');
      await page.locator('input[autocomplete=name]').fill('Ada');
      await page.locator('input[autocomplete=username]').fill('ada');
      await page.locator('input[type=password]').fill(PASSWORD);
      await page.locator('button[type=submit]').click();
      await page.getByRole('heading', { name: en['queue.title'] }).waitFor();

      await lamplight('', 'import', 'units', join(folder, 'units.csv'), '--data', data);
      await lamplight(
        PASSWORD,
        'user',
        'add',
        'desk',
        '--role',
        'dispatcher',
        '--password-stdin',
        '--data',
        data,
      );
      const desk = await (
        await browser.open({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
      ).newPage();
      await desk.goto(`http://127.0.0.1:${port}/sign-in`);
      await desk.locator('input[autocomplete=username]').fill('desk');
      await desk.locator('input[type=password]').fill(PASSWORD);
      await desk.locator('button[type=submit]').click();

      // A unit without a crew is no help; with one it is the first to be recommended.
      await desk.getByText('P01').first().click();
      await desk.getByRole('button', { name: en['units.beginDuty'] }).click();
      await desk.getByLabel(en['units.crewNames']).fill('Zhang\nLi');
      await desk.getByRole('dialog').getByRole('button', { name: en['units.beginDuty'] }).click();
      await desk.getByRole('button', { name: en['units.endDuty'] }).waitFor();
      await desk.keyboard.press('Escape');
      await desk
        .getByRole('button', { name: new RegExp(en['queue.newCall']) })
        .first()
        .click();
      await desk.getByLabel(en['intake.words']).fill('by the old gate');
      await desk.getByRole('button', { name: en['intake.useCentre'] }).click();
      await desk.getByRole('combobox', { name: en['intake.type'] }).fill('THREATS');
      await desk.getByRole('option').first().waitFor();
      await desk.getByRole('combobox', { name: en['intake.type'] }).press('Enter');
      await desk.locator('.intake button[type=submit]').click();
      await desk.locator('.dispatch-button').filter({ hasText: 'P01' }).waitFor();
    },
    LONG,
  );
});

/** Runs a command of the command line to its end and returns what it printed. */
async function lamplight(input: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  child.stdin.end(`${input}\n`);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`lamplight ${args.join(' ')}: ${output}`);
  return output;
}

function findInOutput(child: ReturnType<typeof spawn>, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        const [found] = pattern.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    child.once('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
