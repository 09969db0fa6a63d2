import type { BoundingBox, LonLat } from '@lamplight/base';
import type { BoardState, UiLocale } from '@lamplight/ui';
import { Map as GlMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { shortNumber } from '../state/wording.js';
import { baseStyle } from './base-style.js';

setWorkerUrl(workerUrl);

/** A sheet ready for the printer: the map as an image, and what is drawn on it in the image's pixels. */
export interface DrawnSheet {
  /** Row and column, such as `B2`; `null` for the overview. */
  readonly name: string | null;
  readonly image: string;
  readonly width: number;
  readonly height: number;
  /** On the overview, where each sheet lies. */
  readonly frames: readonly {
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly marks: readonly {
    readonly id: string;
    readonly kind: 'incident' | 'unit';
    readonly label: string;
    readonly x: number;
    readonly y: number;
  }[];
}

/** A4 upright without its margins, at a scale at which street names can be read. */
const WIDTH = 1000;
const HEIGHT = 1330;
const COLUMNS = 3;
const ROWS = 3;
/** A map that has not come to rest by then never will. */
const PATIENCE_MS = 30_000;

/** Draws the overview and the sheets of a grid over the box, one after the other on one hidden map. */
export async function drawSheets(
  bounds: BoundingBox,
  board: BoardState,
  locale: UiLocale,
  onProgress: (done: number, total: number) => void,
): Promise<readonly DrawnSheet[]> {
  const container = document.createElement('div');
  container.className = 'paper-canvas';
  container.style.cssText = `position:fixed;left:-20000px;top:0;width:${WIDTH}px;height:${HEIGHT}px`;
  document.body.append(container);
  const map = new GlMap({
    container,
    style: await baseStyle(locale),
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio: 2,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  try {
    const boxes = gridOver(bounds);
    const total = boxes.length + 1;
    const sheets: DrawnSheet[] = [];
    for (const [index, { name, box }] of [{ name: null, box: bounds }, ...boxes].entries()) {
      onProgress(index + 1, total);
      map.fitBounds([...box], { animate: false, padding: name === null ? 20 : 0 });
      await rest(map);
      const pixels = ([lon, lat]: LonLat) => map.project([lon, lat]);
      const frames = name === null ? boxes : [];
      sheets.push({
        name,
        image: map.getCanvas().toDataURL('image/jpeg', 0.85),
        width: WIDTH,
        height: HEIGHT,
        frames: frames.map((frame) => {
          const [west, south, east, north] = frame.box;
          const corner = pixels([west, north]);
          const other = pixels([east, south]);
          const size = { width: other.x - corner.x, height: other.y - corner.y };
          return { name: frame.name, x: corner.x, y: corner.y, ...size };
        }),
        marks: marksOf(board, pixels),
      });
    }
    return sheets;
  } finally {
    map.remove();
    container.remove();
  }
}

function gridOver([west, south, east, north]: BoundingBox): { name: string; box: BoundingBox }[] {
  const wide = (east - west) / COLUMNS;
  const high = (north - south) / ROWS;
  return Array.from({ length: ROWS * COLUMNS }, (_, index) => {
    const row = Math.floor(index / COLUMNS);
    const column = index % COLUMNS;
    const left = west + column * wide;
    const top = north - row * high;
    return {
      name: `${String.fromCharCode(65 + row)}${column + 1}`,
      box: [left, top - high, left + wide, top],
    };
  });
}

function marksOf(
  { incidents, units, fixes }: BoardState,
  pixels: (at: LonLat) => { readonly x: number; readonly y: number },
): DrawnSheet['marks'] {
  const marks: DrawnSheet['marks'][number][] = [];
  const put = (id: string, kind: 'incident' | 'unit', label: string, at: LonLat): void => {
    const { x, y } = pixels(at);
    if (x >= 0 && y >= 0 && x <= WIDTH && y <= HEIGHT) marks.push({ id, kind, label, x, y });
  };
  for (const { unitId, position } of fixes.values()) {
    const unit = units.get(unitId);
    if (unit?.duty) put(unitId, 'unit', unit.callSign, position);
  }
  for (const incident of incidents.values()) {
    const at = incident.status === 'open' ? incident.location?.position : null;
    if (at) put(incident.id, 'incident', shortNumber(incident), at);
  }
  return marks;
}

/** Resolves when all tiles are there and drawn; rejects when they do not come. */
const rest = (map: GlMap): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the map did not come to rest')), PATIENCE_MS);
    map.once('idle', () => {
      clearTimeout(timer);
      resolve();
    });
    map.triggerRepaint();
  });
