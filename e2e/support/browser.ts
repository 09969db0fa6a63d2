import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium to test in: `CHROMIUM_PATH`, or one that the system has. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  return CHROMIUM_PATH ?? CANDIDATES.find((path) => existsSync(path));
}

/** Where there is no browser, browser tests are left out; in CI that is a failure. */
export const hasBrowser = findChromium() !== undefined || process.env.LAMPLIGHT_REQUIRE_BROWSER === '1';

export interface Browser {
  /** A context of its own: own cookies, own storage. */
  open(options: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found; set CHROMIUM_PATH or install one.');
  const profile = await mkdtemp(join(tmpdir(), 'lamplight-browser-'));
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    env: { ...process.env, HOME: profile },
  });
  return {
    // Marks that glide are drawn by the processor here, and would take it from everything else.
    open: (options) => browser.newContext({ reducedMotion: 'reduce', ...options }),
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
