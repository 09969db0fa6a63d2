import 'maplibre-gl/dist/maplibre-gl.css';
import type { BoundingBox, LonLat } from '@lamplight/base';
import type { UiLocale } from '@lamplight/ui';
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { draftFeatures, routeFeatures } from '../map/map-features.js';
import { drawMapImage, IMAGE_RATIO } from '../map/map-images.js';
import { mapStyle } from '../map/map-style.js';

setWorkerUrl(workerUrl);

interface Sheet {
  readonly container: HTMLElement;
  readonly locale: UiLocale;
  readonly centre: LonLat;
  readonly ways: readonly (readonly LonLat[])[];
  readonly box: BoundingBox;
  /** Called once, with the picture as an address. */
  onDrawn(picture: string): void;
}

/** A machine that still has not drawn everything by then, in milliseconds, gives what it has: paper cannot wait. */
const PATIENCE = 25_000;

/** Draws a still map by day, as it goes on paper. Throws where the browser has no WebGL. */
export function drawSheet({ container, locale, centre, ways, box, onDrawn }: Sheet): { remove(): void } {
  const [west, south, east, north] = box;
  const map = new MapLibreMap({
    container,
    style: { version: 8, sources: {}, layers: [] },
    interactive: false,
    attributionControl: { compact: false },
    fadeDuration: 0,
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: 48, maxZoom: 15.5 },
    canvasContextAttributes: { preserveDrawingBuffer: true },
    pixelRatio: 2,
  });
  map.setMissingStyleImageResolver((id) => {
    const image = drawMapImage(id);
    if (image) map.addImage(id, image, { pixelRatio: IMAGE_RATIO });
  });
  let gone = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const remove = (): void => {
    clearTimeout(waiting);
    if (!gone) map.remove();
    gone = true;
  };
  const take = (): void => {
    if (gone) return;
    const picture = map.getCanvas().toDataURL('image/png');
    remove();
    onDrawn(picture);
  };
  void mapStyle(locale, 'light').then((style) => {
    if (gone) return;
    map.setStyle(style, { diff: false });
    map.once('style.load', () => {
      map
        .getSource<GeoJSONSource>('route')
        ?.setData(routeFeatures(ways.map((geometry) => ({ geometry, main: true }))));
      map.getSource<GeoJSONSource>('draft')?.setData(draftFeatures(centre));
      map.once('idle', take);
      waiting = setTimeout(take, PATIENCE);
    });
  });
  return { remove };
}
