import type { LoggedResponseEvent } from '@lamplight/contracts';
import type { Language } from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { placeText, priorityText } from '../state/wording.js';

/** How what a narrative speaks of is called. */
export interface NarrativeNames {
  readonly intl: Language;
  readonly catalogue: CatalogueIndex;
  callSign(unitId: string): string;
  /** The call sign of the unit whose assignment it is. */
  unitOf(assignmentId: string): string;
  numberOf(incidentId: string): string;
}

/** What an event says beyond its name. */
export function eventDetail(
  event: LoggedResponseEvent['event'],
  { intl, catalogue, callSign, unitOf, numberOf }: NarrativeNames,
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
    case 'IncidentLinked':
      return `${t(`relation.${event.relation}`)} ${numberOf(event.incidentId)}`;
    case 'IncidentUnlinked':
      return numberOf(event.incidentId);
    case 'IncidentMerged':
      return numberOf(event.into);
    case 'IncidentAbsorbed':
      return event.number;
    case 'IncidentSplit':
      return `${event.number}, ${event.reason}`;
    case 'AssignmentMoved':
      return unitOf(event.id);
    case 'IncidentSettled':
      return t(event.citizenTold ? 'settle.told' : 'settle.notTold');
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
