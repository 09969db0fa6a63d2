import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE } from '../support/page.js';
import { addUnit, openIncident, type Rehearsal, readAs, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 240_000;

const LANGUAGES = [
  {
    locale: 'en-US',
    texts: en,
    units: ['P1', 'P2', 'P3'],
    send: (incident: string) => `d P1-P2 ${incident}`,
    report: 'p1 p2 enroute',
    slip: 'p1 onscnee',
    meant: 'onscene',
    note: 'n One has a KNIFE, 2 m tall',
    noted: 'One has a KNIFE, 2 m tall',
    close: (incident: string) => `close ${incident} 01`,
  },
  {
    locale: 'zh-CN',
    texts: zh,
    units: ['Q1', 'Q2', 'Q3'],
    send: (incident: string) => `派Ｑ１，Ｑ２　${incident}`,
    report: 'q1 q2 出动',
    slip: 'q1 到廠',
    meant: '到场',
    note: '备注 其中一人持刀，身高两米',
    noted: '其中一人持刀，身高两米',
    close: (incident: string) => `结案 ${incident} 01`,
  },
] as const;

describe.skipIf(!hasBrowser)('the command line', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    for (const { units } of LANGUAGES) for (const unit of units) await addUnit(server.url, unit, STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'sends, reports, notes and closes by keyboard alone, and says what it will do ($locale)',
    async ({ locale, texts, units, send, report, slip, meant, note, noted, close }) => {
      const first = await openIncident(server.url, 'behind the station', 'FIGHT');
      const second = await openIncident(server.url, 'on the new bridge', 'FIGHT', 1);
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.supervisor'] }).click();
      const line = page.getByRole('combobox', { name: texts['commandLine.label'] });
      await line.waitFor();
      await page.locator('.queue-row').nth(1).waitFor();
      const preview = page.locator('.command-preview');

      // From anywhere on the board, one key; what Enter will do is said before it is pressed.
      await page.keyboard.press('.');
      await type(page, send(first.spoken));
      await preview.getByText(first.spoken).waitFor();
      await preview.getByText(units[0]).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await preview
        .getByText(texts['commandLine.done'].split('{')[0]?.trim() ?? '')
        .waitFor({ timeout: PATIENCE });

      // A slip is pointed out, and what was meant is offered.
      await type(page, slip);
      await preview.getByText(meant).waitFor();
      expect(await line.getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.press('Enter');
      expect(await line.inputValue()).toBe(slip);
      await line.fill('');

      await type(page, report);
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');

      // The incident that is open is meant where none is named; a name that is one letter long is completed.
      await type(page, `o ${first.spoken}`);
      await page.keyboard.press('Enter');
      await page.locator('.incident-place', { hasText: 'behind the station' }).waitFor();
      await type(page, note);
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');
      await type(page, `@${units[2].toLowerCase()}`);
      await page.keyboard.press('Tab');
      expect((await line.inputValue()).trim()).toBe(units[2]);
      await line.fill('');

      // What takes units off other work is asked for twice.
      await type(page, `d ${units[0]} ${second.spoken}`);
      await page.keyboard.press('Enter');
      await preview.getByText(texts['commandLine.again'].split('{')[0]?.trim() ?? '').waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');

      // Earlier lines come back, and Escape leaves.
      await page.keyboard.press('ArrowUp');
      expect(await line.inputValue()).toBe(`d ${units[0]} ${second.spoken}`);
      await page.keyboard.press('ArrowUp');
      expect(await line.inputValue()).toBe(note);
      await page.keyboard.press('Escape');
      expect(await line.evaluate((input) => input === document.activeElement)).toBe(false);

      await page.keyboard.press('Control+k');
      await type(page, '?');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: texts['commandLine.help'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      // Reports of several units are one each: one that is refused holds no other back, and is named.
      await line.fill('');
      await type(page, `rc ${units[1]} ${locale === 'en-US' ? 'not needed' : '不需要了'}`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');
      await type(page, `${units[0]} ${units[1]} os`);
      await page.keyboard.press('Enter');
      await page.locator('.command-refusals', { hasText: units[1] }).waitFor({ timeout: PATIENCE });

      await line.fill('');
      await type(page, `${units[0]} clear`);
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');
      await type(page, close(second.spoken));
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('');

      // What was noted is there, letter for letter.
      const detail = await readAs(server.url, 'supervisor', `/incidents/${first.id}`);
      expect(detail.incident.notes.map(({ text }: { text: string }) => text)).toContain(noted);
      expect((await readAs(server.url, 'supervisor', `/incidents/${second.id}`)).incident).toMatchObject({
        status: 'closed',
        disposition: '01',
      });
      await context.close();
    },
    LONG,
  );
});

/** As fast as keys can be pressed, through the focus. */
const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text);
