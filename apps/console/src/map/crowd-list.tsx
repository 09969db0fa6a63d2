import type { LonLat } from '@lamplight/base';
import { Button, UnitMarkIcon, unitMarkOf, unitViewOf, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Dialog, ListBox, ListBoxItem } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import type { BoardMap, ScreenPoint } from './board-map.js';
import { MapPopover } from './map-popover.js';

export interface CrowdShown {
  readonly ids: readonly string[];
  readonly at: LonLat;
  readonly point: ScreenPoint;
}

/** Above this many units nobody reads a list: one looks closer. */
const READABLE = 60;

/** The units behind a count on the map, to choose one of, and the way to look closer. */
export function CrowdList({
  crowd,
  map,
  onClose,
}: {
  readonly crowd: CrowdShown | null;
  readonly map: BoardMap | null;
  onClose(): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const desk = useDesk();
  const board = useWork();
  const catalogue = useCatalogue();
  if (!crowd) return null;
  const views = crowd.ids
    .map((id) => board.units.get(id))
    .filter((unit) => unit !== undefined)
    .slice(0, READABLE)
    .map((unit) => unitViewOf(board, unit, catalogue.effectOf));
  const zoom = map?.view()?.zoom ?? 0;
  return (
    <MapPopover point={crowd.point} onClose={onClose}>
      <Dialog className="map-menu" aria-label={t('map.together', { count: crowd.ids.length })}>
        <header>
          <strong>{t('map.together', { count: crowd.ids.length })}</strong>
          {zoom < 17 ? (
            <Button
              size="small"
              onPress={() => {
                map?.goTo(crowd.at, zoom + 2);
                onClose();
              }}
            >
              {t('map.closer')}
            </Button>
          ) : null}
        </header>
        <ListBox
          className="ll-listbox crowd-list"
          aria-label={t('map.together', { count: crowd.ids.length })}
          autoFocus
          items={views.map((view) => ({ id: view.unit.id, view }))}
          onAction={(key) => {
            desk.store.change({ unitId: String(key) });
            onClose();
          }}
        >
          {({ id, view }) => (
            <ListBoxItem id={id} textValue={view.unit.callSign} className="ll-option crowd-option">
              <UnitMarkIcon mark={unitMarkOf(view)} />
              <span>{view.unit.callSign}</span>
              <span className="muted">{catalogue.statusText(view, intl)}</span>
            </ListBoxItem>
          )}
        </ListBox>
        {crowd.ids.length > READABLE ? (
          <p className="muted">{t('map.more', { count: crowd.ids.length - READABLE })}</p>
        ) : null}
      </Dialog>
    </MapPopover>
  );
}
