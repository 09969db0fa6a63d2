import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, inTown, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE } from '../support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 240_000;
const LANGUAGES = [
  { locale: 'en-US', texts: en },
  { locale: 'zh-CN', texts: zh },
] as const;

/** Somebody who talks to the server as one of the roles of a rehearsal. */
async function as(url: string, role: string) {
  const session = await fetch(`${url}/api/v1/rehearsal/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
  });
  const cookie = session.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  return async (path: string, body: unknown = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookie.join('; '),
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

/** An incident from the call to its closing, with the positions of the crew on the way to it. */
async function bePast(url: string): Promise<string> {
  const dispatcher = await as(url, 'dispatcher');
  const administrator = await as(url, 'administrator');
  const { deviceId, osmandKey } = await administrator('/devices', {
    unitId: 'p1',
    label: 'p1',
    osmand: true,
  });
  const { callId } = await dispatcher('/calls', { callerNumber: '555 0142' });
  await dispatcher(`/calls/${callId}/answer`);
  const { incidentId } = await dispatcher('/incidents', {
    callId,
    location: { position: HOUSE, method: 'address', words: 'twelve harbour street', label: '港湾街12号' },
    classification: { typeCode: 'LARCENY' },
  });
  await dispatcher(`/incidents/${incidentId}/notes`, {
    text: 'A lantern was taken from the porch 门廊的灯被偷',
  });
  const { assignmentIds } = await dispatcher(`/incidents/${incidentId}/dispatch`, {
    unitIds: ['p1'],
    whenCommitted: 'refuse',
  });
  for (const [east, north] of [
    [200, 0],
    [0, 0],
    [0, 300],
    [120, 305],
  ] as const) {
    const [lon, lat] = inTown(east, north);
    const sighting = await fetch(
      `${url}/api/v1/ingest/osmand?id=${deviceId}.${osmandKey}&lat=${lat}&lon=${lon}&timestamp=${Date.now()}`,
    );
    if (!sighting.ok) throw new Error(`osmand: ${sighting.status}`);
  }
  for (const stage of ['enroute', 'onScene', 'cleared'])
    await dispatcher(`/assignments/${assignmentIds[0]}/progress`, { stage });
  await dispatcher(`/incidents/${incidentId}/close`, { disposition: '01' });
  return incidentId;
}

const contentOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

describe.skipIf(!hasBrowser)('looking back', () => {
  let server: Rehearsal;
  let browser: Browser;
  let incidentId: string;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    await addUnit(server.url, 'P1', STATION);
    incidentId = await bePast(server.url);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'an incident that is over is found, read, printed, replayed and reported ($locale)',
    async ({ locale, texts }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
      await page.locator('header nav, nav').first().waitFor();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });

      // Found by a part of a note, by keyboard alone.
      await page.goto(`${server.url}/incidents`);
      const field = page.getByRole('searchbox', { name: texts['after.text'] });
      await field.waitFor();
      await field.fill('nothing has these words');
      await field.press('Enter');
      await page.getByText(textOf(texts['after.found'], '=0')).waitFor();
      await field.fill(locale === 'zh-CN' ? '被偷' : 'lantern porch');
      await field.press('Enter');
      const link = page.locator('.after-table th a');
      await link.first().waitFor();
      expect(await link.count()).toBe(1);
      await page.locator('.after-excerpt', { hasText: '门廊的灯被偷' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const [listed] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: texts['after.csv'] }).click(),
      ]);
      const csv = (await contentOf(listed)).toString('utf8');
      expect(csv.startsWith('\uFEFF')).toBe(true);
      expect(csv).toContain(texts['after.number']);
      expect(csv).toContain('港湾街12号');
      expect(csv).not.toContain('555 0142');

      // Read: the whole of it, the caller included.
      await link.first().focus();
      await page.keyboard.press('Enter');
      await page.locator('.record-callers', { hasText: '555 0142' }).waitFor();
      await page.getByRole('heading', { name: texts['after.intervals'] }).waitFor();
      await page.locator('.record-timeline td', { hasText: texts['event.UnitDispatched'] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      // Printed: with a map that is a picture, and without what is of no use on paper.
      await page.getByRole('link', { name: texts['after.toReport'] }).click();
      const sheet = page.getByRole('img', { name: texts['after.mapAlt'] });
      await sheet.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('button', { name: texts['after.print'] }).isVisible()).toBe(false);
      expect(await sheet.isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });

      // Replayed: from event to event, and second by second.
      await page.getByRole('link', { name: texts['after.toReplay'] }).click();
      const units = page.locator('.replay-units');
      await units.getByText('P1').waitFor();
      const next = page.getByRole('button', { name: texts['after.nextEvent'] });
      await expect
        .poll(
          async () => {
            await next.click();
            return units.textContent();
          },
          { timeout: PATIENCE },
        )
        .toContain(texts['stage.cleared']);
      expect(await axeViolations(page)).toEqual([]);
      const slider = page.getByRole('slider', { name: texts['after.moment'] });
      await slider.focus();
      await page.keyboard.press('Home');
      await page.getByText(texts['after.notYetOpen']).waitFor();
      await page.keyboard.press('End');
      await page.locator('.replay-side p strong', { hasText: texts['status.closed'] }).waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.getByRole('button', { name: texts['after.play'] }).click();

      // The board at a moment of the past.
      await page.goto(`${server.url}/replay`);
      await page.locator('.replay-side h2').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await reports(page, server.url, texts);
      expect(complaints).toEqual([]);
      await context.close();
    },
    LONG,
  );

  it(
    'an incident that does not exist is said not to',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 390, height: 844 } });
      const page = await openPage(context, server.url);
      await page.getByRole('button', { name: en['role.call-taker'] }).click();
      await page.locator('main').waitFor();
      await page.goto(`${server.url}/incidents/${randomUUID()}`);
      await page.getByRole('alert').first().waitFor();
      // A call-taker reads the record, but is not offered what the server would refuse.
      await page.goto(`${server.url}/incidents/${incidentId}`);
      await page.locator('.record-timeline').first().waitFor();
      expect(await page.getByRole('link', { name: en['after.toReplay'] }).count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await context.close();
    },
    LONG,
  );
});

async function reports(page: Page, url: string, texts: typeof en | typeof zh): Promise<void> {
  await page.goto(`${url}/report`);
  await page.locator('.chart svg').first().waitFor();
  await page.getByText(texts['report.by.hour'], { exact: true }).click();
  await page.getByRole('rowheader', { name: '23', exact: true }).waitFor();
  await page.getByText(texts['report.by.priority'], { exact: true }).click();
  const line = page
    .getByRole('rowheader', { name: texts['priority.4'] })
    .or(page.getByRole('rowheader', { name: texts['priority.3'] }));
  await line.first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: texts['after.xlsx'] }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/^lamplight-[\d-]+\.xlsx$/);
  // What the workbook holds is read back elsewhere; here it has to be one, with a sheet for each table.
  const workbook = (await contentOf(saved)).toString('latin1');
  expect(workbook.startsWith('PK')).toBe(true);
  for (let sheet = 1; sheet <= 5; sheet += 1) expect(workbook).toContain(`xl/worksheets/sheet${sheet}.xml`);
}

/** The text of one choice of a plural message. */
function textOf(message: string, choice: string): string {
  const start = message.indexOf(`${choice} {`) + choice.length + 2;
  return message.slice(start, message.indexOf('}', start));
}
