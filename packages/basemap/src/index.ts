export {
  type Basemap,
  BasemapFault,
  type OpenOptions,
  openBasemap,
  type StoredTile,
} from './archive/open.js';
export type { RangeReader } from './archive/range.js';
export { type BuildOptions, type BuiltBasemap, buildBasemap } from './build.js';
export { type BasemapError, type BasemapLanguage, describeBasemapError } from './errors.js';
export { type BasemapReport, FLAWS, type Flaw } from './report.js';
export { LAYERS, type LayerName } from './schema/index.js';
export type { StyleLanguage } from './style/labels.js';
export type { Theme } from './style/palette.js';
export { basemapStyle, FIRST_LABEL, type StyleOptions } from './style/style.js';
