import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { type Demo, startDemo } from '../support/demo.js';
import { axeViolations, openPage, PATIENCE } from '../support/page.js';
import { en, zh } from '../support/texts.js';

const LONG = 300_000;

const LANGUAGES = [
  {
    locale: 'en-US',
    texts: en,
    words: 'two men with bottles by the old mill',
    letters: 'fighting',
    found: /fighting/i,
  },
  { locale: 'zh-CN', texts: zh, words: '老磨坊旁边，两个男的拿着酒瓶', letters: '打架', found: /打架斗殴/ },
] as const;

/** The newcomer's ten minutes, walked as the tour says: call, dispatch, follow, close, look back. */
describe.skipIf(!hasBrowser)('the guided tour of the demo', () => {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([
      startDemo('--size', '1500', '--speed', '60', '--no-dispatcher'),
      startBrowser(),
    ]);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'leads through one call from ring to review ($locale)',
    async ({ locale, texts, words, letters, found }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, demo.url);
      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      const tour = page.getByRole('complementary', { name: texts['tour.title'] });
      const at = (step: string): Promise<void> =>
        page.locator(`.tour[data-step=${step}]`).waitFor({ timeout: PATIENCE });
      await tour.getByText(texts['tour.offer']).waitFor();
      await page.locator('canvas.maplibregl-canvas').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await tour.getByRole('button', { name: texts['tour.begin'] }).click();
      await at('welcome');
      await tour.getByRole('button', { name: texts['tour.go'] }).click();

      await at('call');
      await page.keyboard.press('n');
      await at('place');
      await page.getByRole('combobox', { name: texts['intake.words'] }).fill(words);
      await page.getByRole('button', { name: texts['intake.useCentre'] }).click();
      await at('type');
      // It goes on where it was after a reload.
      await page.reload();
      await at('type');
      await page.getByRole('combobox', { name: texts['intake.type'] }).fill(letters);
      await page.getByRole('option', { name: found }).first().waitFor();
      await page.getByRole('combobox', { name: texts['intake.type'] }).press('Enter');
      await at('open');
      await page.keyboard.press('Control+Enter');

      await at('dispatch');
      await page.getByText(words).first().waitFor();
      await page.locator('.dispatch-button').waitFor({ timeout: PATIENCE });
      await page.locator('#work').focus();
      await page.keyboard.press('d');
      await at('follow');
      await at('close');
      expect(await axeViolations(page)).toEqual([]);

      // The crew has to be clear first; the button for it says so when it is.
      const close = page.getByRole('button', { name: texts['incident.close'], exact: true });
      await page
        .locator('.assignment-list')
        .getByText(texts['stage.cleared'])
        .first()
        .waitFor({ timeout: 2 * PATIENCE });
      await close.click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(texts['incident.disposition']) })
        .click();
      await page.getByRole('option').first().click();
      await page.getByRole('dialog').getByRole('button').last().click();
      await at('look-back');
      await page.getByRole('tab', { name: texts['incident.tab.timeline'] }).click();
      await at('end');
      await tour.getByRole('button', { name: texts['tour.finish'] }).click();
      await tour.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: texts['nav.menu'] }).click();
      await page.getByRole('button', { name: texts['tour.again'] }).waitFor();
      await context.close();
    },
    LONG,
  );
});
