import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { type Demo, startDemo } from './support/demo.js';
import { axeViolations, openPage, PATIENCE } from './support/page.js';
import { en, zh } from './support/texts.js';

const LONG = 240_000;

/** The same first call in both languages, each by the letters its dispatcher would type. */
const LANGUAGES = [
  {
    locale: 'en-US',
    texts: en,
    words: 'by the fish market, two men with bottles',
    letters: 'fighting',
    found: /fighting/i,
  },
  { locale: 'zh-CN', texts: zh, words: '鱼市场旁边，两个男的拿着酒瓶', letters: '打架', found: /打架斗殴/ },
] as const;

// Without a Chromium there is no browser to test in; `.ci/run` makes that a failure instead.
describe.skipIf(!hasBrowser)('the first call', () => {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    // People send the units here; residents, call-takers and crews live as ever.
    [demo, browser] = await Promise.all([
      startDemo('--size', '1500', '--speed', '30', '--no-dispatcher'),
      startBrowser(),
    ]);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'is taken, dispatched, and followed until the crew arrives ($locale)',
    async ({ locale, texts, words, letters, found }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, demo.url);

      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      await page.getByRole('heading', { name: texts['queue.title'] }).waitFor();
      await page.locator('canvas.maplibregl-canvas').waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await page.keyboard.press('n');
      await page.getByLabel(texts['intake.words']).fill(words);
      await page.getByRole('button', { name: texts['intake.useCentre'] }).click();
      await page.getByRole('combobox', { name: texts['intake.type'] }).fill(letters);
      await page.getByRole('option', { name: found }).first().waitFor();
      await page.getByRole('combobox', { name: texts['intake.type'] }).press('Enter');
      expect(await axeViolations(page)).toEqual([]);
      await page.locator('.intake button[type=submit]').click();

      // The panel has the caller's own words, and the recommendation is there without asking.
      await page.getByText(words).first().waitFor();
      const send = page.locator('.dispatch-button');
      await send.waitFor({ timeout: PATIENCE });
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('d');

      const assignments = page.getByRole('region', { name: texts['incident.assignments'] });
      await assignments.getByRole('listitem').first().waitFor({ timeout: PATIENCE });
      const arrived = new RegExp(`${texts['stage.onScene']}|${texts['stage.actionBegun']}`);
      await assignments.getByText(arrived).first().waitFor({ timeout: PATIENCE });
      await context.close();
    },
    LONG,
  );

  it(
    'can be typed again after the page was reloaded: nothing is lost',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 390, height: 844 } });
      const page = await openPage(context, demo.url);
      await page.getByRole('button', { name: en['role.dispatcher'] }).click();
      await page
        .getByRole('button', { name: new RegExp(en['queue.newCall']) })
        .first()
        .click();
      await page.getByLabel(en['intake.words']).fill('under the second bridge');
      await page.reload();
      await expect
        .poll(() => page.getByLabel(en['intake.words']).inputValue(), { timeout: PATIENCE })
        .toBe('under the second bridge');
      expect(await axeViolations(page)).toEqual([]);
      await context.close();
    },
    LONG,
  );
});
