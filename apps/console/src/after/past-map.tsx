import { boundingBox, type LonLat } from '@lamplight/base';
import { Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { BoardMap } from '../map/board-map.js';
import type { MapIncident, MapUnit } from '../map/board-overlay.js';
import { routeFeatures } from '../map/map-features.js';
import { usePreferences } from '../state/preferences.js';

/** A map of a moment that is over; what it shows is given to it, and nothing on it is live. */
export function PastMap({
  units,
  incidents,
  ways,
  frame,
  onPickIncident,
}: {
  readonly units: readonly MapUnit[];
  readonly incidents: readonly MapIncident[];
  readonly ways: readonly (readonly LonLat[])[];
  /** What is to be in sight at first. */
  readonly frame: readonly LonLat[];
  onPickIncident?(id: string): void;
}): ReactNode {
  const { t } = useIntl();
  const { locale, theme } = usePreferences();
  const container = useRef<HTMLDivElement | null>(null);
  const [map, setMap] = useState<BoardMap | null>(null);
  const [failed, setFailed] = useState(false);
  const pick = useRef(onPickIncident);
  pick.current = onPickIncident;
  const label = t('after.mapLabel');

  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and language of a map that is there are changed below
  useEffect(() => {
    if (!container.current) return;
    try {
      const made = new BoardMap({
        container: container.current,
        locale,
        theme,
        label,
        onPick: (picked) => {
          if (picked?.kind === 'incident') pick.current?.(picked.id);
        },
      });
      setMap(made);
      return () => made.remove();
    } catch {
      setFailed(true);
      return undefined;
    }
  }, []);
  useEffect(() => map?.restyle(locale, theme, label), [map, locale, theme, label]);
  useEffect(() => map?.setUnits(units), [map, units]);
  useEffect(() => map?.setIncidents(incidents), [map, incidents]);
  useEffect(
    () => map?.setData('route', routeFeatures(ways.map((geometry) => ({ geometry, main: true })))),
    [map, ways],
  );
  useEffect(() => {
    const box = boundingBox(frame);
    if (map && box && !map.fitted) map.fit(box);
  }, [map, frame]);

  return (
    <section className="map past-map" aria-label={label}>
      <div ref={container} className="map-canvas" />
      {failed ? <Notice tone="warning">{t('after.noMap')}</Notice> : null}
    </section>
  );
}
