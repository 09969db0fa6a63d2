import type { OsmTags } from '../osm/index.js';
import type { RestrictionRule, RestrictionVerdict } from './turn-model.js';

const RULES: ReadonlyMap<string, RestrictionRule> = new Map([
  ['no_left_turn', { mandatory: false, turn: 'left' }],
  ['no_right_turn', { mandatory: false, turn: 'right' }],
  ['no_straight_on', { mandatory: false, turn: 'straight' }],
  ['no_u_turn', { mandatory: false, turn: 'u-turn' }],
  ['no_entry', { mandatory: false, turn: 'any' }],
  ['no_exit', { mandatory: false, turn: 'any' }],
  ['only_left_turn', { mandatory: true, turn: 'left' }],
  ['only_right_turn', { mandatory: true, turn: 'right' }],
  ['only_straight_on', { mandatory: true, turn: 'straight' }],
  ['only_u_turn', { mandatory: true, turn: 'u-turn' }],
]);

/** Signs that speak of the time while a signal shows red, not of the turn. */
const ON_RED: ReadonlySet<string> = new Set(['no_right_turn_on_red', 'no_left_turn_on_red']);

/**
 * Reads the tags of a turn restriction (https://wiki.openstreetmap.org/wiki/Relation:restriction) for a vehicle that
 * goes by these names, from the particular to the general (`emergency`, `motor_vehicle`, `vehicle`). A rule for one of
 * the names goes before the rule for all; `except=*` with one of them exempts. Rules that hold at certain times
 * (`restriction:conditional`) are taken as not in force, as conditional access is.
 */
export function readRestriction(
  tags: OsmTags,
  vehicles: readonly string[],
  answer: 'obeyed' | 'disregarded',
): RestrictionVerdict {
  const own = vehicles
    .map((vehicle) => tags.get(`restriction:${vehicle}`))
    .find((value) => value !== undefined);
  const value = own ?? tags.get('restriction');
  if (value === undefined) return isForOthers(tags) ? { kind: 'exempt' } : { kind: 'unknown' };
  if (value === 'none' || ON_RED.has(value)) return { kind: 'exempt' };
  const rule = RULES.get(value);
  if (!rule) return { kind: 'unknown' };
  const excepted = (tags.get('except') ?? '').split(/[;,]/).map((name) => name.trim());
  if (vehicles.some((vehicle) => excepted.includes(vehicle))) return { kind: 'exempt' };
  return { kind: answer, rule };
}

/** A rule for other vehicles (`restriction:hgv`) or other times (`restriction:conditional`). */
function isForOthers(tags: OsmTags): boolean {
  for (const key of tags.keys()) if (key.startsWith('restriction:')) return true;
  return false;
}
