import type { LonLat, Metres } from '@lamplight/base';

/** One thing's name in both languages of the city. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** The value of OSM's `highway` for the streets that a city has. */
export type RoadClass =
  | 'motorway'
  | 'motorway_link'
  | 'trunk'
  | 'primary'
  | 'secondary'
  | 'tertiary'
  | 'unclassified'
  | 'residential'
  | 'living_street'
  | 'service';

export type LandUse = 'old-town' | 'commercial' | 'retail' | 'residential' | 'suburb' | 'industrial';

/** A point of a road: where two roads share the index of a node, one can turn from one into the other. */
export interface CityNode {
  readonly position: LonLat;
  readonly feature?: 'traffic-signals' | 'turning-circle';
}

/** A named street; it may consist of several ways. */
export interface Street {
  readonly id: number;
  readonly name: Bilingual;
  readonly roadClass: RoadClass;
}

/** A run of one street with the same properties all along. `nodes` run in the direction of house numbers. */
export interface RoadWay {
  readonly id: number;
  readonly street: number;
  readonly roadClass: RoadClass;
  readonly nodes: readonly number[];
  /** Which way traffic may go, seen along `nodes`. */
  readonly oneWay: 'no' | 'forward' | 'backward';
  readonly bridge: boolean;
  readonly roundabout: boolean;
  /** Kilometres an hour, as on the sign. */
  readonly maxSpeed: number;
  readonly lanes: number;
  /** Index into `City.neighbourhoods`, or -1 outside all of them. */
  readonly neighbourhood: number;
  /** Distance of the first node from the street's beginning: house numbers are counted from there. */
  readonly fromMetres: Metres;
}

/** A part of the city between main roads, with one use and one pattern of streets. */
export interface Neighbourhood {
  readonly id: number;
  readonly name: Bilingual;
  readonly district: number;
  readonly landUse: LandUse;
  /** Residents and visitors in proportion to street length; the old town is about 1. */
  readonly density: number;
  readonly centre: LonLat;
  readonly outline: readonly LonLat[];
}

export interface District {
  readonly id: number;
  readonly name: Bilingual;
  /** Closed ring: the last position repeats the first. */
  readonly outline: readonly LonLat[];
  readonly centre: LonLat;
}

export type AreaKind = 'park' | 'pond' | 'river' | 'land-use';

/** A polygon on the map. `ring` is closed. */
export interface Area {
  readonly kind: AreaKind;
  readonly ring: readonly LonLat[];
  readonly landUse?: LandUse;
  readonly name?: Bilingual;
}

export type PlaceKind =
  | 'primary-school'
  | 'secondary-school'
  | 'hospital'
  | 'clinic'
  | 'market'
  | 'bar'
  | 'bus-station'
  | 'railway-station'
  | 'bank'
  | 'fuel';

/** A named place a caller would mention. */
export interface Place {
  readonly id: number;
  readonly kind: PlaceKind;
  readonly name: Bilingual;
  readonly position: LonLat;
  readonly street: number;
  readonly houseNumber: number;
  readonly neighbourhood: number;
}

/** A house with its number. */
export interface Address {
  readonly position: LonLat;
  readonly street: number;
  readonly houseNumber: number;
}

export type StationKind = 'police' | 'guard-post' | 'fire' | 'ambulance';

/** Where crews start from and wait. `position` is a node of a street. */
export interface Station {
  readonly id: string;
  readonly kind: StationKind;
  readonly name: Bilingual;
  readonly position: LonLat;
  readonly node: number;
  readonly district: number;
}

export type Capability =
  | 'patrol'
  | 'armed-response'
  | 'traffic'
  | 'fire-engine'
  | 'fire-command'
  | 'ladder'
  | 'rescue'
  | 'hazmat'
  | 'ambulance-bls'
  | 'ambulance-als'
  | 'supervisor'
  | 'community'
  | 'negotiation'
  | 'k9'
  | 'water-rescue';

export type CityUnitKind =
  | 'patrol-car'
  | 'foot-patrol'
  | 'traffic-car'
  | 'supervisor-car'
  | 'command-car'
  | 'special-response'
  | 'dog-handler'
  | 'ambulance'
  | 'fire-engine'
  | 'ladder-truck'
  | 'rescue-truck'
  | 'rescue-boat';

/** A unit the city proposes to have. */
export interface CityUnit {
  readonly callSign: string;
  readonly kind: CityUnitKind;
  readonly capabilities: readonly Capability[];
  /** `Station.id` of its home. */
  readonly station: string;
  readonly crewSize: number;
}

export interface River {
  readonly name: Bilingual;
  readonly centreline: readonly LonLat[];
  readonly width: Metres;
}

/** A city that does not exist, as plain data. */
export interface City {
  readonly seed: string;
  readonly name: Bilingual;
  readonly origin: LonLat;
  /** From the centre to the outermost ring road. */
  readonly radius: Metres;
  readonly population: number;
  readonly nodes: readonly CityNode[];
  readonly streets: readonly Street[];
  readonly ways: readonly RoadWay[];
  readonly river: River;
  readonly neighbourhoods: readonly Neighbourhood[];
  readonly districts: readonly District[];
  readonly areas: readonly Area[];
  readonly places: readonly Place[];
  readonly addresses: readonly Address[];
  readonly stations: readonly Station[];
  readonly units: readonly CityUnit[];
}
