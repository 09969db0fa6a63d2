import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  FAMILY_NAMES,
  findIncidentType,
  findRunCard,
  INCIDENT_TYPES,
  pinyinInitials,
  RUN_CARDS,
  runCardFor,
  searchIncidentTypes,
} from '../src/catalogue/index.js';

const standardFile = new URL('../../../../shared/standards/apco-incident-types.json', import.meta.url);
const noStandard = existsSync(standardFile) ? false : 'the list of the standard is not beside the repository';
const readStandard = (): [string, string][] => JSON.parse(readFileSync(standardFile, 'utf8'));

const codes = INCIDENT_TYPES.map(({ code }) => code);
const letters = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
const searched = (text: string, locale: 'en' | 'zh' = 'en') =>
  searchIncidentTypes(text, locale, INCIDENT_TYPES).map(({ code }) => code);

describe.skipIf(noStandard)(
  `against the standard's list${noStandard ? ` (skipped: ${noStandard})` : ''}`,
  () => {
    test('every code of the list is there', () => {
      const standard = new Set(readStandard().map(([code]) => code));
      expect(standard.size).toBe(244);
      expect([...standard].filter((code) => findIncidentType(code) === undefined)).toEqual([]);
    });

    test('the only code beyond the list is the one that the registry has and the list lacks', () => {
      const standard = new Set(readStandard().map(([code]) => code));
      expect(codes.filter((code) => !standard.has(code))).toEqual(['XTRICATE']);
    });

    test('no name of more than two words is the wording of the standard', () => {
      const theirs = new Set(readStandard().map(([, description]) => letters(description)));
      const copied = INCIDENT_TYPES.filter(({ name }) => theirs.has(letters(name.en)));
      expect(copied.filter(({ name }) => letters(name.en).split(' ').length > 2)).toEqual([]);
    });
  },
);

describe('incident types', () => {
  test('a code stands once', () => {
    expect(codes).toHaveLength(245);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('a name says one type only, in either language', () => {
    for (const locale of ['en', 'zh'] as const) {
      const names = INCIDENT_TYPES.map(({ name }) => name[locale]);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  test('every name is there in both languages', () => {
    for (const { name } of INCIDENT_TYPES) {
      expect(name.en).toMatch(/^[A-Z][A-Za-z ,-]+$/);
      expect(name.zh).toMatch(/\p{Script=Han}/u);
      expect(name.zh).not.toMatch(/[\s(),]/);
    }
  });

  test('every family is in use', () => {
    expect(new Set(INCIDENT_TYPES.map(({ family }) => family))).toEqual(new Set(Object.keys(FAMILY_NAMES)));
  });

  test('every type has its run card and every card its type', () => {
    for (const type of INCIDENT_TYPES) expect(runCardFor(type)).toBe(findRunCard(type.runCard));
    const used = new Set(INCIDENT_TYPES.map(({ runCard }) => runCard));
    expect(RUN_CARDS.filter(({ id }) => !used.has(id))).toEqual([]);
  });

  test('a type of an agency finds its own card, and a type without a card is a mistake', () => {
    const own = { id: 'drone-search', name: { en: 'Drone search', zh: '无人机搜索' }, levels: [] };
    const type = { code: 'DRONE', runCard: 'drone-search' };
    expect(runCardFor(type, [...RUN_CARDS, own])).toBe(own);
    expect(() => runCardFor(type)).toThrow('DRONE');
  });

  test('a type that nobody is sent to is not urgent', () => {
    for (const { priority, runCard } of INCIDENT_TYPES) {
      if (runCard === 'admin-none') expect(priority).toBeGreaterThanOrEqual(4);
    }
  });

  test('a code is found in small letters as well, an unknown one is not found', () => {
    expect(findIncidentType('mvainjy')?.name.zh).toBe('交通事故（有人受伤）');
    expect(findIncidentType('NOSUCH')).toBeUndefined();
  });
});

describe('searching incident types', () => {
  test('every code finds its own type first', () => {
    for (const code of codes) expect(searched(code)[0]).toBe(code);
  });

  test('every name finds its own type first, in either language', () => {
    for (const { code, name } of INCIDENT_TYPES) {
      expect(searched(name.en, 'en')[0]).toBe(code);
      expect(searched(name.zh, 'zh')[0]).toBe(code);
    }
  });

  test('a few letters will do, of the code, the name or the pinyin initials', () => {
    expect(searched('mvain')).toEqual(['MVAINJY']);
    expect(searched('break')).toContain('BURGLARY');
    expect(searched('盗窃', 'zh')).toEqual(expect.arrayContaining(['BURGLARY', 'LARCENY', 'SHOPLIFT']));
    expect(searched('rsdq', 'zh')).toEqual(['BURGLARY']);
    expect(searched('jtsg', 'zh').slice(0, 3)).toEqual(['MVAINJY', 'MVAUNK', 'MVA']);
  });

  test('both languages are searched whichever is shown', () => {
    expect(searched('溺水', 'en')).toContain('DROWN');
    expect(searched('drown', 'zh')).toContain('DROWN');
  });

  test('each piece must be found, in any order', () => {
    expect(searched('gas indoors')).toEqual(['GASLEAKI']);
    expect(searched('indoors gas')).toEqual(['GASLEAKI']);
    expect(searched('gas nowhere')).toEqual([]);
  });

  test('empty text lists all, blanks and marks count as empty', () => {
    for (const text of ['', '  ', '（']) expect(searched(text)).toEqual(codes);
  });

  test('full-width letters are as good as plain ones', () => {
    expect(searched('ＭＶＡＩＮ', 'zh')).toEqual(['MVAINJY']);
  });

  test('an agency may search its own list', () => {
    const own = INCIDENT_TYPES.filter(({ family }) => family === 'traffic');
    expect(searchIncidentTypes('fire', 'en', own)).toEqual([]);
  });
});

test('pinyin initials are right for common characters of every letter', () => {
  expect(pinyinInitials('安白草大恶非高黑家开来马你欧怕起人三天我小要在')).toBe('abcdefghjklmnopqrstwxyz');
  expect(pinyinInitials('入室盗窃')).toBe('rsdq');
  expect(pinyinInitials('二氧化碳（CO2）')).toBe('eyhtco2');
});
