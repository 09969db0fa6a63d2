import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, STATION, writeBridgeTown } from './support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from './support/browser.js';
import { axeViolations, openPage, PATIENCE } from './support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from './support/rehearsal.js';
import { en, zh } from './support/texts.js';

const LONG = 240_000;
/** Not what this is about, and most of the work of a machine without a graphics card. */
const THE_MAP = '**/api/v1/map/**';

/** In each language another type of its own run card, so that neither run sees what the other changed. */
const LANGUAGES = [
  { locale: 'en-US', texts: en, typeCode: 'LARCENY', capability: 'Patrol' },
  { locale: 'zh-CN', texts: zh, typeCode: 'FIGHT', capability: '巡逻警力' },
] as const;

describe.skipIf(!hasBrowser)('the catalogue of the agency', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    for (const callSign of ['P1', 'P2']) await addUnit(server.url, callSign, STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'a run card is changed, previewed and saved, and an open incident asks for more at once ($locale)',
    async ({ locale, texts, typeCode, capability }) => {
      const desk = await signIn(server.url, 'dispatcher');
      const { runCard, priority } = (await desk.get('/catalogue')).incidentTypes.find(
        ({ code }: { code: string }) => code === typeCode,
      );
      const { incidentId } = await desk.post('/incidents', {
        source: 'alarm',
        classification: { typeCode },
        location: { words: 'the house', position: HOUSE, method: 'map' },
      });
      const before = await wanted(desk, incidentId);

      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      await context.route(THE_MAP, (route) => route.abort());
      const board = await openPage(context, server.url);
      await board.getByRole('button', { name: texts['role.dispatcher'] }).click();
      await board.locator(`[data-incident-id="${incidentId}"]`).click();
      const asked = board.locator('.run-card-list li', { hasText: capability }).first();
      await asked.filter({ hasText: String(before) }).waitFor();

      const office = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      await office.route(THE_MAP, (route) => route.abort());
      const page = await openPage(office, server.url);
      await page.getByRole('button', { name: texts['role.administrator'] }).click();
      await page.getByRole('link', { name: texts['nav.admin'] }).first().click();
      await page.getByRole('link', { name: texts['catalogue.title.run-cards'] }).first().click();
      await page.getByLabel(texts['admin.search']).fill(runCard);
      const row = page.getByRole('row').filter({ hasText: runCard });
      await row.first().waitFor();
      expect(await axeViolations(page)).toEqual([]);

      // By keyboard: into the list, open the card, one more of what it asks for first.
      await page.getByLabel(texts['admin.search']).press('Tab');
      await row
        .filter({ has: page.getByText(runCard, { exact: true }) })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      const count = dialog
        .getByRole('group', { name: capability, exact: true })
        .getByRole('textbox', { name: texts['catalogue.units'], exact: true })
        .first();
      await count.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await count.fill(String(before + 1));
      await count.press('Tab');
      await dialog.getByRole('button', { name: texts['catalogue.apply'] }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await wanted(desk, incidentId)).toBe(before);

      await page.getByRole('button', { name: texts['catalogue.review'] }).click();
      await dialog
        .locator('ins', { hasText: `${before + 1} × ${capability}` })
        .first()
        .waitFor();
      await dialog.locator('.catalogue-effect').getByText(texts['catalogue.effectNote']).waitFor();
      // Nothing happened yesterday; the incident is of today.
      await dialog.getByText(texts['catalogue.period.week']).click();
      await dialog.locator('.catalogue-effect td', { hasText: `${before + 1} × ${capability}` }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByLabel(texts['common.reason']).fill('two are safer');
      await dialog.getByRole('button', { name: texts['catalogue.save'] }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('two are safer').first().waitFor();
      await expect.poll(() => wanted(desk, incidentId), { timeout: PATIENCE }).toBe(before + 1);

      // The board that was open all the while asks for one more, without a reload.
      await asked.filter({ hasText: String(before + 1) }).waitFor();
      await context.close();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: texts['catalogue.history'] }).click();
      await dialog.getByText('two are safer').first().waitFor();
      await dialog
        .locator('del', { hasText: `${before} × ${capability}` })
        .first()
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await changePriority(page, texts, typeCode, priority === 1 ? 2 : 1);
      await expect
        .poll(
          async () =>
            (await desk.get('/catalogue')).incidentTypes.find(
              ({ code }: { code: string }) => code === typeCode,
            ).priority,
          { timeout: PATIENCE },
        )
        .toBe(priority === 1 ? 2 : 1);
      await office.close();
    },
    LONG,
  );

  it(
    'what does not fit together is not saved, and what a colleague saved first is not lost',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 390, height: 844 } });
      await context.route(THE_MAP, (route) => route.abort());
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: en['role.administrator'] }).click();
      await page.goto(`${server.url}/admin/dispositions`);
      await page.getByRole('button', { name: en['catalogue.add'], exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(en['catalogue.code']).fill('77');
      await dialog.getByLabel(en['catalogue.nameEn']).fill('Handed to the harbour');
      await dialog.getByLabel(en['catalogue.nameZh']).fill('移交港务');
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: en['catalogue.apply'] }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: en['catalogue.review'] }).click();
      await dialog.getByText(en['catalogue.fault.disposition-reserved']).waitFor();
      await dialog.getByLabel(en['common.reason']).fill('the harbour has its own officers');
      expect(await dialog.getByRole('button', { name: en['catalogue.save'] }).isDisabled()).toBe(true);
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: en['common.cancel'] }).click();
      await page.getByRole('button', { name: en['catalogue.discard'] }).click();

      await page.getByRole('button', { name: en['catalogue.add'], exact: true }).click();
      await dialog.getByLabel(en['catalogue.code']).fill('HARBOUR');
      await dialog.getByLabel(en['catalogue.nameEn']).fill('Handed to the harbour');
      await dialog.getByLabel(en['catalogue.nameZh']).fill('移交港务');
      await dialog.getByRole('button', { name: en['catalogue.apply'] }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: en['catalogue.review'] }).click();
      await dialog.getByLabel(en['common.reason']).fill('the harbour has its own officers');

      const colleague = await signIn(server.url, 'administrator');
      await colleague.put('/configuration/dispositions', {
        version: 0,
        reason: 'a colleague was faster',
        content: {
          own: [{ code: 'PARKS', name: { en: 'Handed to the parks', zh: '移交园林' }, service: 'any' }],
          hidden: [],
        },
      });
      await dialog.getByRole('button', { name: en['catalogue.save'] }).click();
      await dialog.getByText('a colleague was faster').waitFor();
      await dialog.getByRole('button', { name: en['catalogue.compareAgain'] }).click();
      await dialog.getByText(/version 1 of/).waitFor();
      await dialog.getByRole('button', { name: en['catalogue.save'] }).click();
      await dialog.waitFor({ state: 'detached' });
      const codes = (await colleague.get('/catalogue')).dispositions.map(
        ({ code }: { code: string }) => code,
      );
      expect(codes).toEqual(expect.arrayContaining(['PARKS', 'HARBOUR']));
      expect(codes).not.toContain('77');
      await context.close();
    },
    LONG,
  );
});

/** Another priority for a type, in the section of incident types. */
async function changePriority(
  page: Page,
  texts: typeof en | typeof zh,
  code: string,
  to: number,
): Promise<void> {
  await page.getByRole('link', { name: texts['catalogue.title.incident-types'] }).first().click();
  await page.getByLabel(texts['admin.search']).fill(code);
  await page
    .getByRole('row')
    .filter({ has: page.getByText(code, { exact: true }) })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(String(to), { exact: true }).click();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: texts['catalogue.apply'] }).click();
  await page.getByRole('button', { name: texts['catalogue.review'] }).click();
  await dialog.getByLabel(texts['common.reason']).fill('more urgent than thought');
  await dialog.getByRole('button', { name: texts['catalogue.save'] }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** How many units the recommendation of an incident asks for first. */
async function wanted(desk: Person, incidentId: string): Promise<number> {
  const { requirements } = await desk.get(`/incidents/${incidentId}/recommendation`);
  return requirements.find(({ capability }: { capability: string }) => capability === 'patrol').required;
}

type Person = Awaited<ReturnType<typeof signIn>>;

/** Somebody who talks to the server by HTTP. */
async function signIn(url: string, role: string) {
  const session = await fetch(`${url}/api/v1/rehearsal/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown) => send('POST', path, body),
    put: (path: string, body: unknown) => send('PUT', path, body),
  };
}
