import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATION, townExtract, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE, WHILE_LIST_IS_OPEN } from '../support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 240_000;
const PASSWORD = 'a sentence that is long';

const LANGUAGES = [
  { locale: 'en-US', texts: en, username: 'li.wei', person: 'Li Wei', theme: 'dark' },
  { locale: 'zh-CN', texts: zh, username: 'wang.fang', person: '王芳', theme: 'light' },
] as const;

describe.skipIf(!hasBrowser)('administration', () => {
  let server: Rehearsal;
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startRehearsal(async (made) => {
        folder = made;
        return writeBridgeTown(made);
      }),
      startBrowser(),
    ]);
    await addUnit(server.url, 'P1', STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  const openSection = async (page: Page, texts: (typeof LANGUAGES)[number]['texts'], name: string) => {
    await page
      .getByRole('navigation', { name: texts['admin.sections'] })
      .getByRole('link', { name, exact: true })
      .click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  };

  it.each(LANGUAGES)(
    'a person is added and signs in with the right powers, a device tells its secret once, the last administrator stays ($locale)',
    async ({ locale, texts, username, person, theme }) => {
      const context = await browser.open({
        locale,
        colorScheme: theme,
        viewport: { width: 1440, height: 900 },
      });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.administrator'] }).click();
      await page.getByRole('link', { name: texts['nav.admin'] }).first().click();
      await page.getByRole('heading', { level: 1, name: texts['nav.admin'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('link', { name: texts['admin.people'], exact: true }).first().click();
      await page.getByRole('button', { name: texts['admin.people.add'] }).click();
      await page.getByLabel(texts['signIn.username']).fill(username);
      await page.getByLabel(texts['admin.people.displayName']).fill(person);
      await page.getByRole('dialog').getByText(texts['role.dispatcher'], { exact: true }).click();
      await page.getByLabel(texts['admin.people.firstPassword']).fill(PASSWORD);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: texts['common.save'] }).click();
      await page.getByRole('row', { name: person }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      // The last administrator: the way out is not offered, and the way round it is refused.
      await page.getByRole('row', { name: 'rehearsal-administrator' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await page.getByRole('button', { name: texts['admin.people.disable'] }).count()).toBe(0);
      await page.getByRole('dialog').getByText(texts['role.administrator'], { exact: true }).click();
      await page.getByRole('dialog').getByText(texts['role.supervisor'], { exact: true }).click();
      await page.getByRole('button', { name: texts['common.save'] }).click();
      await page.getByRole('alert').getByText(texts['problem.own-account']).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await openSection(page, texts, texts['admin.devices']);
      await page.getByRole('button', { name: texts['admin.devices.add'] }).click();
      const device = `${person} 1`;
      await page.getByLabel(texts['admin.devices.label']).fill(device);
      await page.getByRole('combobox', { name: texts['admin.devices.unit'] }).fill('P1');
      await page.getByRole('option', { name: 'P1' }).waitFor();
      expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: texts['common.save'] }).click();
      await page.getByText(texts['admin.devices.once']).waitFor();
      const secret = (await page.locator('.admin-facts code').nth(1).textContent()) ?? '';
      expect(secret.length).toBeGreaterThan(30);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: texts['admin.devices.noted'] }).click();
      await page.getByRole('row', { name: device }).click();
      await page.getByRole('dialog').waitFor();
      expect(await page.content()).not.toContain(secret);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // What was done stands in the log, and the secret does not.
      await openSection(page, texts, texts['admin.audit']);
      await page.getByLabel(texts['admin.audit.text']).fill(username);
      await page.getByRole('button', { name: texts['admin.audit.show'] }).click();
      await page.getByRole('cell', { name: texts['audit.account-added'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.content()).not.toContain(PASSWORD);
      await context.close();

      const own = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const theirs = await openPage(own, server.url);
      await theirs.getByLabel(texts['signIn.username']).fill(username);
      await theirs.getByLabel(texts['signIn.password']).fill(PASSWORD);
      await theirs.locator('form button[type=submit]').click();
      await theirs.waitForURL((url) => url.pathname === '/');
      await theirs.getByText(person).first().waitFor();
      await theirs.getByRole('link', { name: texts['nav.board'] }).first().waitFor();
      expect(await theirs.getByRole('link', { name: texts['nav.admin'] }).count()).toBe(0);
      await own.close();
    },
    LONG,
  );

  it(
    'a list of codes with a bad row is refused by row and column, and a map is built with progress that a reload keeps',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 390, height: 844 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: en['role.administrator'] }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await page.goto(`${server.url}/admin/codes`);
      const list = join(folder, 'codes.csv');
      await writeFile(list, 'code,lon,lat,name\nLP-1,113.55,24.8,Gate\nLP-2,east,24.8,Bridge\n');
      await page.locator('input[type=file]').setInputFiles(list);
      await page.getByText('row 3, lon').waitFor();
      await page.getByText('"east" is not a number').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const mended = join(folder, 'codes-mended.csv');
      await writeFile(mended, 'code,lon,lat,name\nLP-1,113.55,24.8,Gate\n');
      await page.locator('input[type=file]').setInputFiles(mended);
      await page.getByText('row 3, lon').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('row', { name: 'LP-1' }).waitFor();

      await page.getByRole('link', { name: en['admin.backToIndex'] }).click();
      await page.getByRole('link', { name: en['admin.map'], exact: true }).click();
      const extract = join(folder, 'bridge-town.osm');
      await writeFile(extract, townExtract());
      await page.locator('input[type=file]').setInputFiles(extract);
      await page.getByRole('region', { name: en['admin.map.build'] }).waitFor();
      await page.reload();
      await page.getByText(en['admin.map.restart']).waitFor({ timeout: PATIENCE });
      await page.getByText('bridge-town.osm').waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await writeFile(extract, townExtract().slice(0, 3000));
      await page.locator('input[type=file]').setInputFiles(extract);
      await page.getByText(en['admin.map.state.failed']).waitFor({ timeout: PATIENCE });
      await page.locator('.admin-build [role=alert]').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await context.close();
    },
    LONG,
  );
});
