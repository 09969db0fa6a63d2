import type { LonLat } from '@lamplight/base';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useDesk, useDeskState } from '../desk/desk.js';
import type { ReachSubject } from '../desk/desk-store.js';
import { useBoardStore, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import type { BoardMap } from './board-map.js';
import { reachFeatures } from './map-features.js';

const MINUTES = [5, 10] as const;
/** A unit drives on, and streets are closed and opened. */
const FRESH = 10_000;

/** Turns the reach of what is selected on and off; nothing where there are no roads to go by. */
export function ReachToggle({ subject }: { readonly subject: ReachSubject }): ReactNode {
  const { t } = useIntl();
  const { setReach } = useDesk();
  const { reach } = useDeskState();
  const { info } = useServer();
  if (!info.network) return null;
  return (
    <ToggleButton
      className="ll-button ll-button-plain ll-button-small reach-toggle"
      isSelected={reach?.kind === subject.kind && reach.id === subject.id}
      onChange={(on) => setReach(on ? subject : null)}
    >
      <span className="reach-sign" aria-hidden="true" />
      {t('reach.title')}
    </ToggleButton>
  );
}

/** Draws the reach on the map and says beside it what the lines mean. */
export function Reach({
  map,
  subject,
}: {
  readonly map: BoardMap | null;
  readonly subject: ReachSubject;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const store = useBoardStore();
  const board = useWork();
  const framed = useRef(false);
  const { kind, id } = subject;
  const { value, error } = usePolling(`${kind} ${id}`, FRESH, async () => {
    const { board: now } = store.getSnapshot();
    const place: LonLat | null | undefined =
      kind === 'unit' ? now.fixes.get(id)?.position : now.incidents.get(id)?.location?.position;
    return place ? api.isochrones(place, MINUTES, kind === 'unit' ? 'away' : 'towards') : null;
  });
  useEffect(() => {
    map?.setData('reach', reachFeatures(value));
    if (!map || !value || framed.current) return;
    // Seen whole when it is turned on; afterwards the view is the reader's own.
    framed.current = true;
    map.frame(value.features.flatMap(({ geometry }) => geometry.coordinates.flat(2)));
  }, [map, value]);
  useEffect(() => () => map?.setData('reach', reachFeatures(null)), [map]);
  const callSign = board.units.get(id)?.callSign ?? '';
  return (
    <section className="map-card reach-legend" aria-label={t('reach.title')}>
      <p>{kind === 'unit' ? t('reach.away', { callSign }) : t('reach.towards')}</p>
      {error === null ? (
        <ul>
          {MINUTES.map((minutes) => (
            <li key={minutes}>
              <span className={`reach-line reach-line-${minutes}`} aria-hidden="true" />
              {t('reach.minutes', { minutes })}
            </li>
          ))}
        </ul>
      ) : (
        <p className="bad">{problem(error)}</p>
      )}
    </section>
  );
}
