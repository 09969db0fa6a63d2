import type { LonLat } from '@lamplight/base';
import type { PlaceCandidate } from '@lamplight/contracts';
import { type Api, type BoardState, type Incident, type UiLocale, type Unit, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk } from '../desk/desk.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { incidentText } from './wording.js';

/** What a search of the desk came to. */
export interface Found {
  readonly text: string;
  readonly units: readonly Unit[];
  readonly incidents: readonly Incident[];
  readonly places: readonly PlaceCandidate[];
}

const MOST = 6;

/** Units and open incidents on the board by what is written on them, and places of the city. */
export async function searchEverything(
  text: string,
  { api, board, locale, near }: { api: Api; board: BoardState; locale: UiLocale; near: LonLat | null },
): Promise<Found> {
  const wanted = text.trim().toLowerCase();
  const has = (...parts: readonly (string | null | undefined)[]): boolean =>
    parts.some((part) => part?.toLowerCase().includes(wanted));
  // A city without a list of places still has its units and incidents.
  const places = await api.places(text, near, locale).then(
    ({ candidates }) => candidates.slice(0, MOST),
    () => [],
  );
  return {
    text,
    units: [...board.units.values()].filter((unit) => !unit.retired && has(unit.callSign)).slice(0, MOST),
    incidents: [...board.incidents.values()]
      .filter(({ number, location }) => has(number, location?.label, location?.words))
      .slice(0, MOST),
    places,
  };
}

export function FoundList({ found, onDone }: { readonly found: Found; onDone(): void }): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  const { openIncident, selectUnit, setArea, reveal } = useDesk();
  const board = useWork();
  const catalogue = useCatalogue();
  const { text, units, incidents, places } = found;
  const act = (perform: () => void) => () => {
    onDone();
    perform();
  };
  return (
    <section className="command-found" aria-live="polite" aria-label={t('commandLine.label')}>
      <p className="muted">
        {t('commandLine.found', { count: units.length + incidents.length + places.length, text })}
      </p>
      <ul>
        {incidents.map(({ id }) => (
          <li key={id}>
            <button type="button" className="link-button" onClick={act(() => openIncident(id))}>
              {t('commandLine.foundIncident')}: {incidentText(id, board, catalogue, intl)}
            </button>
          </li>
        ))}
        {units.map(({ id, callSign }) => (
          <li key={id}>
            <button
              type="button"
              className="link-button"
              onClick={act(() => {
                selectUnit(id);
                setArea('map');
              })}
            >
              {t('commandLine.foundUnit')}: {callSign}
            </button>
          </li>
        ))}
        {places.map((place) => (
          <li key={`${place.position.join()} ${place.label.en}`}>
            <button
              type="button"
              className="link-button"
              onClick={act(() => {
                reveal(place.position);
                setArea('map');
              })}
            >
              {t('commandLine.foundPlace')}: {name(place.label)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
