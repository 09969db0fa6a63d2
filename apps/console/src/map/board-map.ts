import 'maplibre-gl/dist/maplibre-gl.css';
import { type BoundingBox, boundingBox, type LonLat } from '@lamplight/base';
import type { UiLocale } from '@lamplight/ui';
import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, Map as MapLibreMap, type PointLike, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Theme } from '../state/preferences.js';
import { drawMapImage, IMAGE_RATIO } from './map-images.js';
import { BOARD_SOURCES, type BoardSource, mapStyle } from './map-style.js';

setWorkerUrl(workerUrl);

export interface Picked {
  readonly kind: 'unit' | 'incident';
  readonly id: string;
}

export interface BoardMapOptions {
  readonly container: HTMLElement;
  readonly locale: UiLocale;
  readonly theme: Theme;
  readonly label: string;
  /** Something was pressed: a symbol, or a place on the ground. */
  onPick(picked: Picked | null, at: LonLat): void;
  /** The view has come to rest; `null` while the map is hidden. */
  onView(view: { readonly box: BoundingBox; readonly centre: LonLat } | null): void;
}

/** How far from a symbol a press still counts, in pixels; a finger is no needle. */
const REACH = 10;

/** The map and its data. Data may be given at any time; it is shown once the style is there, and kept when the style changes. */
export class BoardMap {
  readonly #map: MapLibreMap;
  readonly #data = new Map<BoardSource, FeatureCollection>();
  #ready = false;
  /** Counts the styles asked for. */
  #style = 0;
  #fitted = false;
  #waiting: (() => void) | null = null;

  /** Throws where the browser has no WebGL. */
  constructor({ container, locale, theme, label, onPick, onView }: BoardMapOptions) {
    const map = new MapLibreMap({
      container,
      style: { version: 8, sources: {}, layers: [] },
      attributionControl: { compact: false },
      pitchWithRotate: false,
      dragRotate: false,
      fadeDuration: 0,
      center: [0, 0],
      zoom: 1,
    });
    this.#map = map;
    map.touchZoomRotate.disableRotation();
    map.getCanvas().setAttribute('aria-label', label);
    map.setMissingStyleImageResolver((id) => {
      const image = drawMapImage(id);
      if (image) map.addImage(id, image, { pixelRatio: IMAGE_RATIO });
    });
    map.on('style.load', () => {
      this.#ready = BOARD_SOURCES.every((source) => map.getSource(source));
      for (const source of BOARD_SOURCES) this.#show(source);
    });
    this.restyle(locale, theme, label);
    map.on('resize', () => {
      if (this.#waiting) this.#whenShown(this.#waiting);
    });
    map.on('click', ({ point, lngLat }) => {
      onPick(this.#pickAt(point.x, point.y), [lngLat.lng, lngLat.lat]);
    });
    map.on('moveend', () => onView(this.#view()));
    map.on('mousemove', ({ point }) => {
      map.getCanvas().style.cursor = this.#pickAt(point.x, point.y) ? 'pointer' : '';
    });
  }

  setData(source: BoardSource, data: FeatureCollection): void {
    this.#data.set(source, data);
    if (this.#ready) this.#show(source);
  }

  /** Draws everything anew in another theme or language. */
  restyle(locale: UiLocale, theme: Theme, label: string): void {
    this.#ready = false;
    this.#map.getCanvas().setAttribute('aria-label', label);
    const wanted = ++this.#style;
    void mapStyle(locale, theme).then((style) => {
      // Another language or theme may have been chosen meanwhile, or the map be gone.
      if (wanted === this.#style) this.#map.setStyle(style, { diff: false });
    });
  }

  /** Shows an area; the first time at once, later by gliding there. */
  fit([west, south, east, north]: BoundingBox): void {
    const animate = this.#fitted;
    this.#fitted = true;
    this.#whenShown(() => {
      this.#map.fitBounds([west, south, east, north], { padding: 24, maxZoom: 16, animate });
    });
  }

  get fitted(): boolean {
    return this.#fitted;
  }

  /** Shows an incident with the units that matter to it: near enough to read, far enough to see them all. */
  frame(places: readonly LonLat[]): void {
    const box = boundingBox(places);
    if (!box) return;
    const [west, south, east, north] = box;
    this.#whenShown(() => {
      this.#map.fitBounds([west, south, east, north], { padding: 64, maxZoom: 14.5, duration: 400 });
    });
  }

  /** Brings a place into sight, if it is not well within it already. */
  reveal([lon, lat]: LonLat): void {
    this.#whenShown(() => {
      const { x, y } = this.#map.project([lon, lat]);
      const { clientWidth, clientHeight } = this.#map.getContainer();
      const margin = 60;
      const inside = x > margin && y > margin && x < clientWidth - margin && y < clientHeight - margin;
      if (inside && this.#map.getZoom() >= 12) return;
      this.#map.easeTo({ center: [lon, lat], zoom: Math.max(this.#map.getZoom(), 13.5), duration: 400 });
    });
  }

  zoomBy(levels: number): void {
    this.#map.zoomTo(this.#map.getZoom() + levels, { duration: 200 });
  }

  focus(): void {
    this.#map.getCanvas().focus();
  }

  remove(): void {
    this.#style++;
    this.#map.remove();
  }

  /**
   * Moves the view once the map has the size it will be seen at: on a narrow screen it may be hidden until later, and
   * a panel that has just opened has taken some of its room.
   */
  #whenShown(move: () => void): void {
    if (this.#map.getContainer().clientWidth === 0) {
      this.#waiting = move;
      return;
    }
    this.#waiting = null;
    this.#map.resize();
    move();
  }

  #view(): { readonly box: BoundingBox; readonly centre: LonLat } | null {
    if (this.#map.getContainer().clientWidth === 0) return null;
    const bounds = this.#map.getBounds();
    const { lng, lat } = this.#map.getCenter();
    return {
      box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      centre: [lng, lat],
    };
  }

  #show(name: BoardSource): void {
    const data = this.#data.get(name);
    const source = this.#map.getSource<GeoJSONSource>(name);
    if (data && source) source.setData(data);
  }

  #pickAt(x: number, y: number): Picked | null {
    if (!this.#ready) return null;
    const box: [PointLike, PointLike] = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const [found] = this.#map.queryRenderedFeatures(box, { layers: ['incidents', 'units'] });
    const id: unknown = found?.properties.id;
    if (!found || typeof id !== 'string') return null;
    return { kind: found.layer.id === 'units' ? 'unit' : 'incident', id };
  }
}
