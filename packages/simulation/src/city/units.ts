import { itemAt } from '../sure.js';
import type { Capability, CityUnit, CityUnitKind, Station, StationKind } from './model.js';

interface Establishment {
  readonly kind: CityUnitKind;
  readonly prefix: string;
  readonly home: StationKind;
  readonly capabilities: readonly Capability[];
  readonly crewSize: number;
  readonly least: number;
  /** Residents to one unit on duty. */
  readonly residents: number;
}

/** What a city has on duty, by its size. Mostly patrol cars. */
const ESTABLISHMENT: readonly Establishment[] = [
  {
    kind: 'patrol-car',
    prefix: 'P',
    home: 'police',
    capabilities: ['patrol'],
    crewSize: 2,
    least: 8,
    residents: 4_000,
  },
  {
    kind: 'foot-patrol',
    prefix: 'W',
    home: 'guard-post',
    capabilities: ['patrol', 'community'],
    crewSize: 2,
    least: 2,
    residents: 20_000,
  },
  {
    kind: 'traffic-car',
    prefix: 'T',
    home: 'police',
    capabilities: ['traffic', 'patrol'],
    crewSize: 2,
    least: 2,
    residents: 18_000,
  },
  {
    kind: 'supervisor-car',
    prefix: 'S',
    home: 'police',
    capabilities: ['supervisor', 'patrol', 'negotiation'],
    crewSize: 1,
    least: 1,
    residents: 60_000,
  },
  {
    kind: 'special-response',
    prefix: 'X',
    home: 'police',
    capabilities: ['armed-response', 'patrol'],
    crewSize: 4,
    least: 1,
    residents: 80_000,
  },
  {
    kind: 'dog-handler',
    prefix: 'K',
    home: 'police',
    capabilities: ['k9', 'patrol'],
    crewSize: 1,
    least: 1,
    residents: 150_000,
  },
  {
    kind: 'ambulance',
    prefix: 'A',
    home: 'ambulance',
    capabilities: ['ambulance-bls', 'ambulance-als'],
    crewSize: 3,
    least: 3,
    residents: 14_000,
  },
  {
    kind: 'fire-engine',
    prefix: 'E',
    home: 'fire',
    capabilities: ['fire-engine'],
    crewSize: 5,
    least: 2,
    residents: 18_000,
  },
  {
    kind: 'ladder-truck',
    prefix: 'L',
    home: 'fire',
    capabilities: ['ladder'],
    crewSize: 4,
    least: 1,
    residents: 50_000,
  },
  {
    kind: 'command-car',
    prefix: 'C',
    home: 'fire',
    capabilities: ['fire-command'],
    crewSize: 2,
    least: 1,
    residents: 60_000,
  },
  {
    kind: 'rescue-truck',
    prefix: 'R',
    home: 'fire',
    capabilities: ['rescue', 'hazmat'],
    crewSize: 5,
    least: 1,
    residents: 90_000,
  },
  {
    kind: 'rescue-boat',
    prefix: 'B',
    home: 'fire',
    capabilities: ['water-rescue', 'rescue'],
    crewSize: 3,
    least: 1,
    residents: 200_000,
  },
];

/** The units a city of this size would have on duty, dealt out to their stations in turn. */
export function proposeUnits(stations: readonly Station[], population: number): CityUnit[] {
  return ESTABLISHMENT.flatMap(({ kind, prefix, home, capabilities, crewSize, least, residents }) => {
    const homes = stations.filter((station) => station.kind === home);
    const count = homes.length === 0 ? 0 : Math.max(least, Math.round(population / residents));
    return Array.from({ length: count }, (_, i): CityUnit => {
      // Every second ambulance has basic life support only.
      const basic = kind === 'ambulance' && i % 2 === 1;
      return {
        callSign: `${prefix}${String(i + 1).padStart(2, '0')}`,
        kind,
        capabilities: basic ? ['ambulance-bls'] : capabilities,
        station: itemAt(homes, i % homes.length).id,
        crewSize,
      };
    });
  });
}
