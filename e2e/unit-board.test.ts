import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, inTown, STATION, writeBridgeTown } from './support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { axeViolations, openPage, PATIENCE } from './support/page.js';
import { addUnit, command, type Rehearsal, readAs, startRehearsal } from './support/rehearsal.js';
import { en, zh } from './support/texts.js';

const LONG = 240_000;

/** The units and the incidents of each language are its own, so that the second finds nothing of the first. */
const LANGUAGES = [
  { locale: 'en-US', texts: en, prefix: 'E', capability: /patrol/i, bank: 0 },
  { locale: 'zh-CN', texts: zh, prefix: 'Z', capability: /巡/, bank: 300 },
] as const;

describe.skipIf(!hasBrowser)('the unit board', () => {
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
    'finds, groups and sends units by key and by hand, and asks before it diverts one ($locale)',
    async ({ locale, texts, prefix, capability, bank }) => {
      for (let number = 1; number <= 12; number++) {
        await addUnit(server.url, `${prefix}${number}`, inTown(100 * number, bank));
      }
      const first = await openAt(server.url, HOUSE, `${prefix} first`);
      const second = await openAt(server.url, STATION, `${prefix} second`);

      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      const grid = page.getByRole('grid', { name: texts['units.title'] });
      await grid.waitFor();
      const cell = (callSign: string) => grid.getByRole('gridcell', { name: new RegExp(`^${callSign}\\b`) });

      // By a word of the call sign; E9 comes before E10.
      const search = page.getByRole('searchbox', { name: texts['units.search'] });
      await search.fill(`${prefix}1`);
      await cell(`${prefix}12`).waitFor();
      await cell(`${prefix}2`).waitFor({ state: 'detached' });
      expect(await callSigns(page)).toEqual([`${prefix}1`, `${prefix}10`, `${prefix}11`, `${prefix}12`]);
      expect(await axeViolations(page)).toEqual([]);
      await search.fill(prefix);
      await cell(`${prefix}2`).waitFor();

      // Groups, and a filter with a chip that takes it away again.
      await page.getByRole('button', { name: texts['units.view'] }).click();
      await choose(page, texts['units.group'], texts['units.group.state']);
      await choose(page, texts['units.capability'], capability);
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await grid.getByRole('rowheader', { name: texts['availability.available'] }).waitFor();
      await page.getByRole('grid', { name: texts['units.filters'] }).getByRole('button').click();
      await page.getByRole('grid', { name: texts['units.filters'] }).waitFor({ state: 'detached' });

      // By keyboard: the first incident is open, two units are picked, T sends both.
      await page.locator(`[data-incident-id="${first}"]`).click();
      await page.locator('.incident-place', { hasText: `${prefix} first` }).waitFor();
      await cell(`${prefix}1`).focus();
      await page.keyboard.press(' ');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press(' ');
      await page.getByText(texts['units.selected'].includes('已选') ? '已选 2 个' : '2 selected').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('t');
      await grid.getByRole('rowheader', { name: texts['availability.committed'] }).waitFor();
      await page.waitForFunction(
        ([a, b]) =>
          [a, b].every((id) =>
            document.querySelector(`[data-unit-id="${id}"] .unit-status`)?.textContent?.includes('·'),
          ),
        [`${prefix}1`.toLowerCase(), `${prefix}2`.toLowerCase()],
      );

      // By hand: a free unit dropped on the second incident goes at once.
      const row = page.locator(`[data-incident-id="${second}"]`);
      await cell(`${prefix}3`).dragTo(row);
      await expect
        .poll(() => unitsOf(server, second), { timeout: PATIENCE })
        .toEqual([`${prefix}3`.toLowerCase()]);

      // One that works elsewhere is not taken away before somebody has agreed.
      await row.click();
      await page.locator('.incident-place', { hasText: `${prefix} second` }).waitFor();
      await cell(`${prefix}1`).dragTo(row);
      const dialog = page.getByRole('dialog');
      await dialog.getByText(`${prefix}1`).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await unitsOf(server, second)).toEqual([`${prefix}3`.toLowerCase()]);
      await dialog.getByRole('button', { name: texts['common.cancel'] }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await unitsOf(server, first)).toContain(`${prefix}1`.toLowerCase());

      // A post: home, from the keyboard alone. The crew gets an order to stand by.
      await cell(`${prefix}5`).focus();
      await page.keyboard.press('p');
      await dialog.getByText(texts['post.meaning']).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.locator('.queue-row', { hasText: `${prefix}5` }).waitFor();
      await context.close();
    },
    LONG,
  );
});

const callSigns = (page: Page): Promise<string[]> => page.locator('#units .unit-name').allTextContents();

/** Picks from a list that opens at a press. */
async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
  await page.getByRole('option').first().waitFor({ state: 'detached' });
}

/** An open incident at a place, by its caller's words. */
async function openAt(url: string, position: readonly [number, number], words: string): Promise<string> {
  const incidentId = randomUUID();
  await command(url, 'dispatcher', '/incidents', {
    incidentId,
    source: 'self-initiated',
    location: { position, words, method: 'map' },
    classification: { typeCode: 'LARCENY', priority: 3 },
  });
  return incidentId;
}

/** The units that are on an incident now, by what the server says. */
async function unitsOf({ url }: Rehearsal, incidentId: string): Promise<readonly string[]> {
  const { assignments } = await readAs(url, 'dispatcher', `/incidents/${incidentId}`);
  return assignments
    .filter(({ endedAt }: { endedAt: string | null }) => endedAt === null)
    .map(({ unitId }: { unitId: string }) => unitId);
}
