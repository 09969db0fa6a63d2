import { distance, type LonLat } from '@lamplight/base';
import { AREA_KINDS, type PlaceKind } from '../model.js';
import { fold } from '../text/fold.js';
import { compact } from '../text/tokens.js';
import type { Address } from './addresses.js';
import type { Area, Areas } from './areas.js';
import type { Feature } from './collect.js';
import { classify } from './kinds.js';
import { clean, type Names, namesOf, plainNames } from './names.js';
import type { DropReason } from './report.js';
import { keysOf, middleOf, type Street, streetKey } from './streets.js';

/** A place on the way to its arrays. */
export interface Draft {
  readonly kind: PlaceKind;
  readonly category: string;
  readonly prominence: number;
  readonly names: Names;
  readonly position: LonLat;
  readonly addressLine: string;
  /** Indices into `Areas.list`, smallest first. */
  readonly areas: readonly number[];
  /** The area that this place is. */
  readonly area: number | undefined;
  /** The street that this place is. */
  readonly street: Street | undefined;
  readonly addresses: Address[];
}

/** Two drawings of one thing, such as a node in a building, are this close at most, in metres. */
const SAME_PLACE = 150;

/** Addresses that name a place instead of a street belong to it up to this far away, in metres. */
const PLACE_REACH = 2_000;

/** Named things that are neither areas nor streets, each once. */
export function collectNamedPlaces(
  features: readonly Feature[],
  areas: Areas,
  dropped: Record<DropReason, number>,
): Draft[] {
  const drafts: Draft[] = [];
  const byName = new Map<string, number[]>();
  for (const feature of [...features].sort((a, b) => Number(b.isNode) - Number(a.isNode))) {
    const draft = draftOf(feature, areas);
    if (!draft) continue;
    const key = `${draft.kind}/${compact(fold(draft.names.local))}`;
    const same = byName.get(key) ?? [];
    const twin = same.find((index) => {
      const other = drafts[index];
      return other && distance(other.position, draft.position) <= SAME_PLACE;
    });
    const other = twin === undefined ? undefined : drafts[twin];
    if (twin !== undefined && other) {
      dropped['duplicate-place']++;
      if (draft.prominence > other.prominence) drafts[twin] = draft;
    } else {
      byName.set(key, [...same, drafts.length]);
      drafts.push(draft);
    }
  }
  return drafts;
}

function draftOf({ tags, position }: Feature, areas: Areas): Draft | undefined {
  const classified = classify(tags) ?? {
    kind: 'building' as const,
    category: 'building=yes',
    prominence: 0.35,
  };
  const houseName = clean(tags.get('addr:housename'));
  const names = namesOf(tags) ?? (houseName === '' ? undefined : plainNames(houseName));
  if (!names || AREA_KINDS.has(classified.kind) || tags.get('boundary') === 'administrative')
    return undefined;
  const street = clean(tags.get('addr:street'));
  const number = clean(tags.get('addr:housenumber'));
  const suburb = clean(tags.get('addr:suburb') ?? tags.get('addr:district'));
  const city = clean(tags.get('addr:city'));
  const named = [
    ...(suburb === '' ? [] : [areas.ensure('quarter', suburb, position)]),
    ...(city === '' ? [] : [areas.ensure('settlement', city, position)]),
  ];
  return {
    ...classified,
    names,
    position,
    addressLine: street === '' ? '' : addressLine(street, number),
    areas: [...new Set([...named, ...areas.areasAt(position)])],
    area: undefined,
    street: undefined,
    addresses: [],
  };
}

const addressLine = (street: string, number: string): string =>
  number === ''
    ? street
    : /[路街道巷弄]$/.test(street)
      ? `${street}${number.replace(/号$/, '')}号`
      : `${street} ${number}`;

/** Every place of the extract: areas, streets and named things. What an address took for a street may be a place. */
export function draftPlaces(areas: Areas, streets: readonly Street[], named: readonly Draft[]): Draft[] {
  const drafts = [...areas.list.map((area, index) => draftOfArea(area, index, areas)), ...named];
  const byKey = new Map<string, Draft[]>();
  for (const draft of drafts) {
    for (const key of keysOf(draft.names)) {
      const same = byKey.get(key);
      if (same) same.push(draft);
      else byKey.set(key, [draft]);
    }
  }
  for (const street of streets) {
    const [address] = street.addresses;
    const place =
      street.lines.length === 0 && address
        ? byKey
            .get(streetKey(street.names.local))
            ?.find(
              ({ kind, position }) =>
                kind !== 'region' && distance(position, address.position) <= PLACE_REACH,
            )
        : undefined;
    if (place) place.addresses.push(...street.addresses);
    else drafts.push(draftOfStreet(street));
  }
  return drafts;
}

function draftOfArea(area: Area, index: number, areas: Areas): Draft {
  return {
    kind: area.kind,
    category: area.category,
    prominence: area.prominence,
    names: area.names,
    position: area.position,
    addressLine: '',
    areas: areas
      .areasAt(area.position)
      .filter((other) => other !== index && (areas.list[other]?.size ?? 0) > area.size),
    area: index,
    street: undefined,
    addresses: [],
  };
}

function draftOfStreet(street: Street): Draft {
  const [address] = street.addresses;
  return {
    kind: 'street',
    category: street.category,
    prominence: street.prominence,
    names: street.names,
    position: street.lines.length > 0 ? middleOf(street.lines) : (address?.position ?? [0, 0]),
    addressLine: '',
    areas: street.areas,
    area: undefined,
    street,
    addresses: street.addresses,
  };
}
