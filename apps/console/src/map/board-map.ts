import 'maplibre-gl/dist/maplibre-gl.css';
import { type BoundingBox, boundingBox, type LonLat } from '@lamplight/base';
import type { UiLocale } from '@lamplight/ui';
import type { FeatureCollection } from 'geojson';
import {
  type GeoJSONSource,
  Map as MapLibreMap,
  type MapMouseEvent,
  type MapTouchEvent,
  type PointLike,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Theme } from '../state/preferences.js';
import { BoardOverlay, type Hit, type MapIncident, type MapUnit } from './board-overlay.js';
import { drawMapImage, IMAGE_RATIO } from './map-images.js';
import { BOARD_SOURCES, type BoardSource, CONDITION_LAYERS, mapStyle, readToken } from './map-style.js';
import { type FlatView, flatView } from './mercator.js';
import { SketchEditor, type SketchShape } from './sketch-editor.js';

setWorkerUrl(workerUrl);

/** What was pressed: something of the board, or a street that is closed or slow. */
export type Picked = Hit | { readonly kind: 'condition'; readonly id: string };

/** A point on the screen, in pixels from the upper left corner of the map. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface MapView {
  readonly box: BoundingBox;
  readonly centre: LonLat;
  readonly zoom: number;
}

export interface BoardMapOptions {
  readonly container: HTMLElement;
  readonly locale: UiLocale;
  readonly theme: Theme;
  readonly label: string;
  /** Something was pressed: a symbol, or a place on the ground. */
  onPick?(picked: Picked | null, at: LonLat, point: ScreenPoint): void;
  /** The pointer is over something, or over nothing any more. */
  onHover?(hit: Hit | null, point: ScreenPoint): void;
  /** Somebody asks what is at a place: by the other mouse button, by holding a finger there, by Enter. */
  onAsk?(at: LonLat, point: ScreenPoint): void;
  /** The points of the sketch have changed by hand. */
  onSketch?(points: readonly LonLat[]): void;
  /** The reader has moved the map away from the unit that it followed. */
  onLost?(): void;
  /** A unit was dropped, on an incident or on the ground. */
  onDrop?(unitId: string, incidentId: string | null, at: LonLat): void;
  /** The view has come to rest; `null` while the map is hidden. */
  onView?(view: MapView | null): void;
}

/** What a unit is dragged as, from the list of units. */
export const UNIT_DRAG_TYPE = 'application/x-lamplight-unit';

/** How far from a line a press still counts, in pixels. */
const LINE_REACH = 6;
/** A finger that rests this long asks what is there, in milliseconds. */
const HOLD_TIME = 550;
/** Shorter than a frame: draw with the next one. */
const FRAME = 20;
/** Gliding marks are drawn anew at most this often, in milliseconds: eyes see no more, and a PC without a graphics card is spared. */
const GLIDE = 50;
/** The share of the view at each edge into which a followed unit may not get. */
const FOLLOW_MARGIN = 0.25;

/**
 * The map and its data; knows nothing of React or of where the data comes from. Data may be given at any time; it is
 * shown once the style is there, and kept when the style changes. Units and incidents are drawn by an overlay of their
 * own, so that their movement costs the map nothing. The map always looks north and straight down.
 */
export class BoardMap {
  readonly #map: MapLibreMap;
  readonly #options: BoardMapOptions;
  readonly #data = new Map<BoardSource, FeatureCollection>();
  readonly #overlay = new BoardOverlay();
  readonly #canvas = document.createElement('canvas');
  readonly #sketch: SketchEditor;
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  #ready = false;
  /** Counts the styles asked for. */
  #style = 0;
  #fitted = false;
  #waiting: (() => void) | null = null;
  #following: string | null = null;
  /** The press under way is on a point of the sketch. */
  #tookHold = false;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holding: ReturnType<typeof setTimeout> | undefined;

  /** Throws where the browser has no WebGL. */
  constructor(options: BoardMapOptions) {
    const { container, locale, theme, label } = options;
    this.#options = options;
    const map = new MapLibreMap({
      container,
      style: { version: 8, sources: {}, layers: [] },
      attributionControl: { compact: false },
      pitchWithRotate: false,
      dragRotate: false,
      touchPitch: false,
      maxPitch: 0,
      fadeDuration: 0,
      center: [0, 0],
      zoom: 1,
    });
    this.#map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-right');
    map.getCanvas().setAttribute('aria-label', label);
    map.setMissingStyleImageResolver((id) => {
      const image = drawMapImage(id);
      if (image) map.addImage(id, image, { pixelRatio: IMAGE_RATIO });
    });
    this.#canvas.className = 'map-overlay';
    this.#canvas.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.#canvas);
    this.#sketch = new SketchEditor((points) => {
      this.#draw();
      options.onSketch?.(points);
    });

    map.on('style.load', () => {
      this.#ready = BOARD_SOURCES.every((source) => map.getSource(source));
      for (const source of BOARD_SOURCES) this.#show(source);
    });
    this.restyle(locale, theme, label);
    map.on('resize', () => {
      if (this.#waiting) this.#whenShown(this.#waiting);
      this.#draw();
    });
    // In the same frame as the map, so that marks never swim on it.
    map.on('render', () => this.#draw());
    map.on('moveend', () => {
      this.#overlay.settle();
      this.#soon();
      options.onView?.(this.view());
    });
    this.#listenToPointer();
    this.#listenToKeys();
    this.#listenToDrops(container);
  }

  /** Exactly these units. Those that are the same objects as before cost next to nothing. */
  setUnits(units: Iterable<MapUnit>): void {
    this.#overlay.setUnits(units, performance.now(), !this.#calm.matches);
    this.#soon();
  }

  setIncidents(incidents: readonly MapIncident[]): void {
    this.#overlay.setIncidents(incidents);
    this.#soon();
  }

  setData(source: BoardSource, data: FeatureCollection): void {
    this.#data.set(source, data);
    if (this.#ready) this.#show(source);
  }

  /** Draws everything anew in another theme or language. */
  restyle(locale: UiLocale, theme: Theme, label: string): void {
    this.#ready = false;
    this.#map.getCanvas().setAttribute('aria-label', label);
    this.#overlay.restyle();
    const wanted = ++this.#style;
    void mapStyle(locale, theme).then((style) => {
      // Another language or theme may have been chosen meanwhile, or the map be gone.
      if (wanted === this.#style) this.#map.setStyle(style, { diff: false });
    });
  }

  /** Lets something be drawn by mouse, finger and keys, or shows how far it has got; `null` ends it. */
  sketch(sketch: SketchShape | null): void {
    this.#sketch.show(sketch);
    if (sketch) this.#map.doubleClickZoom.disable();
    else this.#map.doubleClickZoom.enable();
    this.#soon();
  }

  undo(): void {
    this.#sketch.undo();
  }

  /** Keeps a unit in sight until the reader moves the map; `null` lets it go. */
  follow(unitId: string | null): void {
    this.#following = unitId;
    this.#soon();
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

  goTo([lon, lat]: LonLat, zoom: number): void {
    this.#fitted = true;
    this.#whenShown(() => this.#map.easeTo({ center: [lon, lat], zoom, duration: 400 }));
  }

  zoomBy(levels: number): void {
    this.#map.zoomTo(this.#map.getZoom() + levels, { duration: 200 });
  }

  /** What the map shows; `null` while it is hidden. */
  view(): MapView | null {
    if (this.#map.getContainer().clientWidth === 0) return null;
    const bounds = this.#map.getBounds();
    const { lng, lat } = this.#map.getCenter();
    return {
      box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      centre: [lng, lat],
      zoom: this.#map.getZoom(),
    };
  }

  focus(): void {
    this.#map.getCanvas().focus();
  }

  remove(): void {
    this.#style++;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    clearTimeout(this.#holding);
    this.#map.remove();
  }

  #listenToPointer(): void {
    const map = this.#map;
    map.on('click', ({ point, lngLat }) => {
      const at: LonLat = [lngLat.lng, lngLat.lat];
      if (!this.#sketch.sketch) this.#options.onPick?.(this.#pickAt(point.x, point.y), at, point);
      else if (!this.#tookHold) this.#sketch.add(at);
    });
    map.on('contextmenu', ({ point, lngLat, originalEvent }) => {
      originalEvent.preventDefault();
      this.#options.onAsk?.([lngLat.lng, lngLat.lat], point);
    });
    map.on('mousemove', ({ point, lngLat }) => {
      if (this.#sketch.held !== null) {
        this.#sketch.drag([lngLat.lng, lngLat.lat]);
        return;
      }
      const hit = this.#overlay.hit(point.x, point.y);
      map.getCanvas().style.cursor = hit || this.#conditionAt(point.x, point.y) !== null ? 'pointer' : '';
      this.#options.onHover?.(hit, point);
    });
    map.on('mouseout', ({ point }) => this.#options.onHover?.(null, point));
    map.on('mousedown', (event) => {
      if (event.originalEvent.button === 0) this.#hold(event);
    });
    map.on('mouseup', () => this.#sketch.letGo());
    map.on('touchstart', (event) => {
      clearTimeout(this.#holding);
      if (event.originalEvent.touches.length !== 1) return;
      this.#hold(event);
      if (this.#sketch.sketch) return;
      const { point, lngLat } = event;
      this.#holding = setTimeout(() => this.#options.onAsk?.([lngLat.lng, lngLat.lat], point), HOLD_TIME);
    });
    map.on('touchmove', ({ lngLat }) => {
      clearTimeout(this.#holding);
      if (this.#sketch.held !== null) this.#sketch.drag([lngLat.lng, lngLat.lat]);
    });
    map.on('touchend', () => {
      clearTimeout(this.#holding);
      this.#sketch.letGo();
    });
    map.on('dragstart', () => this.#lose());
  }

  /** Takes hold of a point of the sketch, so that the map stays where it is. */
  #hold(event: MapMouseEvent | MapTouchEvent): void {
    this.#tookHold = this.#sketch.hold(this.#flat(), event.point.x, event.point.y);
    if (this.#tookHold) event.preventDefault();
  }

  /**
   * With the map in focus a cross marks its middle, arrow keys move the ground below it, and Enter does there what a
   * press would do.
   */
  #listenToKeys(): void {
    const canvas = this.#map.getCanvas();
    canvas.addEventListener('focus', () => this.#soon());
    canvas.addEventListener('blur', () => this.#soon());
    this.#map.on('move', () => {
      // A point in hand with the focus on the map was taken by a key, and moves with the middle.
      if (this.#sketch.held !== null && this.#crossShown()) this.#sketch.drag(this.#middle().at);
    });
    canvas.addEventListener('keydown', (event) => {
      if (event.key.startsWith('Arrow')) this.#lose();
      if (this.#takeKey(event)) {
        event.preventDefault();
        event.stopPropagation();
        this.#soon();
      }
    });
  }

  #takeKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { at, point } = this.#middle();
    const sketching = this.#sketch.sketch !== null;
    switch (key) {
      case 'Enter':
      case ' ':
        if (!sketching) this.#pressMiddle(at, point);
        else if (this.#sketch.held !== null) this.#sketch.letGo();
        else if (!this.#sketch.hold(this.#flat(), point.x, point.y)) this.#sketch.add(at);
        return true;
      case 'Backspace':
      case 'Delete':
        if (sketching) this.#sketch.takeAway(this.#flat(), point.x, point.y);
        return sketching;
      case 'z':
        if (!sketching || !(ctrlKey || metaKey)) return false;
        this.#sketch.undo();
        return true;
      case 'Escape':
        if (this.#sketch.held === null) return false;
        this.#sketch.undo();
        return true;
      default:
        return false;
    }
  }

  #pressMiddle(at: LonLat, point: ScreenPoint): void {
    const picked = this.#pickAt(point.x, point.y);
    if (picked) this.#options.onPick?.(picked, at, point);
    else this.#options.onAsk?.(at, point);
  }

  #listenToDrops(container: HTMLElement): void {
    container.addEventListener('dragover', (event) => {
      if (!this.#options.onDrop || !event.dataTransfer?.types.includes(UNIT_DRAG_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
    });
    container.addEventListener('drop', (event) => {
      const unitId = event.dataTransfer?.getData(UNIT_DRAG_TYPE);
      if (!unitId) return;
      event.preventDefault();
      const { left, top } = container.getBoundingClientRect();
      const [x, y] = [event.clientX - left, event.clientY - top];
      const hit = this.#overlay.hit(x, y);
      const { lng, lat } = this.#map.unproject([x, y]);
      this.#options.onDrop?.(unitId, hit?.kind === 'incident' ? hit.id : null, [lng, lat]);
    });
  }

  #lose(): void {
    if (this.#following === null) return;
    this.#following = null;
    this.#options.onLost?.();
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

  #flat(): FlatView {
    const { lng, lat } = this.#map.getCenter();
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return flatView([lng, lat], this.#map.getZoom(), clientWidth, clientHeight);
  }

  #middle(): { readonly at: LonLat; readonly point: ScreenPoint } {
    const { lng, lat } = this.#map.getCenter();
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return { at: [lng, lat], point: { x: clientWidth / 2, y: clientHeight / 2 } };
  }

  #crossShown(): boolean {
    const canvas = this.#map.getCanvas();
    return document.activeElement === canvas && canvas.matches(':focus-visible');
  }

  /** Draws the overlay with the next frame, or later. */
  #soon(wait = 0): void {
    if (this.#frame !== 0) return;
    clearTimeout(this.#timer);
    const ask = (): void => {
      this.#frame = requestAnimationFrame(() => this.#draw());
    };
    if (wait < FRAME) ask();
    else this.#timer = setTimeout(ask, wait);
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const view = this.#flat();
    const context = this.#canvas.getContext('2d');
    if (!context || view.width === 0) return;
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const now = performance.now();
    const next = this.#overlay.draw(context, view, this.#map.getZoom(), now);
    this.#sketch.draw(context, view);
    if (this.#crossShown()) drawCross(context, view.width / 2, view.height / 2);
    this.#keepInSight(view, now);
    if (next !== null) this.#soon(Math.max(next, GLIDE));
  }

  #keepInSight(view: FlatView, now: number): void {
    if (this.#following === null || this.#map.isMoving()) return;
    const place = this.#overlay.shownAt(this.#following, view, now);
    if (!place) return;
    const [x, y] = place;
    const [left, top] = [view.width * FOLLOW_MARGIN, view.height * FOLLOW_MARGIN];
    if (x > left && y > top && x < view.width - left && y < view.height - top) return;
    const center = this.#map.unproject([x, y]);
    this.#map.easeTo({ center, duration: 600 });
  }

  #show(name: BoardSource): void {
    const data = this.#data.get(name);
    const source = this.#map.getSource<GeoJSONSource>(name);
    if (data && source) source.setData(data);
  }

  #pickAt(x: number, y: number): Picked | null {
    const hit = this.#overlay.hit(x, y);
    if (hit) return hit;
    const id = this.#conditionAt(x, y);
    return id === null ? null : { kind: 'condition', id };
  }

  #conditionAt(x: number, y: number): string | null {
    if (!this.#ready) return null;
    const box: [PointLike, PointLike] = [
      [x - LINE_REACH, y - LINE_REACH],
      [x + LINE_REACH, y + LINE_REACH],
    ];
    const [found] = this.#map.queryRenderedFeatures(box, { layers: [...CONDITION_LAYERS] });
    const id: unknown = found?.properties.conditionId;
    return typeof id === 'string' ? id : null;
  }
}

function drawCross(context: CanvasRenderingContext2D, x: number, y: number): void {
  const arms = new Path2D(`M${x - 16} ${y}h11M${x + 5} ${y}h11M${x} ${y - 16}v11M${x} ${y + 5}v11`);
  for (const [colour, width] of [
    [readToken('--map-halo'), 5],
    [readToken('--focus'), 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(arms);
  }
}
