import {
  byZoom,
  type Expression,
  evenly,
  from,
  get,
  isArea,
  isLine,
  isOneOf,
  type Layer,
  SOURCE,
} from './expressions.js';
import type { Palette } from './palette.js';

/** What lies on the ground, from below to above: land and its use, water, runways and piers. */
export function groundLayers(palette: Palette): readonly Layer[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    {
      ...from('earth'),
      id: 'earth',
      type: 'fill',
      filter: isArea,
      paint: { 'fill-color': palette.land },
    },
    // Only archives of the whole world have this layer, for the zooms at which land use is not there yet.
    {
      id: 'landcover',
      source: SOURCE,
      'source-layer': 'landcover',
      type: 'fill',
      maxzoom: 9,
      filter: isArea,
      paint: { 'fill-color': coverColour(palette), 'fill-opacity': evenly({ 6: 0.8, 9: 0 }) },
    },
    {
      ...from('landuse'),
      id: 'landuse',
      type: 'fill',
      filter: isArea,
      paint: { 'fill-color': useColour(palette), 'fill-opacity': evenly({ 5: 0.4, 9: 1 }) },
    },
    {
      ...from('water'),
      id: 'water-lines',
      type: 'line',
      filter: ['all', isLine, ['!=', get('tunnel'), 'yes']],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.water,
        'line-width': byZoom({
          8: ['case', isOneOf('kind', 'river'), 0.8, 0.2],
          13: ['case', isOneOf('kind', 'river', 'canal'), 2.5, 1],
          18: ['case', isOneOf('kind', 'river', 'canal'), 14, 4.5],
        }),
      },
    },
    {
      ...from('water'),
      id: 'water',
      type: 'fill',
      filter: isArea,
      paint: { 'fill-color': palette.water, 'fill-outline-color': palette.waterEdge },
    },
    {
      ...from('roads'),
      id: 'piers',
      type: 'line',
      minzoom: 13,
      filter: isOneOf('kind', 'pier'),
      paint: { 'line-color': palette.paved, 'line-width': byZoom({ 13: 0.6, 18: 10 }) },
    },
    {
      ...from('roads'),
      id: 'runways',
      type: 'line',
      minzoom: 10,
      filter: isOneOf('kind', 'aeroway'),
      paint: {
        'line-color': palette.paved,
        'line-width': byZoom({
          10: ['case', isOneOf('kind_detail', 'runway'), 1.5, 0.5],
          18: ['case', isOneOf('kind_detail', 'runway'), 90, 24],
        }),
      },
    },
  ];
}

export function buildingLayers(palette: Palette): readonly Layer[] {
  return [
    {
      ...from('buildings'),
      id: 'buildings',
      type: 'fill',
      minzoom: 13,
      filter: isArea,
      paint: {
        'fill-color': palette.building,
        'fill-outline-color': palette.buildingEdge,
        'fill-opacity': evenly({ 13: 0.5, 15: 1 }),
      },
    },
  ];
}

function coverColour(palette: Palette): Expression {
  return [
    'match',
    get('kind'),
    ['forest'],
    palette.wood,
    ['grassland', 'scrub'],
    palette.green,
    ['farmland'],
    palette.field,
    ['barren'],
    palette.rock,
    ['glacier'],
    palette.ice,
    ['urban_area'],
    palette.built,
    palette.land,
  ];
}

function useColour(palette: Palette): Expression {
  return [
    'match',
    get('kind'),
    [
      'park',
      'garden',
      'grass',
      'grassland',
      'meadow',
      'golf_course',
      'village_green',
      'dog_park',
      'zoo',
      'camp_site',
    ],
    palette.green,
    ['forest', 'wood'],
    palette.wood,
    ['scrub', 'wetland', 'nature_reserve', 'national_park', 'protected_area', 'orchard'],
    palette.green,
    ['farmland', 'farmyard', 'allotments'],
    palette.field,
    ['pitch', 'playground', 'recreation_ground', 'stadium', 'track'],
    palette.sport,
    ['sand', 'beach'],
    palette.sand,
    ['bare_rock'],
    palette.rock,
    ['glacier'],
    palette.ice,
    ['cemetery'],
    palette.burial,
    ['hospital'],
    palette.health,
    ['school', 'university', 'college', 'kindergarten'],
    palette.learning,
    ['industrial', 'railway', 'military', 'commercial'],
    palette.industry,
    ['aerodrome', 'airfield'],
    palette.airfield,
    ['runway', 'taxiway', 'pedestrian', 'footway', 'platform', 'pier'],
    palette.paved,
    ['residential', 'neighbourhood'],
    palette.built,
    'rgba(0, 0, 0, 0)',
  ];
}
