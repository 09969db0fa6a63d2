import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { SOURCE } from './expressions.js';
import { buildingLayers, groundLayers } from './ground.js';
import { labelLayers, type StyleLanguage } from './labels.js';
import { PALETTES, type Theme } from './palette.js';
import { boundaryLayers, roadLayers } from './roads.js';

export interface StyleOptions {
  readonly theme: Theme;
  readonly language: StyleLanguage;
  /** Where tiles are: an absolute address with `{z}`, `{x}` and `{y}`. */
  readonly tiles: string;
  /** Where letters are: an absolute address with `{fontstack}` and `{range}`. */
  readonly glyphs: string;
  /** Where the sheet of signs is, without `.json` and `.png`: an absolute address that ends in the theme. */
  readonly sprite: string;
  /** The zooms and the extent that the tiles have, as `openBasemap` tells them. */
  readonly minZoom?: number;
  readonly maxZoom?: number;
  readonly bounds?: readonly [west: number, south: number, east: number, north: number];
}

/**
 * A MapLibre style (https://maplibre.org/maplibre-style-spec/) that draws tiles of the Protomaps basemap, version 4,
 * those of `buildBasemap` among them. Beyond `maxZoom` (15) the last tiles are drawn enlarged. Streets have their names
 * from zoom 13, houses their numbers from zoom 17. The ids of its layers are stable: an application puts its own layers
 * above, or before `FIRST_LABEL` to leave the text of the map on top.
 */
export function basemapStyle({
  theme,
  language,
  tiles,
  glyphs,
  sprite,
  minZoom = 0,
  maxZoom = 15,
  bounds,
}: StyleOptions): StyleSpecification {
  const palette = PALETTES[theme];
  return {
    version: 8,
    name: `Lamplight ${theme}`,
    glyphs,
    sprite,
    sources: {
      [SOURCE]: {
        type: 'vector',
        tiles: [tiles],
        minzoom: minZoom,
        maxzoom: maxZoom,
        attribution: '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
        ...(bounds ? { bounds: [...bounds] } : {}),
      },
    },
    layers: [
      ...groundLayers(palette),
      ...buildingLayers(palette),
      ...roadLayers(palette),
      ...boundaryLayers(palette),
      ...labelLayers(palette, language),
    ],
  };
}

/** Id of the lowest layer of signs and text. */
export const FIRST_LABEL = 'oneway-arrows';
