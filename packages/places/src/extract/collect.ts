import { type LonLat, ok, type Result } from '@lamplight/base';
import { type OsmError, type OsmFormat, type OsmTags, readOsm } from '@lamplight/roads';
import { classify, isStreet } from './kinds.js';
import type { DropReason } from './report.js';
import type { Ring } from './rings.js';
import { assembleRings, labelPoint } from './rings.js';

/** An object of the extract with a position: a node, or a building or area by a point inside it. */
export interface Feature {
  readonly tags: OsmTags;
  readonly position: LonLat;
  /** The outlines of what is an area. */
  readonly rings: readonly Ring[];
  /** True for a node, whose position somebody chose. */
  readonly isNode: boolean;
}

/** A line of the extract: its nodes by their ids, and where they are. */
export interface Line {
  readonly tags: OsmTags;
  readonly refs: readonly number[];
  readonly points: readonly LonLat[];
}

export interface Collection {
  readonly format: OsmFormat;
  readonly features: readonly Feature[];
  readonly streets: readonly Line[];
  readonly interpolations: readonly Line[];
  /** Nodes with a house number, by id, for the interpolation lines between them. */
  readonly numbered: ReadonlyMap<number, Feature>;
  readonly milestones: readonly { readonly id: number; readonly feature: Feature }[];
}

export type CollectPhase = 'relations' | 'ways' | 'nodes';

interface RawWay {
  readonly tags: OsmTags;
  readonly refs: readonly number[];
}

/**
 * Goes through the extract three times, for relations, for the ways that matter and for the nodes that those need, so
 * that memory is taken by what can be searched, whatever the order of the file.
 */
export function collectPlaces(
  extract: Uint8Array,
  dropped: Record<DropReason, number>,
  onProgress: (phase: CollectPhase, fraction: number) => void,
): Result<Collection, OsmError> {
  const relations: { tags: OsmTags; ways: readonly number[] }[] = [];
  const memberWays = new Set<number>();
  const first = readOsm(extract, {
    relation(_id, members, tags) {
      const type = tags.get('type');
      if ((type !== 'multipolygon' && type !== 'boundary') || !isFeature(tags)) return;
      const ways = members
        .filter((member) => member.type === 'way' && member.role !== 'inner')
        .map(({ id }) => id);
      for (const id of ways) memberWays.add(id);
      relations.push({ tags, ways });
    },
    progress: (fraction) => onProgress('relations', fraction),
  });
  if (!first.ok) return first;

  const rawStreets: RawWay[] = [];
  const rawInterpolations: RawWay[] = [];
  const rawFeatures: RawWay[] = [];
  const members = new Map<number, readonly number[]>();
  const neededIds: number[] = [];
  const second = readOsm(extract, {
    way(id, refs, tags) {
      const into = listFor(tags, { rawStreets, rawInterpolations, rawFeatures });
      const isMember = memberWays.has(id) && !members.has(id);
      if (!into && !isMember) return;
      const way = { tags, refs: [...refs] };
      into?.push(way);
      if (isMember) members.set(id, way.refs);
      for (const ref of refs) neededIds.push(ref);
    },
    progress: (fraction) => onProgress('ways', fraction),
  });
  if (!second.ok) return second;

  const needed = sortedDistinct(neededIds);
  const positions = new Float64Array(2 * needed.length).fill(Number.NaN);
  const entrances = new Map<number, 'main' | 'other'>();
  const features: Feature[] = [];
  const numbered = new Map<number, Feature>();
  const milestones: { id: number; feature: Feature }[] = [];
  const third = readOsm(extract, {
    node(id, lon, lat, tags) {
      const index = indexOf(needed, id);
      if (index !== undefined) {
        positions[2 * index] = lon;
        positions[2 * index + 1] = lat;
      }
      if (tags.size === 0) return;
      const entrance = tags.get('entrance');
      if (entrance !== undefined && index !== undefined)
        entrances.set(id, entrance === 'main' ? 'main' : 'other');
      const feature: Feature = { tags, position: [lon, lat], rings: [], isNode: true };
      if (tags.has('addr:housenumber')) numbered.set(id, feature);
      if (isMilestone(tags)) milestones.push({ id, feature });
      else if (isFeature(tags)) features.push(feature);
    },
    progress: (fraction) => onProgress('nodes', fraction),
  });
  if (!third.ok) return third;

  const pointsOf = (refs: readonly number[]): LonLat[] => {
    const points: LonLat[] = [];
    for (const ref of refs) {
      const index = indexOf(needed, ref);
      const lon = index === undefined ? Number.NaN : (positions[2 * index] ?? Number.NaN);
      const lat = index === undefined ? Number.NaN : (positions[2 * index + 1] ?? Number.NaN);
      if (Number.isNaN(lon)) dropped['missing-node']++;
      else points.push([lon, lat]);
    }
    return points;
  };
  const lineOf = ({ tags, refs }: RawWay): Line => {
    const present = refs.filter((ref) => {
      const index = indexOf(needed, ref);
      return index !== undefined && !Number.isNaN(positions[2 * index]);
    });
    return { tags, refs: present, points: pointsOf(refs) };
  };

  for (const { tags, refs } of rawFeatures) {
    const points = pointsOf(refs);
    const middle = points[Math.floor(points.length / 2)];
    if (!middle) continue;
    const closed = refs.length > 3 && refs[0] === refs.at(-1) && points.length === refs.length;
    const rings = closed ? [points] : [];
    const door = closed && tags.has('addr:housenumber') ? findDoor(refs, entrances) : undefined;
    const [inFront] = door === undefined ? [] : pointsOf([door]);
    features.push({ tags, position: inFront ?? (closed ? labelPoint(rings) : middle), rings, isNode: false });
  }
  for (const { tags, ways } of relations) {
    const { rings, open } = assembleRings(
      ways.flatMap((id) => (members.has(id) ? [members.get(id) ?? []] : [])),
    );
    if (open || rings.length === 0) dropped['boundary-open']++;
    const outlines = rings.map(pointsOf).filter((ring) => ring.length > 3);
    if (outlines.length > 0 && !open) {
      features.push({ tags, position: labelPoint(outlines), rings: outlines, isNode: false });
    }
  }
  return ok({
    format: first.value,
    features,
    streets: rawStreets.map(lineOf),
    interpolations: rawInterpolations.map(lineOf),
    numbered,
    milestones,
  });
}

/** The node of an outline at which one enters: the main entrance, or the only one. */
function findDoor(
  outline: readonly number[],
  entrances: ReadonlyMap<number, 'main' | 'other'>,
): number | undefined {
  const doors = [...new Set(outline)].filter((ref) => entrances.has(ref));
  return doors.find((ref) => entrances.get(ref) === 'main') ?? (doors.length === 1 ? doors[0] : undefined);
}

function listFor(
  tags: OsmTags,
  lists: {
    readonly rawStreets: RawWay[];
    readonly rawInterpolations: RawWay[];
    readonly rawFeatures: RawWay[];
  },
): RawWay[] | undefined {
  if (tags.size === 0) return undefined;
  if (tags.has('addr:interpolation')) return lists.rawInterpolations;
  const highway = tags.get('highway');
  if (highway !== undefined && isStreet(highway) && tags.get('area') !== 'yes') {
    return tags.has('name') || tags.has('name:en') || tags.has('name:zh') || tags.has('ref')
      ? lists.rawStreets
      : undefined;
  }
  return isFeature(tags) ? lists.rawFeatures : undefined;
}

/** True for what has an address, is an administrative area, or has a name and is something to look for. */
function isFeature(tags: OsmTags): boolean {
  if (tags.has('addr:housenumber') || tags.has('addr:housename') || tags.has('addr:full')) return true;
  if (!tags.has('name') && !tags.has('name:en') && !tags.has('name:zh')) return false;
  return tags.get('boundary') === 'administrative' ? tags.has('admin_level') : classify(tags) !== undefined;
}

const isMilestone = (tags: OsmTags): boolean =>
  tags.get('highway') === 'milestone' || tags.get('railway') === 'milestone';

function sortedDistinct(ids: readonly number[]): Float64Array {
  const sorted = Float64Array.from(ids).sort();
  let length = 0;
  for (const id of sorted) {
    if (length === 0 || sorted[length - 1] !== id) sorted[length++] = id;
  }
  return sorted.slice(0, length);
}

function indexOf(sorted: Float64Array, id: number): number | undefined {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] ?? 0;
    if (value === id) return middle;
    if (value < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
