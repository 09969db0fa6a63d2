import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTown, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE, WHILE_LIST_IS_OPEN } from '../support/page.js';
import { addUnit, command, type Rehearsal, readAs, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 240_000;
/** A minute of the agency passes in two seconds: targets run out and reminders come due while one looks. */
const SCALE = 30;

const LANGUAGES = [
  { locale: 'en-US', texts: en, unit: 'P1' },
  { locale: 'zh-CN', texts: zh, unit: 'P2' },
] as const;
type Texts = typeof en | typeof zh;

describe.skipIf(!hasBrowser)('the queue and the incident', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startRehearsal(writeBridgeTown, '--clock-scale', String(SCALE)),
      startBrowser(),
    ]);
    await addUnit(server.url, 'P1', STATION);
    await addUnit(server.url, 'P2', inTown(400, 0));
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  /** An incident at a crossing of Harbour Street, with a caller on the line. */
  async function open(east: number): Promise<{ id: string; number: string }> {
    const [callId, incidentId] = [randomUUID(), randomUUID()];
    const location = { position: inTown(east, 300), method: 'map' };
    await command(server.url, 'call-taker', '/calls', { callId, callerNumber: `555 ${east}`, location });
    await command(server.url, 'call-taker', `/calls/${callId}/answer`, {});
    await command(server.url, 'call-taker', '/incidents', {
      incidentId,
      callId,
      location,
      classification: { typeCode: 'LARCENY', priority: 3 },
    });
    const { incident } = await readAs(server.url, 'dispatcher', `/incidents/${incidentId}`);
    return { id: incidentId, number: incident.number };
  }
  const short = (number: string): string => number.split('-').at(-1) ?? '';

  async function sign(locale: string, role: string): Promise<Page> {
    const context = await browser.open({ locale, viewport: { width: 1440, height: 900 } });
    const page = await openPage(context, server.url);
    await page.getByRole('button', { name: role }).click();
    await page.locator('#queue').waitFor();
    return page;
  }

  it.each(LANGUAGES)(
    'two people work on one incident, see each other and lose nothing ($locale)',
    async ({ locale, texts, unit }) => {
      const first = await open(200);
      const [ann, bea] = await Promise.all([
        sign(locale, texts['role.dispatcher']),
        sign(locale, texts['role.supervisor']),
      ]);
      const row = (page: Page, number: string) =>
        page.locator('.queue-row', { hasText: short(number) }).first();

      // The row says what it waits for and how its clock stands; what is over is told by shape and words.
      await row(ann, first.number).locator('.stage-over').waitFor();
      expect(await row(ann, first.number).textContent()).toContain(texts['need.undispatched']);
      await row(ann, first.number).focus();
      await ann.keyboard.press('Enter');
      await ann.locator('.incident-head', { hasText: first.number }).waitFor();
      expect(await axeViolations(ann)).toEqual([]);

      // A note is begun from anywhere by R; the other sees who writes, and nothing is lost by a reload.
      await row(bea, first.number).click();
      await ann.keyboard.press('r');
      await ann.keyboard.type('caller says there are two of them');
      const writing = texts['presence.writing-note'].replace('{name}', 'dispatcher');
      await bea.locator('.incident-head', { hasText: writing }).waitFor();
      await row(bea, first.number).getByText(writing).waitFor();
      await ann.reload();
      await row(ann, first.number).click();
      await ann.keyboard.press('r');
      expect(await ann.locator('.note-box textarea').inputValue()).toContain('two of them');
      await ann.keyboard.press('Control+Enter');
      await bea.locator('.note-list', { hasText: 'two of them' }).waitFor();
      await expect.poll(() => ann.locator('.note-box textarea').inputValue(), { timeout: PATIENCE }).toBe('');
      await ann.keyboard.press('Escape');

      // While one has the type open, the other changes the priority: shown, asked, and nothing overwritten unseen.
      await press(ann, texts['incident.changeType']);
      await ann.getByRole('dialog').waitFor();
      await bea
        .locator('.incident-head', { hasText: texts['presence.editing'].replace('{name}', 'dispatcher') })
        .waitFor();
      await command(server.url, 'supervisor', `/incidents/${first.id}/classify`, {
        typeCode: 'LARCENY',
        priority: 2,
      });
      await ann.getByText(texts['changed.title']).waitFor();
      expect(await ann.getByRole('button', { name: texts['common.save'] }).isDisabled()).toBe(true);
      expect(await axeViolations(ann)).toEqual([]);
      await press(ann, texts['changed.goOn']);
      await press(ann, texts['common.save']);
      await ann.getByRole('dialog').waitFor({ state: 'detached' });
      await ann.locator('.incident-head', { hasText: texts['priority.3'] }).waitFor();

      // A unit is sent, its stage corrected with a reason, and one that was left out answers why.
      const candidate = ann.locator('.candidate', { hasText: unit });
      await candidate.getByRole('button').last().focus();
      await ann.keyboard.press('Enter');
      const assignment = ann.locator('.assignment', { hasText: unit });
      await assignment.waitFor();
      await menu(ann, texts['assignment.other'], texts['assignment.correct']);
      await ann.getByRole('textbox', { name: texts['stamp.right'] }).fill('99:99');
      await ann.getByText(texts['stamp.format']).waitFor();
      const stamps = (await assignment.locator('.stage-stamps').textContent()) ?? '';
      const [at = ''] = /\d\d:\d\d:\d\d/.exec(stamps) ?? [];
      await ann.getByRole('textbox', { name: texts['stamp.right'] }).fill(at.replaceAll(':', ''));
      await ann.getByRole('textbox', { name: texts['common.reason'] }).fill('the radio was late');
      expect(await axeViolations(ann)).toEqual([]);
      await ann.keyboard.press('Escape');
      await ann.getByRole('dialog').waitFor({ state: 'detached' });
      await press(ann, texts['assignment.cancel']);
      await reason(ann, 'sent elsewhere');
      await row(ann, first.number).getByText(texts['need.declined']).waitFor();

      await Promise.all([ann.context().close(), bea.context().close()]);
    },
    LONG,
  );

  it.each(LANGUAGES)(
    'an incident is raised, linked, merged, split, cancelled, closed, opened again and settled by keyboard ($locale)',
    async ({ locale, texts }) => {
      const [main, twin, false_] = [await open(600), await open(620), await open(1400)];
      const page = await sign(locale, texts['role.supervisor']);
      const show = async (number: string): Promise<void> => {
        await page
          .locator('.queue-row', { hasText: short(number) })
          .first()
          .focus();
        await page.keyboard.press('Enter');
        await page.locator('.incident-head', { hasText: number }).waitFor();
      };
      const more = (form: keyof Texts & `incidentForm.${string}`) =>
        menu(page, texts['incident.more'], texts[form]);
      const pick = async (label: string, number: string): Promise<void> => {
        await page.getByRole('combobox', { name: label }).fill(short(number));
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
      };

      // What a higher level adds is shown before anything is done.
      await show(main.number);
      await more('incidentForm.raise');
      await page.getByRole('table').waitFor();
      expect(await page.getByRole('table').textContent()).toContain('+1');
      expect(await axeViolations(page)).toEqual([]);
      await press(page, texts['incident.raiseAlarm'].replace('{level, number}', '2'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await more('incidentForm.link');
      await pick(texts['link.other'], twin.number);
      expect(await axeViolations(page)).toEqual([]);
      await press(page, texts['link.do'], true);
      await page.locator('.link-list', { hasText: twin.number }).waitFor();
      await press(page, texts['link.undo'].replace('{number}', twin.number));
      await page.locator('.link-list').waitFor({ state: 'detached' });

      // The twin is the same after all: its call moves, and what happens is told first.
      await show(twin.number);
      await more('incidentForm.merge');
      await pick(texts['merge.into'], main.number);
      expect(await axeViolations(page)).toEqual([]);
      await press(page, texts['merge.do'], true);
      await page.locator('.incident-head', { hasText: main.number }).waitFor();
      await press(page, texts['incident.tab.calls'], false, 'tab');
      await expect.poll(() => page.locator('.caller').count(), { timeout: PATIENCE }).toBe(2);

      // And one of the calls was about something else again.
      await press(page, texts['incident.tab.work'], false, 'tab');
      await more('incidentForm.split');
      await page.getByRole('checkbox').last().focus();
      await page.keyboard.press('Space');
      await page.getByRole('textbox', { name: texts['common.reason'] }).fill('another house');
      expect(await axeViolations(page)).toEqual([]);
      await press(page, texts['split.do'], true);
      await page.locator('.link-list', { hasText: main.number }).waitFor();

      await show(false_.number);
      await more('incidentForm.cancel');
      await reason(page, 'a child played with the telephone');
      await page.getByText(texts['incident.cancelledAs'].replace('{reason}', 'a child')).first().waitFor();

      // Recovery, the end, a second beginning with its reason, and the settling.
      await show(main.number);
      await more('incidentForm.recover');
      await page.getByRole('textbox', { name: texts['recover.what'] }).fill('a bicycle');
      await press(page, texts['common.save']);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await close(page, texts, main.number);
      await more('incidentForm.reopen');
      await reason(page, 'closed too early');
      await page.locator('.incident-holder').waitFor();
      await close(page, texts, main.number);
      await more('incidentForm.settle');
      await page.getByRole('radio', { name: texts['settle.told'], exact: true }).focus();
      await page.keyboard.press('Space');
      await press(page, texts['settle.do'], true);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await press(page, texts['incident.tab.timeline'], false, 'tab');
      await page.locator('.timeline', { hasText: texts['settle.told'] }).waitFor();
      expect(await page.locator('.timeline').textContent()).toContain('closed too early');
      expect(await axeViolations(page)).toEqual([]);
      await page.context().close();
    },
    LONG,
  );

  it.each(LANGUAGES)(
    'a reminder comes due and is heard until it is silenced; sound says honestly how it stands ($locale)',
    async ({ locale, texts }) => {
      const { number } = await open(1800);
      const page = await sign(locale, texts['role.dispatcher']);
      // Signing in was a press, so the page may sound; muted, it says so.
      const speaker = page.getByRole('button', { name: texts['sound.title'] });
      await page.getByRole('button', { name: texts['sound.state.on'] }).waitFor();
      await speaker.focus();
      await page.keyboard.press('Enter');
      const settings = page.getByRole('dialog', { name: texts['sound.title'] });
      await settings.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await settings.getByRole('switch').focus();
      await page.keyboard.press('Space');
      await settings.getByText(texts['sound.explain.muted']).waitFor();
      await page.keyboard.press('Space');
      await settings.getByText(texts['sound.explain.on']).waitFor();
      await page.keyboard.press('Escape');

      await page
        .locator('.queue-row', { hasText: short(number) })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await page.locator('.incident-head', { hasText: number }).waitFor();
      await page.keyboard.press('x');
      await menu(page, texts['timer.remind'], /^\D*1\D*$/);
      // One minute later by the agency's clock.
      const due = page.locator('.timer-due', { hasText: short(number) });
      await due.waitFor();
      await page.locator('.alarm-controls').getByText(texts['sound.silence'], { exact: true }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('x');
      await page
        .locator('.alarm-controls')
        .getByText(texts['sound.silence'], { exact: true })
        .waitFor({ state: 'detached' });
      // What is done is gone, also from another page of the same browser.
      const other = await page.context().newPage();
      await other.goto(server.url);
      await other.locator('.timer-due').waitFor();
      await due.getByRole('button', { name: texts['timer.done'] }).focus();
      await page.keyboard.press('Enter');
      await due.waitFor({ state: 'detached' });
      await other.locator('.timer-due').waitFor({ state: 'detached' });
      await page.context().close();
    },
    LONG,
  );
});

/** Presses a button, or a tab, by keyboard. */
async function press(
  page: Page,
  name: string,
  exact = false,
  role: 'button' | 'tab' = 'button',
): Promise<void> {
  const control = page.getByRole(role, { name, exact }).first();
  await control.waitFor();
  await expect.poll(() => control.isEnabled(), { timeout: PATIENCE }).toBe(true);
  await control.focus();
  await page.keyboard.press(role === 'tab' ? 'Space' : 'Enter');
}

/** Opens a menu by keyboard and takes one of its items. */
async function menu(page: Page, button: string, item: string | RegExp): Promise<void> {
  await press(page, button);
  const wanted = page.getByRole('menuitem', { name: item }).first();
  await wanted.waitFor();
  expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
  await wanted.focus();
  await page.keyboard.press('Enter');
}

async function reason(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(text);
  await dialog.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function close(page: Page, texts: Texts, number: string): Promise<void> {
  await press(page, texts['incident.close'], true);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: texts['incident.disposition'] }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  await press(page, texts['incident.closeTitle'].replace('{number}', number));
  await dialog.waitFor({ state: 'detached' });
}
