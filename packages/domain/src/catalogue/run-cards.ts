import type { ShippedCapability } from './capabilities.js';
import type { Localized } from './vocabulary.js';

/** So many units with a capability. One unit fills one slot, whatever else it can do. */
export interface Requirement {
  readonly capability: string;
  readonly count: number;
}

/**
 * What a kind of incident needs, by alarm level. Level n lists the TOTAL wanted at that level, not what it adds to
 * level n−1. Requirements stand in the order in which they are to be filled: a capability comes before the more
 * general ones it implies, so that an advanced ambulance is not spent on a basic slot.
 */
export interface RunCard {
  readonly id: string;
  readonly name: Localized;
  readonly levels: readonly AlarmLevel[];
}

export interface AlarmLevel {
  /** 1 for the first alarm, then 2, 3… without a gap. */
  readonly level: number;
  readonly requires: readonly Requirement[];
}

type Counts = Readonly<Partial<Record<ShippedCapability, number>>>;

/** One entry of `levels` is one alarm level; the order of its keys is the order of filling. */
const card = <Id extends string>(id: Id, en: string, zh: string, ...levels: readonly Counts[]) => ({
  id,
  name: { en, zh },
  levels: levels.map((counts, index) => ({
    level: index + 1,
    requires: Object.entries(counts).map(([capability, count]) => ({ capability, count })),
  })),
});

/**
 * Starting values, to be replaced by an agency's own: no standard fixes them all, and those that exist (for a
 * building fire, say) count crew, not vehicles.
 */
const SHIPPED = [
  card('admin-none', 'No response', '无需派警', {}),
  card('patrol-1', 'One patrol', '单车处警', { patrol: 1 }, { patrol: 2 }, { patrol: 3, supervisor: 1 }),
  card(
    'patrol-2',
    'Two patrols',
    '双车处警',
    { patrol: 2 },
    { patrol: 3, supervisor: 1 },
    { patrol: 5, supervisor: 1 },
  ),
  card(
    'violence-in-progress',
    'Violence in progress',
    '正在发生的暴力警情',
    { patrol: 3, supervisor: 1 },
    { 'armed-response': 1, patrol: 4, supervisor: 1, 'ambulance-bls': 1 },
    { 'armed-response': 2, patrol: 6, supervisor: 2, 'ambulance-bls': 2 },
  ),
  card(
    'armed-incident',
    'Armed incident',
    '涉枪涉械警情',
    { 'armed-response': 2, patrol: 3, supervisor: 1, 'ambulance-als': 1 },
    { 'armed-response': 4, patrol: 6, supervisor: 2, 'ambulance-als': 3, 'fire-engine': 1 },
    { 'armed-response': 6, patrol: 10, supervisor: 3, 'ambulance-als': 6, 'fire-engine': 2 },
  ),
  card(
    'negotiation',
    'Hostage or barricade',
    '劫持与据守',
    { negotiation: 1, 'armed-response': 2, patrol: 2, supervisor: 1, 'ambulance-als': 1 },
    { negotiation: 2, 'armed-response': 4, patrol: 4, supervisor: 2, 'ambulance-als': 2 },
  ),
  card(
    'police-medical',
    'Injured person, police and ambulance',
    '伤者处置（警医联动）',
    { 'ambulance-als': 1, patrol: 2 },
    { 'ambulance-als': 2, patrol: 3, supervisor: 1 },
  ),
  card(
    'serious-crime',
    'Serious crime scene',
    '重大案件现场',
    { patrol: 2, investigation: 1, supervisor: 1 },
    { patrol: 4, investigation: 2, supervisor: 1 },
  ),
  card(
    'pursuit',
    'Pursuit',
    '追缉堵截',
    { patrol: 3, supervisor: 1 },
    { traffic: 1, patrol: 4, supervisor: 1 },
    { traffic: 2, k9: 1, patrol: 6, supervisor: 1 },
  ),
  card(
    'suspect-search',
    'Search for a suspect',
    '搜捕嫌疑人',
    { k9: 1, patrol: 3, supervisor: 1 },
    { k9: 2, 'armed-response': 1, patrol: 6, supervisor: 1 },
  ),
  card(
    'public-order',
    'Crowd or unrest',
    '群体性事件',
    { patrol: 4, supervisor: 1 },
    { 'public-order': 2, patrol: 6, supervisor: 2, 'ambulance-bls': 1 },
    { 'public-order': 6, patrol: 8, supervisor: 3, 'ambulance-bls': 2 },
  ),
  card(
    'bomb-threat',
    'Bomb threat',
    '涉爆警情',
    { 'bomb-disposal': 1, patrol: 2, supervisor: 1 },
    { 'bomb-disposal': 1, patrol: 4, supervisor: 1, 'fire-engine': 1, 'ambulance-als': 1 },
  ),
  card('fraud-report', 'Fraud report', '诈骗受案', { patrol: 1 }, { patrol: 1, investigation: 1 }),
  card(
    'missing-person',
    'Missing person',
    '走失人员查找',
    { patrol: 2 },
    { k9: 1, patrol: 4, supervisor: 1 },
    { k9: 2, patrol: 6, supervisor: 1, rescue: 1 },
  ),
  card(
    'mental-crisis',
    'Person in crisis',
    '精神与心理危机',
    { patrol: 2, 'ambulance-bls': 1 },
    { negotiation: 1, patrol: 3, supervisor: 1, 'ambulance-bls': 1, rescue: 1 },
  ),
  card(
    'person-down',
    'Person down',
    '倒地人员查看',
    { patrol: 1, 'ambulance-bls': 1 },
    { patrol: 2, 'ambulance-bls': 2 },
  ),
  card(
    'community-assist',
    'Community assistance',
    '社区求助服务',
    { community: 1 },
    { patrol: 1, community: 1 },
  ),
  card(
    'intrusion-alarm',
    'Intruder alarm',
    '入侵报警核查',
    { patrol: 1 },
    { patrol: 2 },
    { k9: 1, patrol: 3, supervisor: 1 },
  ),
  card(
    'responder-emergency',
    'Responder in danger',
    '一线人员遇险',
    { patrol: 4, supervisor: 1, 'ambulance-als': 1 },
    { 'armed-response': 1, patrol: 6, supervisor: 1, 'ambulance-als': 2, 'fire-engine': 1, rescue: 1 },
  ),
  card('traffic-minor', 'Traffic, nobody hurt', '一般交通警情', { traffic: 1 }, { traffic: 2 }),
  card(
    'traffic-injury',
    'Traffic with injuries',
    '伤人交通事故',
    { traffic: 1, 'ambulance-als': 1, 'fire-engine': 1 },
    { traffic: 2, 'ambulance-als': 2, 'fire-engine': 1, rescue: 1 },
    { traffic: 4, 'ambulance-als': 4, 'fire-engine': 2, rescue: 2, supervisor: 1, 'fire-command': 1 },
  ),
  card('small-fire', 'Small fire', '小型火灾', { 'fire-engine': 1 }, { 'fire-engine': 2, 'fire-command': 1 }),
  card(
    'vehicle-fire',
    'Vehicle fire',
    '车辆火灾',
    { 'fire-engine': 1, traffic: 1 },
    { 'fire-engine': 2, traffic: 1, 'fire-command': 1, 'ambulance-bls': 1 },
  ),
  card(
    'grass-fire',
    'Grass fire',
    '草木火灾',
    { 'fire-engine': 2 },
    { 'fire-engine': 4, 'fire-command': 1, patrol: 1 },
    { 'fire-engine': 8, 'fire-command': 2, patrol: 2, 'ambulance-bls': 1 },
  ),
  card(
    'structure-fire',
    'Building fire',
    '建筑火灾',
    { 'fire-engine': 3, ladder: 1, rescue: 1, 'fire-command': 1, 'ambulance-als': 1 },
    { 'fire-engine': 6, ladder: 2, rescue: 1, 'fire-command': 2, 'ambulance-als': 2, patrol: 2 },
    { 'fire-engine': 9, ladder: 3, rescue: 2, 'fire-command': 3, 'ambulance-als': 3, patrol: 4 },
  ),
  card(
    'major-fire',
    'Fire at a special risk',
    '特殊场所火灾',
    { 'fire-engine': 4, ladder: 1, rescue: 1, hazmat: 1, 'fire-command': 2, 'ambulance-als': 2, patrol: 2 },
    { 'fire-engine': 8, ladder: 2, rescue: 2, hazmat: 1, 'fire-command': 3, 'ambulance-als': 4, patrol: 4 },
  ),
  card(
    'fire-alarm',
    'Fire alarm',
    '火灾报警核查',
    { 'fire-engine': 1, ladder: 1 },
    { 'fire-engine': 2, ladder: 1, 'fire-command': 1 },
  ),
  card(
    'fire-mutual-aid',
    'Fire mutual aid',
    '消防跨区增援',
    { 'fire-engine': 2, 'fire-command': 1 },
    { 'fire-engine': 4, ladder: 1, 'fire-command': 1 },
  ),
  card(
    'gas-leak',
    'Gas leak or detector',
    '燃气泄漏',
    { 'fire-engine': 1 },
    { 'fire-engine': 2, hazmat: 1, 'fire-command': 1, patrol: 1 },
  ),
  card(
    'hazmat',
    'Dangerous substance',
    '危险品处置',
    { hazmat: 1, 'fire-engine': 2, 'fire-command': 1, 'ambulance-als': 1, patrol: 1 },
    { hazmat: 2, 'fire-engine': 4, 'fire-command': 2, 'ambulance-als': 2, patrol: 4 },
  ),
  card(
    'utility-hazard',
    'Wires or natural hazard',
    '线路与自然险情',
    { 'fire-engine': 1 },
    { 'fire-engine': 1, rescue: 1, patrol: 1 },
  ),
  card(
    'water-rescue',
    'Water rescue',
    '水上救援',
    { 'water-rescue': 1, 'fire-engine': 1, 'ambulance-als': 1 },
    { 'water-rescue': 2, 'fire-engine': 1, 'ambulance-als': 2, 'fire-command': 1, patrol: 1 },
  ),
  card(
    'entrapment',
    'Person trapped',
    '人员被困救援',
    { rescue: 1, 'fire-engine': 1, 'ambulance-als': 1 },
    { rescue: 2, 'fire-engine': 2, 'ambulance-als': 2, 'fire-command': 1, patrol: 1 },
  ),
  card(
    'lock-in',
    'Lift or locked door',
    '电梯困人与破拆开门',
    { 'fire-engine': 1 },
    { 'fire-engine': 1, rescue: 1 },
  ),
  card(
    'technical-rescue',
    'Collapse or height rescue',
    '坍塌与高空救援',
    { rescue: 2, 'fire-engine': 2, ladder: 1, 'fire-command': 1, 'ambulance-als': 1, patrol: 1 },
    { rescue: 4, 'fire-engine': 4, ladder: 2, 'fire-command': 2, 'ambulance-als': 4, patrol: 3 },
  ),
  card(
    'search-rescue',
    'Search and rescue',
    '搜寻救援',
    { rescue: 1, patrol: 1, 'ambulance-bls': 1 },
    { rescue: 2, k9: 1, patrol: 2, 'ambulance-bls': 1, supervisor: 1 },
  ),
  card('medical-low', 'Medical, basic care', '一般医疗急救', { 'ambulance-bls': 1 }, { 'ambulance-bls': 2 }),
  card(
    'medical-high',
    'Medical, advanced care',
    '危重医疗急救',
    { 'ambulance-als': 1 },
    { 'ambulance-als': 1, 'first-responder': 1 },
    { 'ambulance-als': 2, 'first-responder': 1 },
  ),
  card(
    'resuscitation',
    'Not breathing or no pulse',
    '心跳呼吸骤停',
    { 'ambulance-als': 1, 'first-responder': 1 },
    { 'ambulance-als': 2, 'first-responder': 1 },
  ),
  card('patient-transfer', 'Patient transfer', '病人转运', { 'ambulance-bls': 1 }),
  card(
    'mass-casualty',
    'Mass casualty',
    '群体伤亡',
    { 'ambulance-als': 4, 'fire-engine': 2, rescue: 1, 'fire-command': 1, patrol: 4, supervisor: 1 },
    { 'ambulance-als': 8, 'fire-engine': 4, rescue: 2, 'fire-command': 2, patrol: 8, supervisor: 2 },
    { 'ambulance-als': 16, 'fire-engine': 6, rescue: 4, 'fire-command': 3, patrol: 12, supervisor: 3 },
  ),
  card(
    'transport-emergency',
    'Rail or air emergency',
    '轨道与航空险情',
    { 'fire-engine': 2, rescue: 1, 'fire-command': 1, 'ambulance-als': 2, patrol: 2 },
    {
      'fire-engine': 4,
      ladder: 1,
      rescue: 2,
      'fire-command': 2,
      'ambulance-als': 6,
      patrol: 4,
      supervisor: 1,
    },
  ),
] satisfies readonly RunCard[];

/** Ids of the run cards that come with Lamplight; it holds the shipped incident types to them. */
export type RunCardId = (typeof SHIPPED)[number]['id'];

/** The run cards that come with Lamplight. */
export const RUN_CARDS: readonly RunCard[] = SHIPPED;

/** The shipped run card of that id. */
export const findRunCard = (id: string): RunCard | undefined => RUN_CARDS.find((each) => each.id === id);

/**
 * The run card that an incident type names, among the shipped ones or an agency's. Throws when there is none:
 * that a type names a card that exists is to be checked where an agency's configuration is read.
 */
export function runCardFor(
  type: { readonly code: string; readonly runCard: string },
  cards: readonly RunCard[] = RUN_CARDS,
): RunCard {
  const found = cards.find(({ id }) => id === type.runCard);
  if (found === undefined)
    throw new Error(`incident type ${type.code} names no known run card: ${type.runCard}`);
  return found;
}

/**
 * The total wanted at an alarm level (1, 2, 3…), in order of filling. Above the card's highest level it is what
 * the highest level lists: a card cannot ask for more than it knows.
 * Throws a `RangeError` for a level that is not a positive integer.
 */
export function requirementsAt(runCard: RunCard, level: number): readonly Requirement[] {
  if (!Number.isInteger(level) || level < 1)
    throw new RangeError(`alarm level must be 1 or more, got ${level}`);
  return runCard.levels[Math.min(level, runCard.levels.length) - 1]?.requires ?? [];
}
