import { Button, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { useDesk } from '../desk/desk.js';
import type { Sketch } from '../desk/desk-store.js';
import { useRoadPreview } from '../roads/road-preview.js';
import type { BoardMap } from './board-map.js';
import { lineFeatures } from './map-features.js';

/** Says on the map what is being drawn and how, and takes back what went wrong. */
export function SketchBar({
  map,
  sketch,
}: {
  readonly map: BoardMap | null;
  readonly sketch: Sketch;
}): ReactNode {
  const { t } = useIntl();
  const { store } = useDesk();
  const { kind, points } = sketch;
  const preview = useRoadPreview(sketch.place);
  useEffect(() => map?.setData('matched', lineFeatures(preview?.lines ?? [])), [map, preview]);
  useEffect(() => () => map?.setData('matched', lineFeatures([])), [map]);
  return (
    <section className="map-card" aria-label={t('sketch.title')}>
      <p role="status">{t(`sketch.points.${kind}`, { count: points.length })}</p>
      <p className="muted">{t(kind === 'street' ? 'sketch.hintStreet' : 'sketch.hint')}</p>
      {kind === 'street' ? null : (
        <div className="map-card-actions">
          <Button size="small" onPress={() => map?.undo()}>
            {t('sketch.undo')}
          </Button>
          <Button
            size="small"
            isDisabled={points.length === 0}
            onPress={() => store.change({ sketch: { ...sketch, points: [] } })}
          >
            {t('sketch.clear')}
          </Button>
          <Button size="small" onPress={() => map?.focus()}>
            {t('sketch.toMap')}
          </Button>
        </div>
      )}
    </section>
  );
}
