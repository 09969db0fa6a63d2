import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE, WHILE_LIST_IS_OPEN } from '../support/page.js';
import { addUnit, type Rehearsal, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 300_000;
/** A detour by the New Bridge takes at least this much longer, in seconds. */
const DETOUR = 120;

const LANGUAGES = [
  { locale: 'en-US', texts: en, bridge: 'Old Bridge', view: 'Station' },
  { locale: 'zh-CN', texts: zh, bridge: '老桥', view: '车站' },
] as const;
type Texts = (typeof LANGUAGES)[number]['texts'];

describe.skipIf(!hasBrowser)('the map', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    await addUnit(server.url, 'P1', STATION);
    await reportPosition(server.url, 'p1', STATION);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  it.each(LANGUAGES)(
    'finds, follows, remembers a view, and closes a street by keys alone ($locale)',
    async ({ locale, texts, bridge, view }) => {
      const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
      const page = await openBoard(await openPage(context, server.url), texts);
      const number = await openIncident(page);

      // A unit by its call sign, followed until the map is moved.
      await find(page, texts, 'p1', 'P1');
      await page.locator('.unit-card').waitFor();
      await page.keyboard.press('f');
      const following = page.locator('.follow-note');
      await following.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.locator('canvas.maplibregl-canvas').focus();
      await page.keyboard.press('ArrowRight');
      await following.waitFor({ state: 'detached' });

      // A view under a name, come back to by a key.
      await page.getByRole('button', { name: texts['views.title'] }).click();
      const name = page.getByLabel(texts['views.name']);
      await name.fill(view);
      await page.getByRole('button', { name: texts['views.save'] }).click();
      await page.locator('.saved-views li').getByText(view).waitFor();
      expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
      await page.keyboard.press('Escape');
      await name.waitFor({ state: 'detached' });
      const kept = await scaleText(page);
      await page.getByRole('button', { name: texts['map.zoomIn'] }).click();
      await page.getByRole('button', { name: texts['map.zoomIn'] }).click();
      await expect.poll(() => scaleText(page), { timeout: PATIENCE }).not.toBe(kept);
      // Views follow the account: the other language has put its own there before.
      await page.keyboard.press(locale === 'en-US' ? 'Shift+Digit1' : 'Shift+Digit2');
      await expect.poll(() => scaleText(page), { timeout: PATIENCE }).toBe(kept);

      // An incident by its number, then the bridge on its way, which is closed from the cross in the middle.
      await find(page, texts, number, number.slice(-4));
      const before = await steadyArrival(page);
      await find(page, texts, bridge, bridge);
      await page.keyboard.press('Enter');
      const here = page.getByRole('dialog', { name: texts['here.title'] });
      await here.getByText(bridge).first().waitFor();
      expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
      await here.getByRole('button', { name: texts['here.closeStreet'] }).focus();
      await page.keyboard.press('Enter');
      const form = page.getByRole('form', { name: texts['roads.declareTitle'] });
      await expect
        .poll(() => form.getByLabel(texts['roads.street']).inputValue(), { timeout: PATIENCE })
        .toBe('Old Bridge');
      await form.getByText('Old Bridge').last().waitFor();
      await form.getByLabel(texts['roads.sourceLabel']).fill('P1');
      await form.getByLabel(texts['common.reason']).fill('flood');
      expect(await axeViolations(page)).toEqual([]);
      await form.getByRole('button', { name: texts['roads.declareTitle'] }).focus();
      await page.keyboard.press('Enter');
      await form.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await expect.poll(() => expectedArrival(page), { timeout: PATIENCE }).toBeGreaterThan(before + DETOUR);

      // What lies in the middle now is the closed bridge: Enter opens its card, from which it is lifted.
      await find(page, texts, bridge, bridge);
      await page.keyboard.press('Enter');
      const card = page.getByRole('region', { name: new RegExp(texts['roads.condition']) });
      await card.getByRole('button', { name: texts['roads.lift'] }).click();
      await page.getByRole('dialog').getByLabel(texts['common.reason']).fill('dry again');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => expectedArrival(page), { timeout: PATIENCE }).toBe(before);
      await context.close();
    },
    LONG,
  );

  it(
    'is drawn and measured on with the mouse: points are set, dragged and taken back, and a drawn closure holds at once',
    async () => {
      const context = await browser.open({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
      const page = await openBoard(await openPage(context, server.url), en);
      const number = await openIncident(page);
      await find(page, en, number, number.slice(-4));
      const before = await steadyArrival(page);
      await find(page, en, 'Old Bridge', 'Old Bridge');
      const { x, y } = await middleOfMap(page);

      // Across the river and along it: a length with its journey, then an area.
      await page.getByRole('button', { name: en['measure.title'] }).click();
      await page.mouse.click(x, y + 60);
      await page.mouse.click(x, y - 60);
      const measured = page.getByRole('region', { name: en['measure.title'] });
      await measured.getByText(/By road from first to last/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await measured.getByText(en['measure.polygon'], { exact: true }).click();
      await page.mouse.click(x + 120, y);
      await measured.getByText(/m²/).waitFor();
      await measured.getByRole('button', { name: en['measure.end'] }).click();
      await measured.waitFor({ state: 'detached' });

      // A line along the bridge; its last point is set beside it, dragged onto it, and set back and forth once.
      await page.keyboard.press('w');
      await page.getByRole('button', { name: en['roads.declare'], exact: true }).click();
      const form = page.getByRole('form', { name: en['roads.declareTitle'] });
      await form.getByText(en['roads.kind.line'], { exact: true }).click();
      const drawn = page.getByRole('region', { name: en['sketch.title'] });
      await drawn.getByText('Draw a line along the streets').waitFor();
      const middle = await middleOfMap(page);
      await page.mouse.click(middle.x, middle.y + 70);
      await drawn.getByText('Line of 1 point', { exact: true }).waitFor();
      await page.mouse.click(middle.x + 90, middle.y - 70);
      await drawn.getByText('Line of 2 points').waitFor();
      await page.mouse.move(middle.x + 90, middle.y - 70);
      await page.mouse.down();
      await page.mouse.move(middle.x + 40, middle.y - 70, { steps: 4 });
      await page.mouse.move(middle.x, middle.y - 70, { steps: 4 });
      await page.mouse.up();
      await form.getByText('Old Bridge').last().waitFor();
      await page.mouse.click(middle.x + 150, middle.y);
      await drawn.getByText('Line of 3 points').waitFor();
      await drawn.getByRole('button', { name: en['sketch.undo'] }).click();
      await drawn.getByText('Line of 2 points').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await form.getByLabel(en['roads.sourceLabel']).fill('P1');
      await form.getByLabel(en['common.reason']).fill('drawn by hand');
      await form.getByRole('button', { name: en['roads.declareTitle'] }).click();
      await form.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await expect.poll(() => expectedArrival(page), { timeout: PATIENCE }).toBeGreaterThan(before + DETOUR);
      await context.close();
    },
    LONG,
  );
});

/** A position from a device of the unit, as a tracker sends it. */
async function reportPosition(
  url: string,
  unitId: string,
  [lon, lat]: readonly [number, number],
): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const session = await fetch(`${url}/api/v1/rehearsal/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ role: 'administrator' }),
  });
  const cookie = session.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  const made = await fetch(`${url}/api/v1/devices`, {
    method: 'POST',
    headers: { ...json, cookie: cookie.join('; '), 'idempotency-key': randomUUID() },
    body: JSON.stringify({ unitId, label: unitId, osmand: true }),
  });
  if (!made.ok) throw new Error(await made.text());
  const { deviceId, osmandKey } = await made.json();
  const word = `${deviceId}.${osmandKey}`;
  const taken = await fetch(
    `${url}/api/v1/ingest/osmand?id=${word}&lat=${lat}&lon=${lon}&timestamp=${Date.now()}`,
  );
  if (!taken.ok) throw new Error(await taken.text());
}

async function openBoard(page: Page, texts: Texts): Promise<Page> {
  await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
  await page.locator('canvas.maplibregl-canvas').waitFor();
  return page;
}

/** Opens an incident at the house on the other bank, as a call-taker's desk would, and returns its number. */
async function openIncident(page: Page): Promise<string> {
  return page.evaluate(
    async ({ id, key, position }) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const body = JSON.stringify({
        incidentId: id,
        location: { words: '12 Harbour Street', position, method: 'address' },
        classification: { typeCode: 'FIGHT' },
      });
      const opened = await fetch('/api/v1/incidents', { method: 'POST', headers, body });
      if (!opened.ok) throw new Error(await opened.text());
      const read = await fetch(`/api/v1/incidents/${id}`);
      const { incident } = await read.json();
      return String(incident.number);
    },
    { id: randomUUID(), key: randomUUID(), position: [...HOUSE] },
  );
}

/** Looks for something in the field of the map, by keys, and chooses the first answer that fits. */
async function find(page: Page, texts: Texts, typed: string, found: string): Promise<void> {
  const field = page.getByRole('combobox', { name: texts['map.search'] });
  await page.keyboard.press('/');
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await page.keyboard.type(typed);
  const option = page.getByRole('option').filter({ hasText: found }).first();
  await option.waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await option.waitFor({ state: 'detached' });
  // Gliding there ends with the map at rest; its scale says so when it no longer changes.
  await settled(page);
}

/** Waits until the map has stopped moving, by what the scale says. */
async function settled(page: Page): Promise<void> {
  let last = '';
  await expect
    .poll(
      async () => {
        const now = await page.evaluate(
          () =>
            new Promise<string>((resolve) => {
              requestAnimationFrame(() =>
                setTimeout(
                  () =>
                    resolve(document.querySelector('.maplibregl-ctrl-scale')?.getAttribute('style') ?? ''),
                  300,
                ),
              );
            }),
        );
        const same = now === last;
        last = now;
        return same;
      },
      { timeout: PATIENCE },
    )
    .toBe(true);
}

async function middleOfMap(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('there is no map');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const scaleText = (page: Page): Promise<string | null> =>
  page.locator('.maplibregl-ctrl-scale').textContent();

/** The expected arrival once there is one. */
async function steadyArrival(page: Page): Promise<number> {
  await page.locator('.candidate-times strong').first().waitFor();
  return expectedArrival(page);
}

/** Median time of arrival of the only candidate, in seconds, as the list shows it. */
async function expectedArrival(page: Page): Promise<number> {
  const text = await page.locator('.candidate-times strong').first().textContent();
  return (text ?? '').split(':').reduce((total, part) => 60 * total + Number(part), 0);
}
