import { type Seconds, seconds } from '@lamplight/base';
import type { Localized } from './vocabulary.js';

/** The intervals of the chain of response that a target may be set for, under their standard names. */
export type TargetInterval =
  | 'alarmAnswering'
  | 'entry'
  | 'alarmProcessing'
  | 'turnout'
  | 'travel'
  | 'response'
  | 'initiatingAction'
  | 'commitment';

/** Which incidents a target is for. `city` and `suburb` are places; `fire` and `medical` are services. */
export type TargetScope = 'any' | 'fire' | 'medical' | 'city' | 'suburb';

/** `percentile` per cent of the intervals are to be `seconds` or shorter; 100 means every one. */
export interface Target {
  readonly interval: TargetInterval;
  readonly scope: TargetScope;
  readonly percentile: number;
  readonly seconds: Seconds;
  /** Where the figure comes from. */
  readonly source: string;
}

/** A set of targets an agency may choose, copy or replace. */
export interface TargetSet {
  readonly id: string;
  readonly name: Localized;
  /** How far the figures may be relied upon. */
  readonly caution: Localized;
  readonly targets: readonly Target[];
}

const NENA = 'NENA-STA-020.1-2020, as announced at nena.org/news/514408';
const NFPA_1225 = 'NFPA 1225 (2022), as stated in the NFPA Today blog of 2023-01-23';
const NFPA_1710_TRAVEL =
  'NFPA 1710: 240 s as stated in NFPA Journal, September 2015; the share from secondary sources';
const NFPA_1710_TURNOUT = 'NFPA 1710, secondary sources';
const CITY_110 = 'A local 110 handling rule, article 23 (m.qiqiwenku.com/doc/260104.html), agency not shown';

const target = (
  interval: TargetInterval,
  scope: TargetScope,
  percentile: number,
  limit: number,
  source: string,
): Target => ({ interval, scope, percentile, seconds: seconds(limit), source });

/**
 * Published targets, as data because they disagree. None of the sources sets one for entry, initiating action or
 * commitment.
 */
export const TARGET_SETS: readonly TargetSet[] = [
  {
    id: 'nena-sta-020',
    name: { en: 'NENA call answering', zh: 'NENA 接听标准' },
    caution: {
      en: 'For answering the call only. Taken from the announcement of the standard.',
      zh: '仅针对电话接听。数值取自标准发布公告。',
    },
    targets: [target('alarmAnswering', 'any', 90, 15, NENA), target('alarmAnswering', 'any', 95, 20, NENA)],
  },
  {
    id: 'nfpa-1225-1710',
    name: { en: 'NFPA fire and ambulance', zh: 'NFPA 消防与急救' },
    caution: {
      en: 'NFPA says its call-handling times rest on the experience of committee members, not on research. Other sources give 15 s (95 %) for answering and 64 s for processing. Turnout, and the share for travel, are from secondary sources.',
      zh: 'NFPA 承认其接警时限源于委员会成员的经验而非研究。另有来源给出接听 15 秒（95%）、受理 64 秒。出动时限及行车达标比例取自二手资料。',
    },
    targets: [
      target('alarmAnswering', 'any', 90, 10, NFPA_1225),
      target('alarmProcessing', 'any', 90, 60, NFPA_1225),
      target('turnout', 'fire', 90, 80, NFPA_1710_TURNOUT),
      target('turnout', 'medical', 90, 60, NFPA_1710_TURNOUT),
      target('travel', 'fire', 90, 240, NFPA_1710_TRAVEL),
      target('travel', 'medical', 90, 240, NFPA_1710_TRAVEL),
    ],
  },
  {
    id: 'city-5-10',
    name: { en: 'City 5 minutes, outskirts 10', zh: '城区五分钟、城郊十分钟' },
    caution: {
      en: 'For urgent calls only. The rule names no share, so it is read as every call, and counts from the order to go, so judging it from the first ring is stricter.',
      zh: '仅适用于紧急警情。原规定未给出达标比例，此处按全部计；原规定自出警指令起算，此处自振铃起算，更为严格。',
    },
    targets: [
      target('response', 'city', 100, 300, CITY_110),
      target('response', 'suburb', 100, 600, CITY_110),
    ],
  },
];

/** The shipped set of targets of that id. */
export const findTargetSet = (id: string): TargetSet | undefined => TARGET_SETS.find((set) => set.id === id);
