import { PAPER_STAGES } from '@lamplight/contracts';
import { findIncidentView, type IncidentView, PriorityMark, queueOf, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useBoard, useCatalogue, useNow } from '../state/live-board.js';
import { actorText, placeText, priorityText } from '../state/wording.js';
import { BlankLines } from './blank-card.js';

/** Lines left for what happens next. */
const MORE_UNITS = 3;
const MORE_NOTES = 4;

/** Each open incident on a card of its own, with room to go on writing. */
export function IncidentCards({ foot }: { readonly foot: ReactNode }): ReactNode {
  const { t } = useIntl();
  const board = useBoard();
  const now = useNow();
  // The order of the cards is that in which they were looked at: they must not be shuffled on the way to the printer.
  const [began] = useState(now);
  const entries = queueOf(board, began);
  if (entries.length === 0) {
    return (
      <article className="paper-sheet">
        <p>{t('paper.noneOpen')}</p>
        {foot}
      </article>
    );
  }
  return entries.map(({ incident }) => {
    const view = findIncidentView(board, incident.id);
    return view ? <IncidentCard key={incident.id} view={view} foot={foot} /> : null;
  });
}

function IncidentCard({ view, foot }: { readonly view: IncidentView; readonly foot: ReactNode }): ReactNode {
  const intl = useIntl();
  const { t, time, dateTime, list } = intl;
  const catalogue = useCatalogue();
  const { units } = useBoard();
  const { incident, calls, assignments } = view;
  const { location, priority, notes } = incident;
  return (
    <article className="paper-sheet" aria-label={incident.number}>
      <header className="paper-head">
        <PriorityMark priority={priority} size={34} />
        <h2>
          {incident.number} · {catalogue.typeName(incident.typeCode, intl)}
        </h2>
        <span>
          {priorityText(priority, intl)} · {dateTime(incident.openedAt)}
        </span>
      </header>
      <p className="paper-place">
        <strong>{placeText(location, intl)}</strong>
        {location?.words && location.label ? <span> “{location.words}”</span> : null}
        {location?.position ? (
          <span className="paper-degrees">
            {location.position[1].toFixed(5)}, {location.position[0].toFixed(5)}
          </span>
        ) : null}
      </p>
      {calls.length === 0 ? null : (
        <p>
          {t('paper.callers')}:{' '}
          {list(
            calls.map(({ callerName, callerNumber, ringAt }) =>
              [callerName, callerNumber, time(ringAt)].filter(Boolean).join(' '),
            ),
          )}
        </p>
      )}
      <table className="paper-table">
        <caption>{t('paper.orders')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('paper.unit')}</th>
            {PAPER_STAGES.map((stage) => (
              <th key={stage} scope="col">
                {t(`paper.stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {assignments.map(({ id, unitId, stamps, stage: reached }) => (
            <tr key={id}>
              <th scope="row">
                {units.get(unitId)?.callSign ?? unitId} ({t(`stage.${reached}`)})
              </th>
              {PAPER_STAGES.map((stage) => {
                const stamp = stamps[stage];
                return <td key={stage}>{stamp === undefined ? '' : time(stamp)}</td>;
              })}
            </tr>
          ))}
          <BlankLines lines={MORE_UNITS} columns={PAPER_STAGES.length + 1} />
        </tbody>
      </table>
      <table className="paper-table">
        <caption>{t('paper.notes')}</caption>
        <thead>
          <tr>
            <th scope="col" className="paper-time">
              {t('paper.noteAt')}
            </th>
            <th scope="col">{t('paper.noteText')}</th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes only grow
            <tr key={index}>
              <td>{time(note.at)}</td>
              <td>
                {note.text} ({actorText(note.by, intl)})
              </td>
            </tr>
          ))}
          <BlankLines lines={MORE_NOTES} columns={2} />
        </tbody>
      </table>
      {foot}
    </article>
  );
}
