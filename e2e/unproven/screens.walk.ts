import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE } from '../support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 300_000;
const LANGUAGES = [
  { locale: 'en-US', texts: en },
  { locale: 'zh-CN', texts: zh },
] as const;

/** Opens an incident by the interface of the page that is signed in, and returns its identifier. */
const openIncident = (page: Page, words: string): Promise<string> =>
  page.evaluate(
    async ([said, position]) => {
      const answer = await fetch('/api/v1/incidents', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({
          location: { words: said, position, method: 'map' },
          classification: { typeCode: 'ASSAULT' },
        }),
      });
      return (await answer.json()).incidentId;
    },
    [words, HOUSE] as const,
  );

describe.skipIf(!hasBrowser)('several screens', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    await addUnit(server.url, 'P1', STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  const signIn = async (context: BrowserContext, role: string): Promise<Page> => {
    const page = await openPage(context, server.url);
    await page.getByRole('button', { name: role }).click();
    return page;
  };

  it.each(LANGUAGES)(
    'a panel goes into a window of its own, keeps in step, and comes back ($locale)',
    async ({ locale, texts }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await signIn(context, texts['role.dispatcher']);
      await page.locator('#queue').waitFor();
      const words = `market ${locale}`;
      const incidentId = await openIncident(page, words);
      await page.locator('.queue-row', { hasText: words }).waitFor();

      const opening = context.waitForEvent('page');
      await page.keyboard.press('Shift+I');
      const work = await opening;
      work.setDefaultTimeout(PATIENCE);
      await work.locator('#work').waitFor();
      await page.locator('.board-away').waitFor();
      expect(await page.locator('#work').count()).toBe(0);

      // What is opened in the one shows in the other.
      await page.locator('.queue-row', { hasText: words }).press('Enter');
      await work.locator('.incident-place', { hasText: words }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await axeViolations(work)).toEqual([]);

      // A key on the board is carried out in the window that has the panel, and only once.
      const orders: string[] = [];
      for (const each of [page, work]) {
        each.on('request', (request) => {
          if (request.url().endsWith('/dispatch')) orders.push(request.url());
        });
      }
      await work.locator('.candidate').first().waitFor();
      await page.locator('#queue').focus();
      await page.keyboard.press('d');
      await expect.poll(() => orders.length, { timeout: PATIENCE }).toBe(1);
      await work.locator('.assignments, .assignment').first().waitFor();
      expect(orders).toEqual([expect.stringContaining(incidentId)]);

      // A reload of either keeps them in step.
      await work.reload();
      await work.locator('.incident-place', { hasText: words }).waitFor();
      await page.reload();
      await page.locator('.board-away').waitFor();
      expect(await page.locator('#work').count()).toBe(0);

      // Closing the window brings the panel back.
      await work.close();
      await page.locator('.board-away').waitFor({ state: 'detached' });

      // The divider moves by keys, and where it stands outlasts a reload.
      const divider = page.getByRole('separator', { name: texts['screens.divider.left'] });
      await divider.focus();
      const before = Number(await divider.getAttribute('aria-valuenow'));
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => divider.getAttribute('aria-valuenow')).toBe(String(before + 32));
      const kept = page.waitForResponse((response) => response.url().endsWith('/settings/layout'));
      await page.getByRole('button', { name: texts['screens.layout'], exact: true }).click();
      await page.getByRole('textbox', { name: texts['screens.name'] }).fill('night');
      await page.getByRole('button', { name: texts['screens.save'], exact: true }).click();
      await page.getByRole('button', { name: 'night', exact: true }).waitFor();
      await kept;
      await page.keyboard.press('Escape');

      // At another desk the board is as it was left.
      const other = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const there = await signIn(other, texts['role.dispatcher']);
      await expect
        .poll(() => there.getByRole('separator').first().getAttribute('aria-valuenow'), { timeout: PATIENCE })
        .toBe(String(before + 32));
      await other.close();
      await context.close();
    },
    LONG,
  );

  it.each(LANGUAGES)(
    'an observer has the wallboard and nothing else ($locale)',
    async ({ locale, texts }) => {
      const context = await browser.open({ locale, viewport: { width: 1920, height: 1080 } });
      const page = await signIn(context, texts['role.observer']);
      await page.getByRole('heading', { name: texts['wallboard.open'] }).waitFor();
      await page.locator('.wall-incidents li').first().waitFor();
      await page.locator('.line-live').waitFor();
      expect(await page.getByText('market').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await page.goto(`${server.url}/paper`);
      await page.getByRole('heading', { name: texts['wallboard.open'] }).waitFor();
      await context.close();
    },
    LONG,
  );

  it.each(LANGUAGES)(
    'a card from paper is entered with its own times ($locale)',
    async ({ locale, texts }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await signIn(context, texts['role.dispatcher']);
      await page.locator('#queue').waitFor();
      await page.goto(`${server.url}/paper`);
      await page.locator('.paper-form').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('link', { name: texts['paper.entry'] }).click();
      await page.getByLabel(texts['paper.number']).fill(`P-${locale}`);
      await page.getByLabel(texts['paper.rang']).fill('2026-01-31T08:00');
      await page.getByLabel(texts['paper.answered']).fill('2026-01-31T08:01');
      await page.getByLabel(texts['paper.place']).fill('by the old mill');
      const type = page.getByRole('combobox', { name: texts['intake.type'] });
      await type.fill(locale === 'zh-CN' ? '打架' : 'fighting');
      await page.getByRole('option').first().waitFor();
      await type.press('ArrowDown');
      await type.press('Enter');
      expect(await axeViolations(page)).toEqual([]);
      // Nothing typed is lost.
      await page.reload();
      await page.getByLabel(texts['paper.place']).waitFor();
      expect(await page.getByLabel(texts['paper.place']).inputValue()).toBe('by the old mill');
      await page.getByRole('button', { name: texts['paper.submit'] }).click();
      await page.getByRole('button', { name: texts['paper.open'] }).click();
      await page.locator('.incident-place', { hasText: 'by the old mill' }).waitFor();
      await page.getByText(texts['source.paper']).first().waitFor();
      await context.close();
    },
    LONG,
  );
});
