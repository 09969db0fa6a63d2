import { seconds } from '@lamplight/base';
import type { LoggedResponseEvent } from '@lamplight/contracts';
import { type Language, Notice, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { actorText, placeText, priorityText } from '../state/wording.js';

const REFRESH = 5000;
/** What was known later than this after it happened is marked as such. */
const LATE = 30_000;

/** Everything that happened, from the log itself, the latest first. */
export function Timeline({
  incidentId,
  version,
}: {
  readonly incidentId: string;
  readonly version: number;
}): ReactNode {
  const intl = useIntl();
  const { t, time, duration, problem, code } = intl;
  const { api } = useServer();
  const catalogue = useCatalogue();
  const board = useWork();
  const { value, error } = usePolling(`${incidentId} ${version}`, REFRESH, () => api.timeline(incidentId));
  const callSign = (id: string): string => board.units.get(id)?.callSign ?? id;
  const unitOf = (assignmentId: string): string =>
    callSign(board.assignments.get(assignmentId)?.unitId ?? '');
  if (error !== null) return <Notice tone="warning">{problem(error)}</Notice>;
  if (value === null) return <p className="muted">{t('common.loading')}</p>;
  if (value.length === 0) return <p className="muted">{t('incident.timelineEmpty')}</p>;
  return (
    <ol className="timeline">
      {value.toReversed().map(({ position, recordedAt, actor, event }) => (
        <li key={position}>
          <span className="timeline-time">{time(event.at)}</span>
          <span className="timeline-what">
            <strong>{code('event', event.type)}</strong>{' '}
            <span>{detailOf(event, { intl, catalogue, callSign, unitOf })}</span>
            <span className="muted">
              {actorText(actor, intl)}
              {recordedAt - event.at > LATE ? (
                <> · {t('event.late', { age: duration(seconds((recordedAt - event.at) / 1000)) })}</>
              ) : null}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What an event says beyond its name. */
function detailOf(
  event: LoggedResponseEvent['event'],
  {
    intl,
    catalogue,
    callSign,
    unitOf,
  }: {
    readonly intl: Language;
    readonly catalogue: CatalogueIndex;
    callSign(id: string): string;
    unitOf(assignmentId: string): string;
  },
): string {
  const { t, time, duration, list } = intl;
  switch (event.type) {
    case 'IncidentOpened':
      return event.number;
    case 'IncidentLocated':
    case 'CallerLocated':
      return placeText(event.location, intl);
    case 'IncidentClassified':
      return `${catalogue.typeName(event.typeCode, intl)}, ${priorityText(event.priority, intl)}`;
    case 'UnitsRecommended':
      return list(
        event.recommendation.candidates
          .filter(({ suggested }) => suggested)
          .map(({ unitId, etaSeconds }) => `${callSign(unitId)} ${duration(etaSeconds)}`),
      );
    case 'EtaRevised':
      return `${unitOf(event.id)} ${event.etaSeconds === null ? '–' : duration(event.etaSeconds)}`;
    case 'AlarmRaised':
      return t('incident.alarmLevel', { level: event.level });
    case 'NoteAdded':
      return event.text;
    case 'UnitDispatched':
    case 'AssignmentProposed':
      return callSign(event.unitId);
    case 'ProgressReported':
      return `${unitOf(event.id)}: ${t(`stage.${event.stage}`)}`;
    case 'ReportDisputed':
      return t('discrepancy.title', {
        stage: `${unitOf(event.id)} ${t(`stage.${event.stage}`)}`,
        text: t(`discrepancy.${event.kind}`, {
          reported: time(event.reported),
          kept: event.kept === null ? t('discrepancy.none') : time(event.kept),
        }),
      });
    case 'StampCorrected':
      return `${unitOf(event.id)} ${t(`stage.${event.stage}`)}: ${time(event.to)}, ${event.reason}`;
    case 'AssignmentEnded':
      return `${unitOf(event.id)}: ${t(`stage.${event.exit}`)}, ${event.reason}`;
    case 'CallEnded':
      return t(`outcome.${event.outcome}`);
    case 'IncidentClosed':
      return catalogue.dispositionName(event.disposition, intl);
    case 'IncidentCancelled':
    case 'IncidentReopened':
    case 'CallUnlinked':
      return event.reason;
    case 'LossRecovered':
      return event.description;
    default:
      return '';
  }
}
