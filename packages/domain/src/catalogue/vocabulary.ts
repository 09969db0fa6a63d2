/** A text in both languages of the product: English and Simplified Chinese. */
export interface Localized {
  readonly en: string;
  readonly zh: string;
}

/** The languages a text exists in; `zh` is Simplified Chinese (`zh-CN`). */
export type Locale = keyof Localized;

/**
 * How soon help must be there, 1 the most urgent.
 * 1: life in danger now. 2: serious harm likely, or a crime in progress. 3: prompt, no immediate danger.
 * 4: routine, may wait for a free unit. 5: no journey needed, or any time today.
 */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** What an incident is about, coarsely: for filters, colours, statistics and default workflows. */
export type Family =
  | 'violence'
  | 'property'
  | 'fraud'
  | 'order'
  | 'enforcement'
  | 'traffic'
  | 'fire'
  | 'alarm'
  | 'rescue'
  | 'medical'
  | 'hazard'
  | 'weather'
  | 'missing'
  | 'welfare'
  | 'assist'
  | 'transport'
  | 'major'
  | 'admin';

export const FAMILY_NAMES: Readonly<Record<Family, Localized>> = {
  violence: { en: 'Violence', zh: '暴力侵害' },
  property: { en: 'Property', zh: '侵财与财物' },
  fraud: { en: 'Fraud', zh: '诈骗' },
  order: { en: 'Public order', zh: '治安秩序' },
  enforcement: { en: 'Enforcement', zh: '执法行动' },
  traffic: { en: 'Traffic', zh: '道路交通' },
  fire: { en: 'Fire', zh: '火灾' },
  alarm: { en: 'Alarms', zh: '报警装置' },
  rescue: { en: 'Rescue', zh: '抢险救援' },
  medical: { en: 'Medical', zh: '医疗急救' },
  hazard: { en: 'Hazards', zh: '危险品与险情' },
  weather: { en: 'Weather and nature', zh: '自然灾害' },
  missing: { en: 'Missing people', zh: '走失寻人' },
  welfare: { en: 'Welfare', zh: '人身安危' },
  assist: { en: 'Assistance', zh: '求助服务' },
  transport: { en: 'Rail and air', zh: '轨道与航空' },
  major: { en: 'Major incidents', zh: '重大突发事件' },
  admin: { en: 'Administrative', zh: '行政事务' },
};
