import type { IncidentRecord } from '@lamplight/contracts';
import { PROGRESS_STAGES, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { actorText } from '../state/wording.js';

/** Every order with all its stamps; those of each unit for itself. */
export function RecordUnits({
  record: { assignments, callSigns },
}: {
  readonly record: IncidentRecord;
}): ReactNode {
  const intl = useIntl();
  const { t, time, duration } = intl;
  const used = PROGRESS_STAGES.filter((stage) =>
    assignments.some(({ stamps }) => stamps[stage] !== undefined),
  );
  return (
    <section aria-labelledby="record-units">
      <h2 id="record-units">{t('incident.assignments')}</h2>
      {assignments.length === 0 ? (
        <p className="muted">{t('incident.noAssignments')}</p>
      ) : (
        <table className="after-table">
          <thead>
            <tr>
              <th scope="col">{t('after.unit')}</th>
              {used.map((stage) => (
                <th key={stage} scope="col">
                  {t(`stage.${stage}`)}
                </th>
              ))}
              <th scope="col">{t('after.ended')}</th>
            </tr>
          </thead>
          <tbody>
            {assignments.map((assignment) => (
              <tr key={assignment.id}>
                <th scope="row">
                  {callSigns[assignment.unitId] ?? assignment.unitId}
                  <span className="muted after-words">
                    {actorText(assignment.createdBy, intl)}
                    {assignment.etaSeconds === null
                      ? ''
                      : ` · ${t('assignment.eta', { eta: duration(assignment.etaSeconds) })}`}
                  </span>
                </th>
                {used.map((stage) => {
                  const at = assignment.stamps[stage];
                  const corrected = assignment.corrections.some((each) => each.stage === stage);
                  return (
                    <td key={stage} data-label={t(`stage.${stage}`)}>
                      {at === undefined ? '–' : time(at)}
                      {corrected ? <span className="muted after-words">{t('after.corrected')}</span> : null}
                    </td>
                  );
                })}
                <td data-label={t('after.ended')}>
                  {assignment.endedAt === null ? '–' : time(assignment.endedAt)}
                  {assignment.endReason === null ? null : (
                    <span className="muted after-words">
                      {t(`stage.${assignment.stage}`)}: {assignment.endReason}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
