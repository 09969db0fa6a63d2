import { seconds } from '@lamplight/base';
import type { LoggedResponseEvent } from '@lamplight/contracts';
import { type IncidentView, Notice, Segmented, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useCatalogue, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { actorText } from '../state/wording.js';
import { eventDetail, type NarrativeNames } from './narrative-wording.js';

/** What was known later than this after it happened is marked as such. */
const LATE = 30_000;
/** What machines put down is there to be read, but does not stand out. */
const MACHINE: ReadonlySet<string> = new Set(['UnitsRecommended', 'EtaRevised', 'IncidentQueued']);

const SHOWS = ['all', 'notes'] as const;

/**
 * All that happened and all that was noted, as one narrative from the log itself, the latest first. It is asked for
 * again when something of the incident has changed, and not by the clock: each look is written down.
 */
export function Narrative({ view }: { readonly view: IncidentView }): ReactNode {
  const intl = useIntl();
  const { t, problem } = intl;
  const { api } = useServer();
  const catalogue = useCatalogue();
  const board = useWork();
  const [show, setShow] = useState<(typeof SHOWS)[number]>('all');
  const { value, error } = usePolling(subjectOf(view), null, () => api.timeline(view.incident.id));
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  const events = value ?? last;
  const callSign = (id: string): string => board.units.get(id)?.callSign ?? id;
  const names: NarrativeNames = {
    intl,
    catalogue,
    callSign,
    unitOf: (id) => callSign(board.assignments.get(id)?.unitId ?? ''),
    numberOf: (id) => board.incidents.get(id)?.number ?? id,
  };
  if (events === null) {
    return error === null ? (
      <p className="muted">{t('common.loading')}</p>
    ) : (
      <Notice tone="warning">{problem(error)}</Notice>
    );
  }
  const shown = events.filter(({ event }) => show === 'all' || event.type === 'NoteAdded').toReversed();
  return (
    <section aria-label={t('incident.tab.timeline')}>
      {error === null ? null : <Notice tone="warning">{problem(error)}</Notice>}
      <Segmented
        label={t('narrative.show')}
        hideLabel
        value={show}
        choices={SHOWS.map((id) => ({ id, label: t(`narrative.${id}`) }))}
        onChange={(chosen) => setShow(chosen)}
      />
      {shown.length === 0 ? (
        <p className="muted">{t(show === 'notes' ? 'incident.noNotes' : 'incident.timelineEmpty')}</p>
      ) : null}
      <ol className="timeline">
        {shown.map((logged) => (
          <Entry key={logged.position} logged={logged} names={names} />
        ))}
      </ol>
    </section>
  );
}

/** Changes when anything that belongs to the incident does. */
const subjectOf = ({ incident, calls, assignments }: IncidentView): string =>
  [incident, ...calls, ...assignments].map(({ id, version }) => `${id}:${version}`).join(' ');

function Entry({
  logged: { recordedAt, actor, event },
  names,
}: {
  readonly logged: LoggedResponseEvent;
  readonly names: NarrativeNames;
}): ReactNode {
  const { intl } = names;
  const { t, time, duration, code } = intl;
  const kind = event.type === 'NoteAdded' ? 'note' : MACHINE.has(event.type) ? 'machine' : 'act';
  return (
    <li className={`entry entry-${kind}`}>
      <span className="timeline-time">{time(event.at)}</span>
      <span className="timeline-what">
        {kind === 'note' ? (
          <span className="entry-text">{eventDetail(event, names)}</span>
        ) : (
          <>
            <strong>{code('event', event.type)}</strong> <span>{eventDetail(event, names)}</span>
          </>
        )}
        <span className="muted">
          {actorText(actor, intl)}
          {recordedAt - event.at > LATE ? (
            <> · {t('event.late', { age: duration(seconds((recordedAt - event.at) / 1000)) })}</>
          ) : null}
        </span>
      </span>
    </li>
  );
}
