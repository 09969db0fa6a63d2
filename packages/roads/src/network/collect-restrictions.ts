import type { OsmMember, OsmTags } from '../osm/index.js';
import type { RestrictionRule, TurnModel } from '../profile/index.js';
import type { BrokenReason } from './report.js';

/** A turn restriction as the extract has it, for a vehicle that it concerns. Members are ids of OSM. */
export interface CollectedRestriction {
  readonly rule: RestrictionRule;
  readonly disregarded: boolean;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly via:
    | { readonly kind: 'node'; readonly node: number }
    | { readonly kind: 'ways'; readonly ways: readonly number[] };
}

/** What the reading of relations counts; what becomes of those that are collected is known only later. */
export interface RestrictionTally {
  read: number;
  exempt: number;
  readonly broken: Record<BrokenReason, number>;
}

/** Takes the relations of an extract and keeps the turn restrictions that concern the vehicle. */
export function createRestrictionCollector(
  turns: TurnModel,
  tally: RestrictionTally,
): {
  readonly restrictions: readonly CollectedRestriction[];
  take(id: number, members: readonly OsmMember[], tags: OsmTags): void;
} {
  const restrictions: CollectedRestriction[] = [];
  const seen = new Set<number>();
  return {
    restrictions,
    take(id, members, tags) {
      if (tags.get('type') !== 'restriction') return;
      tally.read++;
      if (seen.has(id)) {
        tally.broken.duplicate++;
        return;
      }
      seen.add(id);
      const verdict = turns.restriction(tags);
      if (verdict.kind === 'exempt') tally.exempt++;
      else if (verdict.kind === 'unknown') tally.broken['unknown-kind']++;
      else {
        const parts = partsOf(members);
        if (parts)
          restrictions.push({ rule: verdict.rule, disregarded: verdict.kind === 'disregarded', ...parts });
        else tally.broken.members++;
      }
    },
  };
}

/** The members by role; members of other roles (`location_hint`) are no matter. */
function partsOf(
  members: readonly OsmMember[],
): Pick<CollectedRestriction, 'from' | 'via' | 'to'> | undefined {
  const idsOf = (role: string, type: OsmMember['type']): number[] =>
    members.filter((member) => member.role === role && member.type === type).map(({ id }) => id);
  const from = idsOf('from', 'way');
  const to = idsOf('to', 'way');
  const nodes = idsOf('via', 'node');
  const ways = idsOf('via', 'way');
  if (from.length === 0 || to.length === 0) return undefined;
  if (ways.length > 0) return nodes.length === 0 ? { from, to, via: { kind: 'ways', ways } } : undefined;
  const [node, another] = nodes;
  if (node === undefined || another !== undefined) return undefined;
  return { from, to, via: { kind: 'node', node } };
}
