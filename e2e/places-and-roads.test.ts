import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, STATION, writeBridgeTown } from './support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { axeViolations, openPage, PATIENCE, WHILE_LIST_IS_OPEN } from './support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from './support/rehearsal.js';
import { en, zh } from './support/texts.js';

const LONG = 240_000;

/** The same in both languages: what the caller says is no clean address, and must stay as it was said. */
const LANGUAGES = [
  {
    locale: 'en-US',
    texts: en,
    words: '12 harbour st',
    found: '12 Harbour Street',
    letters: 'fighting',
    type: /fighting/i,
    bridge: 'Old Bridge',
  },
  {
    locale: 'zh-CN',
    texts: zh,
    words: '港湾街１２号',
    found: '港湾街12号',
    letters: '打架',
    type: /打架斗殴/,
    bridge: '老桥',
  },
] as const;

describe.skipIf(!hasBrowser)('places and roads', () => {
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

  it.each(LANGUAGES)(
    'an address is found as it is typed, and a closed bridge changes the expected arrival ($locale)',
    async ({ locale, texts, words, found, letters, type, bridge }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      const tile = page.waitForResponse(
        (response) => response.url().includes('/map/tiles/') && response.status() === 200,
      );
      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      await page.locator('canvas.maplibregl-canvas').waitFor();
      // Nothing may go wrong in silence once somebody is signed in.
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await tile;

      // By keyboard alone: a new call, the words, the first place that fits.
      await page.keyboard.press('n');
      const place = page.getByRole('combobox', { name: texts['intake.words'] });
      await place.waitFor();
      await page.keyboard.type(words);
      await page.getByRole('option', { name: found }).first().waitFor();
      expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
      await page.locator('.position', { hasText: found }).waitFor();
      expect(await place.inputValue()).toBe(words);
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('combobox', { name: texts['intake.type'] }).fill(letters);
      await page.getByRole('option', { name: type }).first().waitFor();
      await page.getByRole('combobox', { name: texts['intake.type'] }).press('Enter');
      const opened = page.waitForRequest(
        (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/incidents'),
      );
      await page.locator('.intake button[type=submit]').click();
      const { location } = (await opened).postDataJSON();
      expect(location).toMatchObject({ words, method: 'address', label: expect.stringContaining(found) });
      expect(location.position[0]).toBeCloseTo(HOUSE[0], 5);
      expect(location.position[1]).toBeCloseTo(HOUSE[1], 5);

      // What was said and what was found stand beside each other, and the arrival is a median and a bound.
      await page.locator('.incident-place', { hasText: words }).waitFor();
      const candidate = page.locator('.candidate');
      await candidate.first().waitFor({ timeout: PATIENCE });
      expect(await candidate.count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
      const before = await expectedArrival(page);
      await page.locator('.incident-place').getByRole('button', { name: texts['reach.title'] }).click();
      await page.getByRole('region', { name: texts['reach.title'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await page.keyboard.press('w');
      await page.getByRole('button', { name: texts['roads.declare'], exact: true }).click();
      await page.getByLabel(texts['roads.street']).fill(bridge);
      await page.getByLabel(texts['roads.sourceLabel']).fill('P1');
      await page.getByLabel(texts['common.reason']).fill('flood');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: texts['roads.declareTitle'] }).click();
      await page.getByText('flood').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      // Round by the New Bridge it is four kilometres more.
      await expect.poll(() => expectedArrival(page), { timeout: PATIENCE }).toBeGreaterThan(before + 120);

      await page.keyboard.press('w');
      await page.getByRole('button', { name: texts['roads.lift'] }).first().click();
      await page.getByLabel(texts['common.reason']).fill('dry again');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('dry again').first().waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => expectedArrival(page), { timeout: PATIENCE }).toBe(before);
      expect(complaints).toEqual([]);
      await context.close();
    },
    LONG,
  );

  it(
    'words that fit no place open an incident all the same, and a press on the map says what is there',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: en['role.dispatcher'] }).click();
      await page.locator('canvas.maplibregl-canvas').waitFor();
      await page.keyboard.press('n');
      const place = page.getByRole('combobox', { name: en['intake.words'] });
      await place.waitFor();
      await page.keyboard.type('where the two old men fish');
      await page.getByText(en['intake.wordsNotFound']).waitFor();
      // Enter in the words is no order to open anything.
      await page.keyboard.press('Enter');
      expect(await place.inputValue()).toBe('where the two old men fish');
      await page.getByRole('button', { name: en['intake.useCentre'] }).click();
      await page.locator('.position').getByText(en['method.map']).waitFor();
      await place.focus();
      await page.keyboard.press('Control+Enter');
      await page.locator('.incident-place', { hasText: 'where the two old men fish' }).waitFor();
      await context.close();
    },
    LONG,
  );
});

/** Median time of arrival of the only candidate, in seconds, as the list shows it. */
async function expectedArrival(page: Page): Promise<number> {
  const text = await page.locator('.candidate-times strong').first().textContent();
  return (text ?? '').split(':').reduce((total, part) => 60 * total + Number(part), 0);
}
