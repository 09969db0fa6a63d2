import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUSE, inTown, STATION, writeBridgeTown } from '../support/bridge-town.js';
import { type Browser, hasBrowser, startBrowser } from '../support/browser.js';
import { axeViolations, openPage, PATIENCE, WHILE_LIST_IS_OPEN } from '../support/page.js';
import { command, type Rehearsal, readAs, startRehearsal } from '../support/rehearsal.js';
import { en, zh } from '../support/texts.js';

const LONG = 300_000;
const WIDE = { width: 1440, height: 900 };

/**
 * The five commonest kinds, each by the words that its taker would write. A key is a key, a chord the keys that it is
 * made of; the words themselves are not counted, as the goal is set.
 */
const KINDS = [
  { kind: 'MVAINJY', en: 'crash with inj', zh: '交通事故', answers: ['1'] },
  { kind: 'FIGHT', en: 'people fighting', zh: '打架', answers: ['2', '1'] },
  { kind: 'PERUNCON', en: 'unconscious', zh: '昏迷', answers: ['2', '3'] },
  { kind: 'FSTRU', en: 'house or building', zh: '建筑火灾', answers: ['1', '1'] },
  { kind: 'BURGLARY', en: 'break-in', zh: '入室盗窃', answers: ['1'] },
] as const;
const MOST_KEYS = 12;

const LANGUAGES = [
  { locale: 'en-US', texts: en, name: 'en', words: '12 harbour st', found: '12 Harbour Street' },
  { locale: 'zh-CN', texts: zh, name: 'zh', words: '港湾街12号', found: '港湾街12号' },
] as const;

describe.skipIf(!hasBrowser)('intake', () => {
  let server: Rehearsal;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startRehearsal(writeBridgeTown), startBrowser()]);
    // Enough of each service that no kind is left without one.
    for (let number = 1; number <= 12; number += 1) {
      const unitId = `u${number}`;
      await command(server.url, 'administrator', '/units', {
        unitId,
        callSign: `U${number}`,
        unitType: 'car',
        capabilities: ['patrol', 'ambulance-bls', 'fire-engine'],
        home: STATION,
      });
      await command(server.url, 'dispatcher', `/units/${unitId}/duty/begin`, { crew: ['1', '2', '3', '4'] });
    }
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, LONG);

  /** It rings, from a device that says where it is. */
  const ring = async (number: string, east: number): Promise<string> => {
    const callId = randomUUID();
    await command(server.url, 'call-taker', '/calls', {
      callId,
      callerNumber: number,
      location: { position: inTown(east, 300), accuracy: 35, method: 'device' },
    });
    return callId;
  };
  const enter = async (locale: string, texts: typeof en): Promise<Page> => {
    const context = await browser.open({ locale, viewport: WIDE });
    const page = await openPage(context, server.url);
    await page.getByRole('button', { name: texts['role.dispatcher'] }).click();
    await page.getByRole('heading', { name: texts['queue.title'] }).waitFor();
    return page;
  };

  it.each(LANGUAGES)(
    'sends help to each of the commonest kinds with few keys, while the caller is still talking ($locale)',
    async ({ locale, texts, name, words, found }) => {
      const page = await enter(locale, texts);
      const place = page.getByRole('combobox', { name: texts['intake.words'] });
      const type = page.getByRole('combobox', { name: texts['intake.type'] });
      for (const [index, kind] of KINDS.entries()) {
        const callId = await ring(`555 01${name === 'en' ? 1 : 2}${index}`, 200 * index);
        await page
          .getByText(`555 01${name === 'en' ? 1 : 2}${index}`)
          .first()
          .waitFor();
        let keys = 0;
        const press = async (chord: string): Promise<void> => {
          keys += chord.split('+').length;
          await page.keyboard.press(chord);
        };

        await press('a');
        await place.waitFor();
        // The first usable fact is the device: who is nearest is there before a word has been written.
        await page.getByRole('region', { name: texts['intake.preview.nearest'] }).waitFor();
        await page.locator('.strip-units li').first().waitFor();
        if (index === 0) {
          await page.locator('.device-candidate').getByText(texts['intake.device.used']).waitFor();
          await page.keyboard.type(words);
          await page.getByRole('option', { name: found }).first().waitFor();
          expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
          await press('ArrowDown');
          await press('Enter');
          await page.locator('.position', { hasText: found }).waitFor();
          expect(await place.inputValue()).toBe(words);
          await page
            .locator('.device-candidate')
            .getByRole('button', { name: texts['intake.device.use'] })
            .waitFor();
        } else {
          await page.keyboard.type(`${words} ${index}`);
          await press('Enter');
        }
        await expect.poll(() => type.evaluate((element) => element === document.activeElement)).toBe(true);
        await page.keyboard.type(kind[name]);
        await page.getByRole('option').first().waitFor();
        await press('Enter');
        // The next key is meant for the first question already.
        for (const answer of kind.answers) await press(answer);
        await page.locator('.assessment').waitFor();
        expect(await page.locator('.answer[data-selected]').count()).toBe(kind.answers.length);
        await page.getByRole('region', { name: texts['intake.preview.title'] }).waitFor();
        if (index === 0) expect(await axeViolations(page)).toEqual([]);
        await press('Control+d');

        // The form stays, and is now that of an open incident with units on their way.
        await page.getByRole('button', { name: texts['intake.finish'], exact: true }).waitFor();
        const call = await readAs(server.url, 'dispatcher', `/calls/${callId}`);
        await expect
          .poll(() => stageOf(server.url, call.incidentId), { timeout: PATIENCE })
          .toMatchObject({ typeCode: kind.kind, units: expect.anything() });
        expect(keys, `${kind.kind} in ${locale}`).toBeLessThanOrEqual(MOST_KEYS);

        if (index === 0) {
          expect(await axeViolations(page)).toEqual([]);
          await page.getByLabel(texts['intake.note'], { exact: true }).fill('red lorry');
          await page.keyboard.press('Control+Enter');
          await page.locator('.sent-notes').getByText('red lorry').waitFor();
          const { incident } = await readAs(server.url, 'dispatcher', `/incidents/${call.incidentId}`);
          expect(incident.location).toMatchObject({ words, method: 'address' });
          expect(incident.location.position[0]).toBeCloseTo(HOUSE[0], 5);
          expect(incident.priority).toBe(1);
        }
        await page.getByRole('button', { name: texts['intake.finish'], exact: true }).click();
        await page.locator('.incident-head').waitFor();
        await freeUnits(server.url, call.incidentId);
      }
      await page.context().close();
    },
    LONG,
  );

  it(
    'loses nothing: not with two calls at once, not by a reload, not while the line is down',
    async () => {
      const page = await enter('en-US', en);
      const place = page.getByRole('combobox', { name: en['intake.words'] });
      await page.keyboard.press('n');
      await place.fill('under the second bridge');
      await ring('555 0301', 1500);
      await page.getByText('555 0301').first().waitFor();
      // A second call is taken beside the first, not over it.
      await page.locator('.queue-title, h2').first().click();
      await page.keyboard.press('a');
      await page.getByRole('heading', { name: /555 0301/ }).waitFor();
      await place.fill('by the mill');
      expect(await axeViolations(page, WHILE_LIST_IS_OPEN)).toEqual([]);
      await page.keyboard.press('Alt+1');
      await expect.poll(() => place.inputValue()).toBe('under the second bridge');
      await page.reload();
      await expect.poll(() => place.inputValue(), { timeout: PATIENCE }).toMatch(/bridge|mill/);
      await page.keyboard.press('Alt+2');
      await expect.poll(() => place.inputValue()).toBe('by the mill');

      // Another window of the same browser has both, and follows what is typed in this one.
      const other = await page.context().newPage();
      await other.goto(server.url);
      const there = other.getByRole('combobox', { name: en['intake.words'] });
      await there.waitFor();
      await other.keyboard.press('Alt+2');
      await place.fill('by the old mill');
      await expect.poll(() => there.inputValue(), { timeout: PATIENCE }).toBe('by the old mill');
      await other.close();

      await page.context().setOffline(true);
      await page.keyboard.press('Control+Enter');
      await page.getByText(en['intake.notSentHint']).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.context().setOffline(false);
      await page.keyboard.press('Control+Enter');
      await page.locator('.incident-place', { hasText: 'by the old mill' }).waitFor();
      await page.context().close();
    },
    LONG,
  );

  it(
    'joins a second call about the same to its incident by one key, with what was typed',
    async () => {
      const incidentId = randomUUID();
      await command(server.url, 'dispatcher', '/incidents', {
        incidentId,
        location: { position: inTown(1800, 300), method: 'map', words: 'at the new bridge' },
        classification: { typeCode: 'NOISE', priority: null },
      });
      const page = await enter('en-US', en);
      const callId = await ring('555 0401', 1790);
      await page.getByText('555 0401').first().waitFor();
      await page.keyboard.press('a');
      await page.getByRole('region', { name: en['intake.same'] }).waitFor();
      await page.getByText(en['intake.joinHintCall']).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel(en['intake.note'], { exact: true }).fill('drums, since an hour');
      await page.keyboard.press('Alt+s');
      await page.locator('.incident-head').waitFor();
      const { incident, calls } = await readAs(server.url, 'dispatcher', `/incidents/${incidentId}`);
      expect(calls.map(({ id }: { id: string }) => id)).toEqual([callId]);
      expect(incident.notes.map(({ text }: { text: string }) => text).join()).toContain(
        'drums, since an hour',
      );
      await page.context().close();
    },
    LONG,
  );
});

/** What the incident is, and how many units are on it; `null` before there is one. */
async function stageOf(
  url: string,
  incidentId: string | null,
): Promise<{ readonly typeCode: string; readonly units: number | null } | null> {
  if (incidentId === null) return null;
  const { incident, assignments } = await readAs(url, 'dispatcher', `/incidents/${incidentId}`);
  return { typeCode: incident.typeCode, units: assignments.length || null };
}

/** Ends the incident, so that the next finds all units free. */
async function freeUnits(url: string, incidentId: string): Promise<void> {
  await command(url, 'dispatcher', `/incidents/${incidentId}/cancel`, { reason: 'end of the exercise' });
}
