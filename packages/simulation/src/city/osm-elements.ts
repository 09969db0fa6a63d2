import type { LonLat } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { Area, Bilingual, City, LandUse, Place, PlaceKind, RoadWay, StationKind } from './model.js';

export type Tags = readonly (readonly [key: string, value: string])[];

export interface OsmNode {
  readonly id: number;
  readonly position: LonLat;
  readonly tags: Tags;
}

export interface OsmWay {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: Tags;
}

/**
 * What goes into OSM's `name`: the Chinese name, the English one, or both as is the custom of bilingual places.
 * `name:en` and `name:zh` are always written too.
 */
export type MainName = 'zh' | 'en' | 'both';

/** The city as OSM nodes and ways, both in ascending order of their ids. */
export function toOsmElements(city: City, mainName: MainName): { nodes: OsmNode[]; ways: OsmWay[] } {
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const addNode = (position: LonLat, tags: Tags): number => {
    nodes.push({ id: nodes.length + 1, position, tags });
    return nodes.length;
  };
  const addWay = (refs: readonly number[], tags: Tags): void => {
    ways.push({ id: ways.length + 1, nodes: refs, tags });
  };
  const addLine = (line: readonly LonLat[], tags: Tags): void => {
    const first = line[0];
    const last = line.at(-1);
    const closed = first && last && line.length > 2 && first[0] === last[0] && first[1] === last[1];
    const refs = (closed ? line.slice(0, -1) : line).map((position) => addNode(position, []));
    addWay(closed ? [...refs, itemAt(refs, 0)] : refs, tags);
  };
  const named = (name: Bilingual): Tags => nameTags(name, mainName);

  const roadNodes = city.nodes.map(({ position, feature }) => addNode(position, FEATURES[feature ?? 'none']));
  for (const place of city.places)
    addNode(place.position, [
      ...PLACE_TAGS[place.kind],
      ...named(place.name),
      ...addressTags(city, place, mainName),
    ]);
  for (const station of city.stations)
    addNode(station.position, [...STATION_TAGS[station.kind], ...named(station.name), ['ref', station.id]]);
  for (const address of city.addresses) addNode(address.position, addressTags(city, address, mainName));
  for (const district of city.districts)
    addNode(district.centre, [['place', 'suburb'], ...named(district.name)]);
  for (const neighbourhood of city.neighbourhoods)
    addNode(neighbourhood.centre, [['place', 'neighbourhood'], ...named(neighbourhood.name)]);
  addNode(city.origin, [['place', 'city'], ...named(city.name), ['population', String(city.population)]]);

  for (const way of city.ways) {
    const refs = way.nodes.map((node) => itemAt(roadNodes, node));
    const street = itemAt(city.streets, way.street);
    addWay(way.oneWay === 'backward' ? refs.reverse() : refs, [...roadTags(way), ...named(street.name)]);
  }
  addLine(city.river.centreline, [['waterway', 'river'], ...named(city.river.name)]);
  for (const area of city.areas)
    addLine(area.ring, [...areaTags(area), ...(area.name ? named(area.name) : [])]);
  for (const district of city.districts)
    addLine(district.outline, [
      ['boundary', 'administrative'],
      ['admin_level', '6'],
      ...named(district.name),
    ]);
  return { nodes, ways };
}

function nameTags({ zh, en }: Bilingual, mainName: MainName): Tags {
  const name = mainName === 'both' ? `${zh} ${en}` : mainName === 'zh' ? zh : en;
  return [
    ['name', name],
    ['name:en', en],
    ['name:zh', zh],
  ];
}

const FEATURES: Readonly<Record<'traffic-signals' | 'turning-circle' | 'none', Tags>> = {
  'traffic-signals': [['highway', 'traffic_signals']],
  'turning-circle': [['highway', 'turning_circle']],
  none: [],
};

function roadTags(way: RoadWay): Tags {
  const tags: (readonly [string, string])[] = [
    ['highway', way.roadClass],
    ['maxspeed', String(way.maxSpeed)],
    ['lanes', String(way.lanes)],
  ];
  if (way.roundabout) tags.push(['junction', 'roundabout']);
  if (way.oneWay !== 'no') tags.push(['oneway', 'yes']);
  if (way.bridge) tags.push(['bridge', 'yes'], ['layer', '1']);
  if (way.roadClass === 'service') tags.push(['service', 'alley']);
  return tags;
}

const LAND_USE: Readonly<Record<LandUse, string>> = {
  'old-town': 'residential',
  commercial: 'commercial',
  retail: 'retail',
  residential: 'residential',
  suburb: 'residential',
  industrial: 'industrial',
};

function areaTags({ kind, landUse }: Area): Tags {
  switch (kind) {
    case 'park':
      return [['leisure', 'park']];
    case 'pond':
      return [
        ['natural', 'water'],
        ['water', 'pond'],
      ];
    case 'river':
      return [
        ['natural', 'water'],
        ['water', 'river'],
      ];
    case 'land-use':
      return [['landuse', LAND_USE[landUse ?? 'residential']]];
  }
}

const PLACE_TAGS: Readonly<Record<PlaceKind, Tags>> = {
  'primary-school': [['amenity', 'school']],
  'secondary-school': [['amenity', 'school']],
  hospital: [
    ['amenity', 'hospital'],
    ['emergency', 'yes'],
  ],
  clinic: [['amenity', 'clinic']],
  market: [['amenity', 'marketplace']],
  bar: [['amenity', 'bar']],
  'bus-station': [['amenity', 'bus_station']],
  'railway-station': [['railway', 'station']],
  bank: [['amenity', 'bank']],
  fuel: [['amenity', 'fuel']],
};

const STATION_TAGS: Readonly<Record<StationKind, Tags>> = {
  police: [['amenity', 'police']],
  'guard-post': [
    ['amenity', 'police'],
    ['police', 'checkpoint'],
  ],
  fire: [['amenity', 'fire_station']],
  ambulance: [['emergency', 'ambulance_station']],
};

function addressTags(
  city: City,
  { street, houseNumber }: Pick<Place, 'street' | 'houseNumber'>,
  mainName: MainName,
): Tags {
  const { name } = itemAt(city.streets, street);
  return [
    ['addr:housenumber', String(houseNumber)],
    ['addr:street', itemAt(itemAt(nameTags(name, mainName), 0), 1)],
    ['addr:street:en', name.en],
    ['addr:street:zh', name.zh],
  ];
}
