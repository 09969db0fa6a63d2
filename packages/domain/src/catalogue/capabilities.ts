import type { Localized } from './vocabulary.js';

/** Something a unit can do at a scene, as run cards ask for it. */
export interface Capability {
  readonly id: string;
  readonly name: Localized;
  /** Ids that a unit with this capability has as well; followed transitively, never in a circle. */
  readonly implies: readonly string[];
}

const SHIPPED = [
  { id: 'community', name: { en: 'Community officer', zh: '社区民警' }, implies: [] },
  { id: 'patrol', name: { en: 'Patrol', zh: '巡逻警力' }, implies: ['community'] },
  { id: 'armed-response', name: { en: 'Armed response', zh: '武装处突' }, implies: ['patrol'] },
  { id: 'public-order', name: { en: 'Public-order unit', zh: '防暴警力' }, implies: ['patrol'] },
  { id: 'traffic', name: { en: 'Traffic police', zh: '交通警力' }, implies: ['patrol'] },
  { id: 'k9', name: { en: 'Dog unit', zh: '警犬' }, implies: ['patrol'] },
  { id: 'negotiation', name: { en: 'Negotiator', zh: '谈判专家' }, implies: [] },
  { id: 'investigation', name: { en: 'Investigators', zh: '刑侦勘查' }, implies: [] },
  { id: 'bomb-disposal', name: { en: 'Bomb disposal', zh: '排爆' }, implies: [] },
  { id: 'supervisor', name: { en: 'Police supervisor', zh: '警务现场指挥' }, implies: [] },
  {
    id: 'first-responder',
    name: { en: 'First responder with AED', zh: '急救先遣（含除颤器）' },
    implies: [],
  },
  { id: 'fire-engine', name: { en: 'Fire engine', zh: '消防水罐车' }, implies: ['first-responder'] },
  { id: 'ladder', name: { en: 'Ladder truck', zh: '云梯消防车' }, implies: [] },
  { id: 'rescue', name: { en: 'Rescue', zh: '抢险救援' }, implies: [] },
  {
    id: 'rescue-engine',
    name: { en: 'Rescue engine', zh: '抢险水罐两用车' },
    implies: ['fire-engine', 'rescue'],
  },
  { id: 'hazmat', name: { en: 'Hazardous materials', zh: '危化品处置' }, implies: [] },
  { id: 'water-rescue', name: { en: 'Water rescue', zh: '水上救援' }, implies: [] },
  { id: 'fire-command', name: { en: 'Fire commander', zh: '消防现场指挥' }, implies: [] },
  {
    id: 'ambulance-bls',
    name: { en: 'Ambulance, basic', zh: '救护车（基础生命支持）' },
    implies: ['first-responder'],
  },
  {
    id: 'ambulance-als',
    name: { en: 'Ambulance, advanced', zh: '救护车（高级生命支持）' },
    implies: ['ambulance-bls'],
  },
] as const satisfies readonly Capability[];

/** Ids of the capabilities that come with Lamplight; an agency may add its own. */
export type ShippedCapability = (typeof SHIPPED)[number]['id'];

/** The capabilities that come with Lamplight. Extend by `[...CAPABILITIES, own]` and {@link capabilityMatcher}. */
export const CAPABILITIES: readonly Capability[] = SHIPPED;

export type CapabilityMatcher = (unitCapabilities: Iterable<string>, capability: string) => boolean;

/**
 * Builds the test "can a unit with these capabilities do this?" for a list of capabilities. The implications are
 * followed once, here, so that a test in the middle of a recommendation is a few set look-ups. A capability that
 * is not in the list is satisfied by itself only.
 */
export function capabilityMatcher(list: readonly Capability[]): CapabilityMatcher {
  const byId = new Map(list.map((capability) => [capability.id, capability]));
  const satisfiedBy = new Map<string, Set<string>>();
  for (const { id } of list) {
    const open = [id];
    const reached = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const holders = satisfiedBy.get(next) ?? new Set();
      satisfiedBy.set(next, holders.add(id));
      for (const implied of byId.get(next)?.implies ?? []) {
        if (!reached.has(implied)) {
          reached.add(implied);
          open.push(implied);
        }
      }
    }
  }
  return (unitCapabilities, capability) => {
    const holders = satisfiedBy.get(capability);
    for (const held of unitCapabilities) {
      if (held === capability || holders?.has(held)) return true;
    }
    return false;
  };
}

/** True when a unit with `unitCapabilities` can do `capability`, itself or by implication, in the shipped list. */
export const satisfies: CapabilityMatcher = capabilityMatcher(CAPABILITIES);

/** The shipped capability of that id. */
export const findCapability = (id: string): Capability | undefined =>
  CAPABILITIES.find((capability) => capability.id === id);
