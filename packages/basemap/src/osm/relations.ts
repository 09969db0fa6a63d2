import type { OsmMember, OsmTags } from '@lamplight/roads';
import { boundaryLevel, type Drawing, drawAreaPoints, drawAreas } from '../schema/index.js';

/** A relation that something is drawn of: an area of several rings, a boundary between areas, or both. */
export interface KeptRelation {
  /** Its ways, each once. Ways in it that only mark something, such as the line of a street, are left out. */
  readonly ways: readonly number[];
  readonly areas: readonly Drawing[];
  readonly points: readonly Drawing[];
  readonly boundaryLevel: number | undefined;
}

/** Roles of ways that are part of the outline. */
const OUTLINE: ReadonlySet<string> = new Set(['', 'outer', 'inner', 'exclave', 'enclave']);

/** What a relation means to the map, or `undefined` for a route, a restriction, or an area that is not drawn. */
export function keepRelation(members: readonly OsmMember[], tags: OsmTags): KeptRelation | undefined {
  const type = tags.get('type');
  if (type !== 'multipolygon' && type !== 'boundary') return undefined;
  const level = boundaryLevel(tags);
  const areas = drawAreas(tags);
  const points = drawAreaPoints(tags);
  if (areas.length === 0 && points.length === 0 && level === undefined) return undefined;
  const ways = members.filter((member) => member.type === 'way' && OUTLINE.has(member.role));
  return { ways: [...new Set(ways.map(({ id }) => id))], areas, points, boundaryLevel: level };
}
