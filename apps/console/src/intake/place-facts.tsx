import type { LonLat } from '@lamplight/base';
import type { PlaceHistory } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { useCatalogue } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';

/** What is known of a place: hazards, key-holders and the way in first, then what happened there before. */
export function PlaceFacts({
  position,
  except = null,
}: {
  readonly position: LonLat;
  /** The incident that is looked at, which is no history. */
  readonly except?: string | null;
}): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  // A hand's breadth on the map is the same place, and each look is noted.
  const [lon, lat] = position;
  const subject = `${lon.toFixed(4)},${lat.toFixed(4)}`;
  const { value, error } = usePolling(subject, null, () => api.placeHistory(position));
  if (!value) return error === null ? null : <p className="muted">{t('intake.place.unavailable')}</p>;
  const incidents = value.incidents.filter(({ id }) => id !== except);
  if (value.premises.length === 0 && incidents.length === 0) return null;
  return (
    <section className="place-known" aria-label={t('intake.place.title')}>
      {value.premises.map((premises) => (
        <Premises key={premises.id} premises={premises} />
      ))}
      {incidents.length > 0 ? <PastIncidents incidents={incidents} /> : null}
    </section>
  );
}

function Premises({ premises }: { readonly premises: PlaceHistory['premises'][number] }): ReactNode {
  const { t, distance } = useIntl();
  const { name, metres, hazards, access, keyHolders } = premises;
  return (
    <div className="premises">
      <h3>
        {name} <span className="muted">{distance(metres)}</span>
      </h3>
      {hazards.length > 0 ? (
        <ul className="hazards" aria-label={t('premises.hazards')}>
          {hazards.map(({ kind, text }) => (
            <li key={`${kind} ${text}`}>
              <span aria-hidden="true">⚠ </span>
              <strong>{t(`premises.hazard.${kind}`)}</strong> {text}
            </li>
          ))}
        </ul>
      ) : null}
      {access === null ? null : (
        <p>
          <strong>{t('premises.access')}</strong> {access}
        </p>
      )}
      {keyHolders && keyHolders.length > 0 ? (
        <ul aria-label={t('premises.keyHolders')}>
          {keyHolders.map((holder) => (
            <li key={`${holder.name} ${holder.number}`}>
              <span className="muted">{t('premises.keyHolder')}</span> {holder.name}{' '}
              <a href={`tel:${holder.number.replaceAll(/[^0-9+]/g, '')}`}>{holder.number}</a>
              {holder.note === null ? null : <span className="muted"> {holder.note}</span>}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const SHOWN = 8;

function PastIncidents({ incidents }: Pick<PlaceHistory, 'incidents'>): ReactNode {
  const intl = useIntl();
  const { t, distance, dateTime } = intl;
  const { openIncident } = useDesk();
  const catalogue = useCatalogue();
  return (
    <Disclosure className="disclosure">
      <Heading>
        <AriaButton slot="trigger" className="disclosure-button">
          <span className="disclosure-caret" aria-hidden="true" />
          {t('intake.history.placeCount', { count: incidents.length })}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <ul className="history">
          {incidents
            .slice(0, SHOWN)
            .map(({ id, number, typeCode, openedAt, disposition, status, metres }) => (
              <li key={id}>
                <span>{dateTime(openedAt)}</span>
                <button type="button" className="link-button" onClick={() => openIncident(id)}>
                  {number} {catalogue.typeName(typeCode, intl)}
                </button>
                <span className="muted">
                  {disposition === null
                    ? t(`status.${status}`)
                    : catalogue.dispositionName(disposition, intl)}
                  {' · '}
                  {distance(metres)}
                </span>
              </li>
            ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}
