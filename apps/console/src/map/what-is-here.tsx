import type { LonLat } from '@lamplight/base';
import { Button, ProblemError, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components';
import { useDesk, useDeskState } from '../desk/desk.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import type { ScreenPoint } from './board-map.js';
import { MapPopover } from './map-popover.js';

export interface Asked {
  readonly at: LonLat;
  readonly point: ScreenPoint;
}

/** Latitude first, as it is read out and as other systems take it. */
const degreesText = ([lon, lat]: LonLat): string => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** What is at a place on the map, and what can be done there. */
export function WhatIsHere({
  asked,
  onClose,
  onMeasure,
}: {
  readonly asked: Asked | null;
  onClose(): void;
  onMeasure(from: LonLat): void;
}): ReactNode {
  const desk = useDesk();
  const { picking } = useDeskState();
  const [callAt, setCallAt] = useState<LonLat | null>(null);
  // The form that takes the place down has to be there first, and may be in another window.
  useEffect(() => {
    if (callAt === null || picking !== 'intake') return;
    setCallAt(null);
    desk.store.emit({ type: 'picked', at: callAt });
  }, [callAt, picking, desk]);
  if (!asked) return null;
  return (
    <MapPopover point={asked.point} onClose={onClose}>
      <Here
        key={degreesText(asked.at)}
        at={asked.at}
        onCall={() => {
          setCallAt(asked.at);
          desk.newCall();
          onClose();
        }}
        onCloseStreet={() => {
          desk.store.change({ sketch: { kind: 'street', points: [asked.at], place: null } });
          desk.openRoads();
          onClose();
        }}
        onMeasure={() => {
          onMeasure(asked.at);
          onClose();
        }}
      />
    </MapPopover>
  );
}

function Here({
  at,
  onCall,
  onCloseStreet,
  onMeasure,
}: {
  readonly at: LonLat;
  onCall(): void;
  onCloseStreet(): void;
  onMeasure(): void;
}): ReactNode {
  const { t, name, problem } = useIntl();
  const { api } = useServer();
  const { powers } = useDesk();
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const { value, error } = usePolling(degreesText(at), null, () => api.placeAt(at));
  const unknown = error instanceof ProblemError && (error.is('not-found') || error.is('places-unavailable'));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(degreesText(at));
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <Dialog className="map-menu" aria-label={t('here.title')}>
      <p role="status">
        <strong>
          {value
            ? name(value.label)
            : error === null
              ? t('common.loading')
              : unknown
                ? t('here.unknown')
                : problem(error)}
        </strong>
      </p>
      <p className="muted here-degrees">{degreesText(at)}</p>
      <div className="map-menu-actions">
        {powers.takeCalls ? (
          <Button size="small" onPress={onCall}>
            {t('here.call')}
          </Button>
        ) : null}
        {powers.dispatch ? (
          <Button size="small" onPress={onCloseStreet}>
            {t('here.closeStreet')}
          </Button>
        ) : null}
        <Button size="small" onPress={onMeasure}>
          {t('here.measure')}
        </Button>
        <Button size="small" onPress={() => void copy()}>
          {t('here.copy')}
        </Button>
      </div>
      <p role="status" className="muted">
        {copied === null ? '' : t(copied === 'yes' ? 'here.copied' : 'here.notCopied')}
      </p>
    </Dialog>
  );
}
