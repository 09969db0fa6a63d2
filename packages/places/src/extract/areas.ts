import { type BoundingBox, boundingBox, distance, type LonLat, METRES_PER_DEGREE } from '@lamplight/base';
import { AREA_KINDS, type PlaceKind } from '../model.js';
import { fold } from '../text/fold.js';
import { compact } from '../text/tokens.js';
import type { Feature } from './collect.js';
import { classify } from './kinds.js';
import { type Names, namesOf, plainNames } from './names.js';
import { areaOf, contains, type Ring } from './rings.js';

/** A settlement, district, region or postcode area: something that stands behind the street in an address. */
export interface Area {
  readonly kind: PlaceKind;
  readonly category: string;
  readonly prominence: number;
  readonly names: Names;
  readonly position: LonLat;
  readonly rings: readonly Ring[];
  readonly box: BoundingBox | undefined;
  /** To sort by size: square degrees, for a place without outline those of a square of its usual size. */
  readonly size: number;
  /** Metres up to which a place without outline reaches. */
  readonly reach: number;
}

/** The areas of an extract. Areas are numbered in the order of `list`, which grows by `ensure`. */
export interface Areas {
  readonly list: readonly Area[];
  /** The areas that a position lies in, smallest first. */
  areasAt(position: LonLat): readonly number[];
  /** The area of a kind with a name, the nearest where there are several; made when there is none. */
  ensure(kind: 'settlement' | 'quarter' | 'postcode', name: string, near: LonLat): number;
}

/** How far places reach that are a point on the map, in metres. */
const REACH: Readonly<Record<string, number>> = {
  city: 12_000,
  municipality: 6_000,
  town: 4_000,
  village: 2_000,
  district: 4_000,
  borough: 3_000,
  suburb: 2_000,
  quarter: 1_000,
  neighbourhood: 800,
  hamlet: 700,
};

/** An area named in an address is the known one of this name only when that is not further away, in metres. */
const SAME_NAME_REACH = 30_000;

const DEGREES_PER_METRE = 1 / METRES_PER_DEGREE;

/** Collects administrative outlines and places that contain others; an outline and a place of one name are one. */
export function collectAreas(features: readonly Feature[]): Areas {
  const places = features.flatMap(areaOfPlace);
  const outlines = features.flatMap(areaOfBoundary);
  const taken = new Set<Area>();
  const list: Area[] = [];
  for (const outline of outlines) {
    const same = places.find(
      (place) =>
        !taken.has(place) && shareName(place.names, outline.names) && contains(outline.rings, place.position),
    );
    if (same) taken.add(same);
    list.push(
      same
        ? { ...outline, position: same.position, prominence: Math.max(same.prominence, outline.prominence) }
        : outline,
    );
  }
  list.push(...places.filter((place) => !taken.has(place)));

  const known = new Map<string, number[]>();
  const register = (index: number): void => {
    const area = list[index];
    if (!area) return;
    for (const key of stemsOf(area.names)) {
      const same = known.get(key);
      if (!same) known.set(key, [index]);
      else if (!same.includes(index)) same.push(index);
    }
  };
  for (let index = 0; index < list.length; index++) register(index);
  const found = list.length;

  return {
    list,
    areasAt(position) {
      const result: number[] = [];
      const nearest = new Map<string, { index: number; metres: number }>();
      const covered = new Set<PlaceKind>();
      for (let index = 0; index < found; index++) {
        const area = list[index];
        if (!area) continue;
        if (area.rings.length > 0) {
          if (!isIn(area.box, position) || !contains(area.rings, position)) continue;
          result.push(index);
          // A Chinese city stands behind its districts and counties.
          if (!/[区县旗]$/.test(area.names.zh || area.names.local)) covered.add(area.kind);
          continue;
        }
        // Latitude alone rules most of them out, at a fraction of the cost of a distance.
        if (Math.abs(area.position[1] - position[1]) > area.reach * DEGREES_PER_METRE) continue;
        const metres = distance(area.position, position);
        if (metres <= area.reach && metres < (nearest.get(area.category)?.metres ?? Infinity)) {
          nearest.set(area.category, { index, metres });
        }
      }
      const settlements = [...nearest.values()].filter(({ index }) => list[index]?.kind === 'settlement');
      const [closest] = settlements.sort((a, b) => a.metres - b.metres);
      for (const { index } of nearest.values()) {
        const kind = list[index]?.kind;
        if (kind === undefined || (kind !== 'quarter' && covered.has(kind))) continue;
        // A city reaches over the villages around it; where a village is nearer, it is the village.
        if (kind === 'settlement' && index !== closest?.index) continue;
        result.push(index);
      }
      return result.sort((a, b) => (list[a]?.size ?? 0) - (list[b]?.size ?? 0) || a - b);
    },
    ensure(kind, name, near) {
      let best: number | undefined;
      let least = SAME_NAME_REACH;
      for (const index of known.get(stemOfName(name)) ?? []) {
        const area = list[index];
        if (!area || (area.kind === 'postcode') !== (kind === 'postcode')) continue;
        const metres = contains(area.rings, near) ? 0 : distance(area.position, near);
        if (metres < least) {
          best = index;
          least = metres;
        }
      }
      if (best !== undefined) return best;
      list.push({
        kind,
        category: kind === 'postcode' ? 'addr:postcode' : kind === 'settlement' ? 'addr:city' : 'addr:suburb',
        prominence: kind === 'postcode' ? 0.3 : 0.7,
        names: plainNames(name),
        position: near,
        rings: [],
        box: undefined,
        size: kind === 'quarter' ? 0.0005 : 0.002,
        reach: 0,
      });
      register(list.length - 1);
      return list.length - 1;
    },
  };
}

function areaOfPlace({ tags, position, rings }: Feature): Area[] {
  const value = tags.get('place');
  const names = namesOf(tags);
  const classified = classify(tags);
  if (!value || !names || !classified || tags.get('boundary') === 'administrative') return [];
  if (!AREA_KINDS.has(classified.kind)) return [];
  const reach = REACH[value] ?? 0;
  return [
    {
      ...classified,
      names,
      position,
      rings,
      box: boundingBox(rings.flat()),
      size: rings.length > 0 ? areaOf(rings) : (2 * reach * DEGREES_PER_METRE) ** 2,
      reach,
    },
  ];
}

function areaOfBoundary({ tags, position, rings }: Feature): Area[] {
  const names = namesOf(tags);
  const level = Number(tags.get('admin_level'));
  if (tags.get('boundary') !== 'administrative' || !names || rings.length === 0 || !(level >= 1)) return [];
  const kind = kindOfLevel(level, names);
  return [
    {
      kind,
      category: `admin_level=${level}`,
      prominence: kind === 'region' ? 0.6 : kind === 'settlement' ? 0.8 : 0.65,
      names,
      position,
      rings,
      box: boundingBox(rings.flat()),
      size: areaOf(rings),
      reach: 0,
    },
  ];
}

/**
 * Municipalities are level 7 or 8 in most countries (https://wiki.openstreetmap.org/wiki/Tag:boundary=administrative);
 * in China a city is level 5 and its districts and counties are level 6, which their names tell.
 */
function kindOfLevel(level: number, { local, zh }: Names): PlaceKind {
  if (level >= 9) return 'quarter';
  if (level >= 7) return 'settlement';
  return level >= 5 && /[市区县區縣旗]$/.test(zh === '' ? (local.split(' ')[0] ?? '') : zh)
    ? 'settlement'
    : 'region';
}

const stemsOf = ({ local, en, zh }: Names): string[] =>
  [local, en, zh].map(stemOfName).filter((stem) => stem !== '');

function shareName(a: Names, b: Names): boolean {
  const stems = stemsOf(b);
  return stemsOf(a).some((stem) => stems.includes(stem));
}

/** A name without the ending that says what it is: 韶关市 and 韶关 are one. */
const stemOfName = (name: string): string => {
  const folded = compact(fold(name));
  return folded.length > 2 ? folded.replace(/[市区县省镇乡]$/, '') : folded;
};

const isIn = (box: BoundingBox | undefined, [lon, lat]: LonLat): boolean =>
  box !== undefined && lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3];
