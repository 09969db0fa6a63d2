import { kilometresPerHour } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import type { RoadProfile } from './profile.js';
import { ROAD_CLASSES, type RoadClass } from './road-class.js';

const WALKING = kilometresPerHour(5);
const CLIMBING = kilometresPerHour(2);

/** Roads without room for walkers, unless they are expressly let on. */
const FAST_CLASSES: ReadonlySet<RoadClass> = new Set(['motorway', 'motorway_link', 'trunk', 'trunk_link']);

const ADMITTING: ReadonlySet<string> = new Set([
  'yes',
  'designated',
  'permissive',
  'destination',
  'customers',
  'official',
]);
const SHUTTING: ReadonlySet<string> = new Set(['no', 'private', 'military', 'permit', 'residents']);

/** Barriers without a way through for a person on foot. */
const CLOSED_BARRIERS: ReadonlySet<string> = new Set([
  'wall',
  'city_wall',
  'retaining_wall',
  'fence',
  'hedge',
  'ditch',
  'guard_rail',
  'wire_fence',
]);

const CLASS_OF: ReadonlyMap<string, RoadClass> = new Map(ROAD_CLASSES.map((name) => [name, name]));

/**
 * On foot, for posts, parks and footpaths: 5 km/h, on steps 2 km/h, in both directions of every way, without delay at
 * junctions. A square that is mapped as an area is walked around its edge.
 */
export const footProfile: RoadProfile = {
  name: 'foot',

  way(tags) {
    const roadClass = CLASS_OF.get(tags.get('highway') ?? '');
    if (!roadClass) return { kind: 'refused', reason: 'not-a-road' };
    const access = accessOf(tags);
    if (access === 'closed') return { kind: 'refused', reason: 'access' };
    if (FAST_CLASSES.has(roadClass) && access !== 'open') return { kind: 'refused', reason: 'access' };
    const speed = roadClass === 'steps' ? CLIMBING : WALKING;
    return { kind: 'road', class: roadClass, forward: speed, backward: speed };
  },

  passable(tags) {
    const barrier = tags.get('barrier');
    if (barrier === undefined) return true;
    const access = accessOf(tags);
    if (access !== 'usual') return access === 'open';
    return !CLOSED_BARRIERS.has(barrier) && tags.get('locked') !== 'yes';
  },
};

/** `foot=*` decides; without it `access=no` and `access=private` shut. */
function accessOf(tags: OsmTags): 'open' | 'usual' | 'closed' {
  const foot = tags.get('foot');
  if (foot !== undefined && ADMITTING.has(foot)) return 'open';
  if (foot !== undefined && SHUTTING.has(foot)) return 'closed';
  const access = tags.get('access');
  return access !== undefined && SHUTTING.has(access) ? 'closed' : 'usual';
}
