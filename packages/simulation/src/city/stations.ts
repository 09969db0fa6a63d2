import { distance, type LonLat, type Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { Bilingual, CityNode, District, Neighbourhood, RoadWay, Station, StationKind } from './model.js';

/** Residents to one station of a kind, and the fewest a city has. */
const SHARES: Readonly<Record<StationKind, { residents: number; least: number; prefix: string }>> = {
  police: { residents: 12_000, least: 2, prefix: 'PS' },
  'guard-post': { residents: 5_000, least: 6, prefix: 'GP' },
  fire: { residents: 20_000, least: 2, prefix: 'FS' },
  ambulance: { residents: 25_000, least: 2, prefix: 'AS' },
};

const TITLES: Readonly<Record<StationKind, Bilingual>> = {
  police: { zh: '派出所', en: 'Police Station' },
  'guard-post': { zh: '守点警务站', en: 'Guard Post' },
  fire: { zh: '消防救援站', en: 'Fire Station' },
  ambulance: { zh: '急救站', en: 'Ambulance Station' },
};

interface Site {
  readonly node: number;
  readonly position: LonLat;
  readonly neighbourhood: Neighbourhood;
  readonly weight: number;
}

/**
 * Spreads stations over the city: each next one goes where the most demand lies farthest from those already there.
 * Every district has a police station; no two stations share a site.
 */
export function placeStations(
  nodes: readonly CityNode[],
  ways: readonly RoadWay[],
  neighbourhoods: readonly Neighbourhood[],
  districts: readonly District[],
  population: number,
  random: Random,
): Station[] {
  const sites = listSites(nodes, ways, neighbourhoods, random);
  const stations: Station[] = [];
  const names = new Set<string>();
  const occupied = new Set<Site>();
  const found = (kind: StationKind, { node, position, neighbourhood }: Site): void => {
    const number = stations.filter((station) => station.kind === kind).length + 1;
    stations.push({
      id: `${SHARES[kind].prefix}${String(number).padStart(2, '0')}`,
      kind,
      name: stationName(neighbourhood.name, kind, names),
      position,
      node,
      district: neighbourhood.district,
    });
  };
  for (const kind of ['police', 'guard-post', 'fire', 'ambulance'] as const) {
    const taken: LonLat[] = [];
    const nearest = sites.map(() => Infinity);
    const choose = (isEligible: (site: Site) => boolean): void => {
      let best: Site | undefined;
      let bestScore = -1;
      sites.forEach((site, i) => {
        const score = Math.sqrt(site.weight) * Math.min(8000, itemAt(nearest, i));
        if (score > bestScore && !occupied.has(site) && isEligible(site)) {
          best = site;
          bestScore = score;
        }
      });
      if (!best) return;
      found(kind, best);
      occupied.add(best);
      taken.push(best.position);
      const { position } = best;
      sites.forEach((site, i) => {
        nearest[i] = Math.min(itemAt(nearest, i), distance(site.position, position));
      });
    };
    if (kind === 'police')
      for (const district of districts) choose((site) => site.neighbourhood.district === district.id);
    const wanted = Math.max(SHARES[kind].least, Math.round(population / SHARES[kind].residents));
    while (taken.length < wanted && occupied.size < sites.length) choose(() => true);
  }
  return stations;
}

function listSites(
  nodes: readonly CityNode[],
  ways: readonly RoadWay[],
  neighbourhoods: readonly Neighbourhood[],
  random: Random,
): Site[] {
  const usable = new Map<number, number[]>();
  for (const way of ways) {
    const fits = ['primary', 'secondary', 'tertiary', 'unclassified', 'residential'].includes(way.roadClass);
    if (!fits || way.bridge || way.roundabout || way.neighbourhood < 0) continue;
    const list = usable.get(way.neighbourhood);
    if (list) list.push(...way.nodes);
    else usable.set(way.neighbourhood, [...way.nodes]);
  }
  return neighbourhoods.flatMap((neighbourhood) => {
    const list = usable.get(neighbourhood.id) ?? [];
    const tries = Math.min(6, list.length);
    return Array.from({ length: tries }, (): Site => {
      const node = random.pick(list);
      const weight = neighbourhood.density * Math.sqrt(list.length);
      return { node, position: itemAt(nodes, node).position, neighbourhood, weight };
    });
  });
}

function stationName(base: Bilingual, kind: StationKind, used: Set<string>): Bilingual {
  const title = TITLES[kind];
  for (let number = 1; ; number++) {
    const name =
      number === 1
        ? { zh: base.zh + title.zh, en: `${base.en} ${title.en}` }
        : { zh: `${base.zh}第${number}${title.zh}`, en: `${base.en} ${title.en} No. ${number}` };
    if (used.has(name.en)) continue;
    used.add(name.en);
    return name;
  }
}
