import type { Random } from '@lamplight/base';
import type { Bilingual, LandUse, PlaceKind } from './model.js';

/** The expected number of places of each kind in a neighbourhood; the part after the point is a chance. */
export const PLACES: Readonly<Record<LandUse, Readonly<Partial<Record<PlaceKind, number>>>>> = {
  'old-town': { 'primary-school': 0.7, market: 0.8, bar: 2.5, clinic: 0.5, bank: 0.5 },
  commercial: { bank: 2, bar: 2.5, market: 0.4, 'bus-station': 0.3, clinic: 0.3, 'secondary-school': 0.2 },
  retail: { market: 1.5, bar: 1.5, bank: 1, fuel: 0.3, 'bus-station': 0.2 },
  residential: {
    'primary-school': 1,
    'secondary-school': 0.4,
    market: 0.7,
    clinic: 0.5,
    bar: 0.4,
    fuel: 0.15,
  },
  suburb: { 'primary-school': 0.7, fuel: 0.3, clinic: 0.3, market: 0.4 },
  industrial: { fuel: 0.6, 'bus-station': 0.2, bank: 0.2 },
};

const TITLES: Readonly<Record<PlaceKind, Bilingual>> = {
  'primary-school': { zh: '小学', en: 'Primary School' },
  'secondary-school': { zh: '中学', en: 'Secondary School' },
  hospital: { zh: '医院', en: 'Hospital' },
  clinic: { zh: '卫生服务中心', en: 'Health Centre' },
  market: { zh: '菜市场', en: 'Market' },
  bar: { zh: '酒馆', en: 'Tavern' },
  'bus-station': { zh: '汽车站', en: 'Bus Station' },
  'railway-station': { zh: '火车站', en: 'Railway Station' },
  bank: { zh: '银行', en: 'Bank' },
  fuel: { zh: '加油站', en: 'Filling Station' },
};

export const PLACE_KINDS: readonly PlaceKind[] = [
  'primary-school',
  'secondary-school',
  'hospital',
  'clinic',
  'market',
  'bar',
  'bus-station',
  'railway-station',
  'bank',
  'fuel',
];

/** How many of a kind, drawn around its expected number. */
export function drawCount(expected: number, random: Random): number {
  return Math.floor(expected) + (random.next() < expected % 1 ? 1 : 0);
}

export const placeName = (base: Bilingual, kind: PlaceKind): Bilingual => ({
  zh: base.zh + TITLES[kind].zh,
  en: `${base.en} ${TITLES[kind].en}`,
});
