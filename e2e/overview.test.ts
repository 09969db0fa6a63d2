import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBridgeTown } from './support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { axeViolations, openPage } from './support/page.js';
import { openIncident, type Rehearsal, startRehearsal } from './support/rehearsal.js';
import { en, zh } from './support/texts.js';

const LONG = 240_000;

const LANGUAGES = [
  { locale: 'en-US', texts: en },
  { locale: 'zh-CN', texts: zh },
] as const;

describe.skipIf(!hasBrowser)('the overview', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'tells of the day and of what is late and with whom, on a phone too ($locale)',
    async ({ locale, texts }) => {
      await openIncident(server.url, 'nobody goes there', 'FIGHT');
      const context = await browser.open({ locale, viewport: { width: 390, height: 844 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.supervisor'] }).click();
      await page.getByRole('heading', { name: texts['queue.title'] }).waitFor();
      await page.goto(`${server.url}/overview`);
      await page.getByRole('heading', { level: 1, name: texts['overview.title'] }).waitFor();
      await page.getByRole('heading', { name: texts['overview.hours'] }).waitFor();
      await page.getByRole('heading', { name: texts['overview.people'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      // The page is never wider than the screen.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await context.close();
    },
    LONG,
  );
});
