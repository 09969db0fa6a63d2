import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../src/language.js';
import { CATALOGUES, translate } from '../src/messages.js';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('the message catalogues', () => {
  it('have the same keys and the same placeholders in both languages', () => {
    const { en, 'zh-CN': zh } = CATALOGUES;
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    const chinese = new Map(Object.entries(zh));
    for (const [key, text] of Object.entries(en)) {
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('hold nothing that no source uses', async () => {
    const folder = new URL('../src/', import.meta.url);
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const sources = (await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))).join(
      '\n',
    );
    // Keys that are put together at run time are looked for by their stem.
    const isUsed = (key: string): boolean =>
      sources.includes(`'${key}'`) || sources.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`);
    expect(Object.keys(CATALOGUES.en).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('put values where their names stand, and leave alone what has none', () => {
    expect(translate('en', { key: 'roads.route', values: { seconds: 12, metres: 340 } })).toBe('12 s, 340 m');
    expect(translate('zh-CN', { key: 'roads.route', values: { seconds: 12 } })).toBe('12 秒，{metres} 米');
  });
});

describe('the language of the environment', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [{ LANG: 'zh' }, 'zh-CN'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'zh_TW' }, 'zh-CN'],
  ] as const)('%o gives %s', (environment, language) => {
    expect(languageOf(environment)).toBe(language);
  });
});
