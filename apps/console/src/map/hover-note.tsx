import { ageOf, findIncidentView, STALE_AFTER, unitViewOf, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { useBoard, useCatalogue, useNow } from '../state/live-board.js';
import { priorityText, shortNumber } from '../state/wording.js';
import type { ScreenPoint } from './board-map.js';
import type { Hit } from './board-overlay.js';

export interface Hovered {
  readonly hit: Hit;
  readonly point: ScreenPoint;
}

/**
 * What the pointer is over, in a line or two beside it; Escape takes it away. The lists and the card of the selected
 * unit say the same to who has no pointer.
 */
export function HoverNote({
  hovered: { hit, point },
  onClose,
}: {
  readonly hovered: Hovered;
  onClose(): void;
}): ReactNode {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <div className="hover-note" style={{ left: point.x, top: point.y }}>
      <HoverText hit={hit} />
    </div>
  );
}

function HoverText({ hit }: { readonly hit: Hit }): ReactNode {
  const intl = useIntl();
  const { t, duration } = intl;
  const board = useBoard();
  const catalogue = useCatalogue();
  const now = useNow();
  if (hit.kind === 'crowd') {
    const free = hit.ids.filter((id) => {
      const unit = board.units.get(id);
      return unit && unitViewOf(board, unit, catalogue.effectOf).availability === 'available';
    });
    return <strong>{t('map.crowd', { all: hit.ids.length, free: free.length })}</strong>;
  }
  if (hit.kind === 'incident') {
    const incident = findIncidentView(board, hit.id)?.incident;
    if (!incident) return null;
    return (
      <>
        <strong>
          {shortNumber(incident)} {catalogue.typeName(incident.typeCode, intl)}
        </strong>
        <span className="muted">
          {priorityText(incident.priority, intl)} ·{' '}
          {t('map.openFor', { age: duration(ageOf(incident.openedAt, now)) })}
        </span>
      </>
    );
  }
  const unit = board.units.get(hit.id);
  const fix = board.fixes.get(hit.id);
  if (!unit || !fix) return null;
  const age = ageOf(fix.eventAt, now);
  return (
    <>
      <strong>{unit.callSign}</strong>{' '}
      {catalogue.statusText(unitViewOf(board, unit, catalogue.effectOf), intl)}
      <span className={age > STALE_AFTER ? 'stale-note' : 'muted'}>
        {t(age > STALE_AFTER ? 'map.seenStale' : 'map.seen', { age: duration(age) })}
      </span>
    </>
  );
}
