import { metres } from '@lamplight/base';
import { Button, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useNow } from '../state/live-board.js';
import { ageText } from '../state/wording.js';
import type { Draft } from './draft.js';
import { placeFacts } from './place-field.js';

/** Where the call is on the map, and the ways to say so. */
export function PositionRow({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  onChange(part: Partial<Draft>): void;
}): ReactNode {
  const { t } = useIntl();
  const desk = useDesk();
  const { view } = useDeskState();
  return (
    <div className="ll-field">
      <span className="field-label">{t('intake.position')}</span>
      <Position draft={draft} />
      <DeviceCandidate draft={draft} onChange={onChange} />
      <div className="position-row">
        <Button size="small" className="only-narrow" onPress={() => desk.setArea('map')}>
          {t('intake.pickOnMap')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          onPress={() =>
            onChange({ position: view?.centre ?? null, method: 'map', accuracy: null, place: null })
          }
        >
          {t('intake.useCentre')}
        </Button>
        {draft.position ? (
          <Button
            size="small"
            variant="quiet"
            onPress={() => onChange({ position: null, method: 'map', accuracy: null, place: null })}
          >
            {t('intake.clearPosition')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The place in words when it has one, and degrees always. */
function Position({ draft: { position, method, place, accuracy } }: { readonly draft: Draft }): ReactNode {
  const intl = useIntl();
  const { t, name, distance } = intl;
  if (!position) return <p className="muted">{t('intake.noPosition')}</p>;
  const degrees = t('intake.position.set', { lat: position[1].toFixed(5), lon: position[0].toFixed(5) });
  const facts = [
    place?.found ? placeFacts(place.found, intl) : t(`method.${method}`),
    ...(accuracy === null ? [] : [t('intake.device.within', { distance: distance(metres(accuracy)) })]),
    degrees,
  ];
  return (
    <p className="position" role="status">
      {place ? <strong>{name(place.label)}</strong> : null}
      <span className={place ? 'muted' : ''}>{facts.join(' · ')}</span>
    </p>
  );
}

/** The position of the caller's device, offered beside what was chosen; the words are left as they are. */
function DeviceCandidate({
  draft: { device, position },
  onChange,
}: {
  readonly draft: Draft;
  onChange(part: Partial<Draft>): void;
}): ReactNode {
  const intl = useIntl();
  const { t, distance } = intl;
  const now = useNow();
  if (!device) return null;
  const used = position !== null && position[0] === device.position[0] && position[1] === device.position[1];
  const accuracy = device.accuracy === null ? '' : distance(metres(device.accuracy));
  return (
    <p className="device-candidate">
      <span>
        {t(device.accuracy === null ? 'intake.device.is' : 'intake.device.isWithin', {
          method: t(`method.${device.method}`),
          distance: accuracy,
          age: ageText(device.at, now, intl),
        })}
      </span>
      {used ? (
        <span className="tag">{t('intake.device.used')}</span>
      ) : (
        <Button
          size="small"
          onPress={() =>
            onChange({
              position: device.position,
              accuracy: device.accuracy,
              method: device.method,
              place: null,
            })
          }
        >
          {t('intake.device.use')}
        </Button>
      )}
    </p>
  );
}
