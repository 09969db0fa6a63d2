import { ok, type Result } from '@lamplight/base';
import type { OsmError } from '../errors.js';
import { type OsmFormat, type OsmTags, readOsm } from '../osm/index.js';
import type { RoadProfile, WayVerdict } from '../profile/index.js';
import { isRoundabout } from '../profile/motor-vehicle.js';
import {
  type CollectedRestriction,
  createRestrictionCollector,
  type RestrictionTally,
} from './collect-restrictions.js';
import { readControl } from './control-tags.js';
import { EDGE_FLAGS, GRID_PER_DEGREE, type StreetName } from './network.js';
import type { DropReason } from './report.js';

export interface CollectedWay {
  readonly id: number;
  readonly verdict: Extract<WayVerdict, { kind: 'road' }>;
  readonly name: StreetName | undefined;
  /** Bits of `EDGE_FLAGS`. */
  readonly flags: number;
  /** Its nodes are `refs[firstRef]` up to, not including, `refs[endRef]`. */
  readonly firstRef: number;
  readonly endRef: number;
}

/** The roads of an extract and the nodes they need; of all else only the count. */
export interface Collection {
  readonly format: OsmFormat;
  readonly ways: readonly CollectedWay[];
  /** For each reference of a way: the node it means, as an index into the node arrays, or `GAP`. */
  readonly refs: Uint32Array;
  /** For each needed node: position in 1e-7 degrees, two numbers each. */
  readonly positions: Int32Array;
  /** For each needed node: `FOUND` and `BLOCKED` flags. */
  readonly flags: Uint8Array;
  /** For each needed node: its control, as `control-tags.ts` writes it. */
  readonly controls: Uint8Array;
  readonly restrictions: readonly CollectedRestriction[];
  /** Roads that the profile has refused: they exist, but are not driven. */
  readonly refusedWays: ReadonlySet<number>;
  /** The index of the node with an OSM id, if any way needs it. */
  findNode(id: number): number | undefined;
}

export const FOUND = 1;
export const BLOCKED = 2;

/** Among the references of a way: here it is interrupted. */
export const GAP = 0xffff_ffff;

/**
 * Goes through the extract twice, for the ways and then for the nodes those need, so that memory is taken by roads and
 * not by buildings, whatever the order of the file.
 */
export function collectRoads(
  extract: Uint8Array,
  profile: RoadProfile,
  dropped: Record<DropReason, number>,
  tally: RestrictionTally,
  onProgress: (phase: 'ways' | 'nodes', fraction: number) => void,
): Result<Collection, OsmError> {
  const ways: CollectedWay[] = [];
  const refIds: number[] = [];
  const seen = new Set<number>();
  const refusedWays = new Set<number>();
  const relations = profile.turns && createRestrictionCollector(profile.turns, tally);

  const first = readOsm(extract, {
    way(id, refs, tags) {
      const verdict = profile.way(tags);
      if (verdict.kind === 'refused') {
        dropped[verdict.reason]++;
        if (tags.has('highway')) refusedWays.add(id);
      } else if (seen.has(id)) {
        dropped['duplicate-way']++;
      } else {
        seen.add(id);
        const firstRef = refIds.length;
        for (const ref of refs) refIds.push(ref);
        ways.push({
          id,
          verdict,
          name: nameOf(tags),
          flags: flagsOf(tags, verdict),
          firstRef,
          endRef: refIds.length,
        });
      }
    },
    ...(relations && { relation: relations.take }),
    progress: (fraction) => onProgress('ways', fraction),
  });
  if (!first.ok) return first;

  const needed = sortedDistinct(refIds);
  const positions = new Int32Array(2 * needed.length);
  const flags = new Uint8Array(needed.length);
  const controls = new Uint8Array(needed.length);
  const second = readOsm(extract, {
    node(id, lon, lat, tags) {
      const index = indexOf(needed, id);
      if (index === undefined) return;
      if (flags[index] !== 0) {
        dropped['duplicate-node']++;
        return;
      }
      positions[2 * index] = Math.round(lon * GRID_PER_DEGREE);
      positions[2 * index + 1] = Math.round(lat * GRID_PER_DEGREE);
      flags[index] = tags.size === 0 || profile.passable(tags) ? FOUND : FOUND | BLOCKED;
      controls[index] = readControl(tags);
    },
    progress: (fraction) => onProgress('nodes', fraction),
  });
  if (!second.ok) return second;

  const refs = Uint32Array.from(refIds, (id) => indexOf(needed, id) ?? 0);
  return ok({
    format: first.value,
    ways,
    refs,
    positions,
    flags,
    controls,
    restrictions: relations?.restrictions ?? [],
    refusedWays,
    findNode: (id) => indexOf(needed, id),
  });
}

function flagsOf(tags: OsmTags, { contraflow }: CollectedWay['verdict']): number {
  const has = (key: string): boolean => (tags.get(key) ?? 'no') !== 'no';
  return (
    (isRoundabout(tags) ? EDGE_FLAGS.roundabout : 0) |
    (has('bridge') ? EDGE_FLAGS.bridge : 0) |
    (has('tunnel') ? EDGE_FLAGS.tunnel : 0) |
    (contraflow === 'forward' ? EDGE_FLAGS.contraflowForward : 0) |
    (contraflow === 'backward' ? EDGE_FLAGS.contraflowBackward : 0)
  );
}

/** The name on the signs, or the road's number; `name:zh-Hans` goes before `name:zh`, which may be in either script. */
function nameOf(tags: OsmTags): StreetName | undefined {
  const local = tags.get('name') ?? tags.get('ref');
  if (local === undefined) return undefined;
  const en = tags.get('name:en');
  const zh = tags.get('name:zh-Hans') ?? tags.get('name:zh');
  return { local, ...(en !== undefined && { en }), ...(zh !== undefined && { zh }) };
}

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
