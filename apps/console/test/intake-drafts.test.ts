import { instant, metres } from '@lamplight/base';
import type { Location } from '@lamplight/ui';
import { describe, expect, it } from 'vitest';
import { deviceOf, emptyDraft, isUntouched, readDrafts } from '../src/intake/draft.js';
import { intakeKeyOf } from '../src/intake/intake-keys.js';

describe('drafts that were kept', () => {
  it('are read back as they were written', () => {
    const draft = { ...emptyDraft(), words: '鱼市场旁边', answers: { hurt: 'badly' }, savedAt: 7 };
    expect(readDrafts(JSON.parse(JSON.stringify([draft])))).toEqual([draft]);
  });

  it('are left out one by one where they are damaged, and all where there are none', () => {
    const whole = emptyDraft();
    expect(readDrafts([{ words: 'half' }, whole, null])).toEqual([whole]);
    expect(readDrafts('nothing')).toEqual([]);
    expect(readDrafts(undefined)).toEqual([]);
  });

  it('have identifiers of their own', () => {
    const [a, b] = [emptyDraft(), emptyDraft()];
    expect(new Set([a.key, b.key, a.incidentId, b.incidentId, a.newCallId, b.newCallId]).size).toBe(6);
    expect(isUntouched(a)).toBe(true);
    expect(isUntouched({ ...a, note: 'x' })).toBe(false);
  });
});

describe('the position of the caller’s device', () => {
  const location: Location = {
    position: [113.5, 24.8],
    accuracy: metres(35),
    method: 'device',
    words: null,
    label: null,
  };

  it('is taken from a call that says it comes from one, with what it is worth', () => {
    expect(deviceOf(location, instant(5))).toEqual({
      position: [113.5, 24.8],
      accuracy: 35,
      method: 'device',
      at: 5,
    });
  });

  it('is none where somebody has set the place by hand', () => {
    expect(deviceOf({ ...location, method: 'map' }, instant(5))).toBeNull();
    expect(deviceOf({ ...location, position: null }, instant(5))).toBeNull();
    expect(deviceOf(null, instant(5))).toBeNull();
  });
});

describe('a key of the form', () => {
  const key = (parts: Partial<Parameters<typeof intakeKeyOf>[0]>) =>
    intakeKeyOf({
      key: '',
      code: '',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...parts,
    });

  it('has a modifier: letters are letters', () => {
    expect(key({ key: 'd', code: 'KeyD' })).toBeNull();
    expect(key({ key: 'Enter' })).toBeNull();
    expect(key({ key: 'd', code: 'KeyD', ctrlKey: true })).toEqual({ does: 'dispatch' });
    expect(key({ key: 'd', code: 'KeyD', metaKey: true })).toEqual({ does: 'dispatch' });
    expect(key({ key: 'Enter', ctrlKey: true })).toEqual({ does: 'send' });
  });

  it('is known by its place where Alt makes another letter of it', () => {
    expect(key({ key: 'ß', code: 'KeyS', altKey: true })).toEqual({ does: 'join' });
    expect(key({ key: '¡', code: 'Digit1', altKey: true })).toEqual({ does: 'switch', rank: 1 });
    expect(key({ key: '0', code: 'Digit0', altKey: true })).toBeNull();
  });

  it('is nobody’s with other modifiers besides', () => {
    expect(key({ key: 'D', code: 'KeyD', ctrlKey: true, shiftKey: true })).toBeNull();
    expect(key({ key: 'd', code: 'KeyD', ctrlKey: true, altKey: true })).toBeNull();
  });
});
