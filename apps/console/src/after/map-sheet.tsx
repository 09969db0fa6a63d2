import type { LonLat } from '@lamplight/base';
import { boundingBox } from '@lamplight/base';
import type { IncidentRecord } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePreferences } from '../state/preferences.js';
import { useServer } from '../state/server.js';

/**
 * The place of the incident and the ways of its crews as a picture that can be printed: what a map draws is not on
 * paper unless it has been made a picture of.
 */
export function MapSheet({
  record: { incident },
  withTracks,
}: {
  readonly record: IncidentRecord;
  readonly withTracks: boolean;
}): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  const { locale } = usePreferences();
  const canvas = useRef<HTMLDivElement | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [tracked, setTracked] = useState<number | null>(null);
  const centre = incident.location?.position ?? null;
  const { id } = incident;

  useEffect(() => {
    const container = canvas.current;
    if (!container || !centre) return;
    let stopped = false;
    let drawing: { remove(): void } | undefined;
    const draw = async (): Promise<void> => {
      const replay = withTracks ? await api.incidentReplay(id).catch(() => null) : null;
      const { drawSheet } = await import('./sheet-map.js');
      if (stopped) return;
      const ways = (replay?.units ?? [])
        .filter(({ assigned, points }) => assigned && points.length > 1)
        .map(({ points }) => points.map(([, lon, lat]): LonLat => [lon, lat]));
      setTracked(replay ? ways.length : null);
      drawing = drawSheet({
        container,
        locale,
        centre,
        ways,
        box: boundingBox([centre, ...ways.flat()]) ?? [...centre, ...centre],
        onDrawn: setPicture,
      });
    };
    draw().catch(() => setFailed(true));
    return () => {
      stopped = true;
      drawing?.remove();
    };
  }, [api, id, centre, locale, withTracks]);

  return (
    <figure className="map-sheet">
      <figcaption>
        <h2>{t('after.mapSheet')}</h2>
        {tracked === null ? null : <p className="muted">{t('after.waysShown', { count: tracked })}</p>}
      </figcaption>
      {failed ? <p className="muted">{t('after.noMap')}</p> : null}
      {picture === null ? (
        <div ref={canvas} className="map-sheet-frame" aria-hidden="true" />
      ) : (
        <img className="map-sheet-frame" src={picture} alt={t('after.mapAlt')} />
      )}
    </figure>
  );
}
