import type { IncidentRecord } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { actorText } from '../state/wording.js';

/** What people wrote, in the order in which they wrote it. */
export function RecordNotes({ record: { incident } }: { readonly record: IncidentRecord }): ReactNode {
  const intl = useIntl();
  const { t, time } = intl;
  return (
    <section aria-labelledby="record-notes">
      <h2 id="record-notes">{t('incident.notes')}</h2>
      {incident.notes.length === 0 ? <p className="muted">{t('incident.noNotes')}</p> : null}
      <ol className="record-notes">
        {incident.notes.map(({ at, by, text }) => (
          <li key={`${at} ${text}`}>
            <span className="muted">
              {time(at)} {actorText(by, intl)}
            </span>
            <span className="record-note">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
