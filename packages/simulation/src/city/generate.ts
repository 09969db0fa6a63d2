import { createRandom, type LonLat, metres, offset } from '@lamplight/base';
import { itemAt } from '../sure.js';
import { drawAreas, riverLine } from './areas.js';
import { drawBlocks } from './blocks.js';
import { createCarrierIndex, cutIntoLegs } from './carriers.js';
import { centreOf, divideIntoCells, sectorOutline } from './cells.js';
import { keepLargestPart, openTraps } from './connectivity.js';
import { planDistricts } from './districts.js';
import { drawExpressway } from './expressway.js';
import { createFrame, type Point } from './frame.js';
import { findPlaces, listFronts, numberHouses, roundPosition } from './fronts.js';
import { drawLanes } from './lanes.js';
import type { Bilingual, City, District, Neighbourhood } from './model.js';
import { createNameBook } from './names.js';
import { drawRoundabouts } from './roundabouts.js';
import { drawSkeleton } from './skeleton.js';
import { createSketch } from './sketch.js';
import { placeStations } from './stations.js';
import { layStreets } from './streets.js';
import { proposeUnits } from './units.js';

/** How large a city to make: by its road nodes or by its residents. */
export type CitySize = { readonly size: number } | { readonly population: number };

export type CityOptions = CitySize & {
  readonly seed: string | number;
  /** The middle of the city. */
  readonly origin?: LonLat;
  readonly name?: Bilingual;
};

const RESIDENTS_PER_NODE = 10;
const LEAST_RADIUS = 1150;
/** Somewhere on the plain of a great river: the city does not exist, its latitude is ordinary. */
const ORIGIN: LonLat = [112.5, 30.2];

/**
 * Makes a city that could be true: an old town, rings and radials, grids between them, a river with few bridges, an
 * expressway around, and everything named in both languages. The same options give the same city on every machine.
 * The number of road nodes comes within about a quarter of `size` from 2,000 up; `population` is ten residents a
 * node. Throws a RangeError for a size that is not positive.
 */
export function generateCity(options: CityOptions): City {
  const size = 'size' in options ? options.size : options.population / RESIDENTS_PER_NODE;
  if (!(size > 0)) throw new RangeError('generateCity: size must be positive');
  const random = createRandom(`city/${options.seed}`);
  const origin = options.origin ?? ORIGIN;
  const radius = Math.max(LEAST_RADIUS, radiusFor(size));

  const names = createNameBook(random.fork('names'));
  const frame = createFrame(radius, random.fork('frame'));
  const map = divideIntoCells(frame, random.fork('cells'));
  const cityBase = names.proper();
  const riverBase = names.proper();
  const plan = planDistricts(frame, map, names);
  const cellNames = map.cells.map(() => names.proper());

  const sketch = createSketch();
  const index = createCarrierIndex(sketch);
  const radials = drawSkeleton(sketch, index, frame, names);
  const greens = map.cells.flatMap((cell) => {
    const base = itemAt(cellNames, cell.index);
    const cellRandom = random.fork(`cell/${cell.index}`);
    return drawBlocks(sketch, index, frame, map, cell, base, names, cellRandom) ?? [];
  });
  cutIntoLegs(sketch, index.all, map.cellAt);
  drawExpressway(sketch, frame, radials);
  keepLargestPart(sketch);
  drawRoundabouts(sketch, names, random.fork('roundabouts'));
  drawLanes(sketch, index, map.cells, frame.river, random.fork('lanes'));
  openTraps(sketch);

  const toLonLat = (point: Point): LonLat => roundPosition(offset(origin, point[0], point[1]));
  const { nodes, streets, ways } = layStreets(sketch, map, toLonLat, random.fork('signals'));
  const population = Math.round((nodes.length * RESIDENTS_PER_NODE) / 100) * 100;
  const neighbourhoods = map.cells.map(
    (cell): Neighbourhood => ({
      id: cell.index,
      name: itemAt(cellNames, cell.index),
      district: itemAt(plan.ofCell, cell.index),
      landUse: cell.landUse,
      density: cell.density,
      centre: toLonLat(centreOf(frame, cell)),
      outline: sectorOutline(frame, cell.inner, cell.outer, cell.from, cell.to).map(toLonLat),
    }),
  );
  const districts = plan.districts.map(
    ({ name, outline, centre }, id): District => ({
      id,
      name,
      outline: outline.map(toLonLat),
      centre: toLonLat(centre),
    }),
  );
  const fronts = listFronts(nodes, ways);
  const places = findPlaces(fronts, neighbourhoods, districts, names, random.fork('places'));
  const stations = placeStations(nodes, ways, neighbourhoods, districts, population, random.fork('stations'));

  return {
    seed: String(options.seed),
    name: options.name ?? { zh: `${cityBase.zh}市`, en: `${cityBase.en} City` },
    origin,
    radius: metres(radius),
    population,
    nodes,
    streets,
    ways,
    river: {
      name: { zh: `${riverBase.zh.slice(0, 1)}江`, en: `${itemAt(riverBase.en.split(' '), 0)} River` },
      centreline: riverLine(frame, 0).map(toLonLat),
      width: metres(2 * frame.river.halfWidth),
    },
    neighbourhoods,
    districts,
    areas: drawAreas(frame, map, greens, cellNames, toLonLat, random.fork('areas')),
    places,
    addresses: numberHouses(fronts, random.fork('addresses')),
    stations,
    units: proposeUnits(stations, population),
  };
}

/**
 * The radius that gives about so many road nodes: a constant density of them, and main roads in proportion to the
 * radius. Fitted over seeds and sizes.
 */
function radiusFor(size: number): number {
  const area = 625e-6;
  const edge = 0.25;
  const fixed = 400;
  return (Math.sqrt(edge * edge + 4 * area * Math.max(1, size - fixed)) - edge) / (2 * area);
}
