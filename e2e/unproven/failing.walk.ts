import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { type CrashingServer, startCrashingServer } from '../support/crashing-server.js';
import { axeViolations, openPage, PATIENCE } from '../support/page.js';
import { addUnit } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 300_000;
const LANGUAGES = [
  { locale: 'en-US', texts: en },
  { locale: 'zh-CN', texts: zh },
] as const;

const openIncident = (page: Page, words: string): Promise<void> =>
  page.evaluate(
    async ([said, position]) => {
      await fetch('/api/v1/incidents', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({
          location: { words: said, position, method: 'map' },
          classification: { typeCode: 'ASSAULT' },
        }),
      });
    },
    [words, HOUSE] as const,
  );

describe.skipIf(!hasBrowser)('when things fail', () => {
  let server: CrashingServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startCrashingServer(writeBridgeTown), startBrowser()]);
    await addUnit(server.url, 'P1', STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'the board stays with its age, through a reload; notes wait and go out, orders do not ($locale)',
    async ({ locale, texts }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      const words = `quay ${locale}`;
      await page.locator('#queue').waitFor();
      await openIncident(page, words);
      await page.locator('.queue-row', { hasText: words }).waitFor();
      // The browser has the console's files.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

      await server.crash();
      await page.locator('.line-offline').waitFor();
      await page.locator('.line-warning').waitFor();
      expect(await page.locator('.queue-row', { hasText: words }).count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);

      await page.reload();
      await page.locator('.queue-row', { hasText: words }).waitFor();
      await page.locator('.line-warning').waitFor();

      await page.locator('.queue-row', { hasText: words }).press('Enter');
      await page.locator('.incident-place', { hasText: words }).waitFor();
      await page.keyboard.press('r');
      const note = page.getByRole('textbox', { name: texts['incident.addNote'] }).first();
      await note.fill('gate is open');
      await note.press('Control+Enter');
      await page.locator('.outbox', { hasText: 'gate is open' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await server.restart();
      await page.locator('.line-live').waitFor();
      const send = page.locator('.outbox').getByRole('button', { name: texts['outbox.send'] });
      await expect
        .poll(
          async () => {
            // On a slow machine more than a minute has gone, and the note asks.
            if (await send.isEnabled().catch(() => false))
              await send.click({ timeout: 2000 }).catch(() => undefined);
            return page.locator('.outbox').count();
          },
          { timeout: PATIENCE },
        )
        .toBe(0);
      await page.getByText('gate is open').first().waitFor();
      await context.close();
    },
    LONG,
  );
});
