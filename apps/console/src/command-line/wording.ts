import { seconds } from '@lamplight/base';
import { type BoardState, type CommandError, type DeskCommand, isActive, type Language } from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { placeText, shortNumber } from '../state/wording.js';

/** What Enter will do, in plain words. */
export function commandText(
  command: DeskCommand,
  board: BoardState,
  catalogue: CatalogueIndex,
  intl: Language,
): string {
  const { t, list } = intl;
  const units = (ids: readonly string[]): string =>
    list(ids.map((id) => board.units.get(id)?.callSign ?? id));
  const incident = (id: string): string => incidentText(id, board, catalogue, intl);
  switch (command.verb) {
    case 'dispatch': {
      const { unitIds, incidentId } = command;
      if (unitIds.length === 0) {
        return t('commandLine.preview.dispatchSuggested', { incident: incident(incidentId) });
      }
      const diverted = divertedBy(command, board);
      const values = { units: units(unitIds), incident: incident(incidentId) };
      return diverted.length === 0
        ? t('commandLine.preview.dispatch', values)
        : t('commandLine.preview.diverts', { ...values, diverted: units(diverted) });
    }
    case 'transfer':
      return t('commandLine.preview.transfer', {
        units: units(command.unitIds),
        incident: incident(command.incidentId),
      });
    case 'recall':
      return t('commandLine.preview.recall', { units: units(command.unitIds), text: command.reason });
    case 'progress':
      return t('commandLine.preview.progress', {
        units: units(command.unitIds),
        what: t(`stage.${command.stage}`),
      });
    case 'status':
      return t('commandLine.preview.status', {
        units: units(command.unitIds),
        what: catalogue.statusName(command.code, intl),
      });
    case 'note':
      return t('commandLine.preview.note', { incident: incident(command.incidentId), text: command.text });
    case 'cancel':
      return t('commandLine.preview.cancel', {
        incident: incident(command.incidentId),
        text: command.reason,
      });
    case 'find':
      return t('commandLine.preview.find', { text: command.text });
    case 'open':
      return t('commandLine.preview.open', { incident: incident(command.incidentId) });
    case 'show':
      return t('commandLine.preview.show', { units: units(command.unitIds) });
    case 'timer':
      return t('commandLine.preview.timer', {
        what: intl.duration(seconds(command.seconds)),
        text: command.text,
      });
    case 'type':
      return t('commandLine.preview.type', {
        incident: incident(command.incidentId),
        what: catalogue.typeName(command.typeCode, intl),
      });
    case 'priority':
      return t('commandLine.preview.priority', {
        incident: incident(command.incidentId),
        what: command.priority,
      });
    case 'alarm':
      return t('commandLine.preview.alarm', {
        incident: incident(command.incidentId),
        what: command.level ?? (board.incidents.get(command.incidentId)?.alarmLevel ?? 1) + 1,
      });
    case 'link':
    case 'merge':
      return t(`commandLine.preview.${command.verb}`, {
        incident: incident(command.incidentId),
        other: incident(command.otherId),
      });
    case 'close':
      return t('commandLine.preview.close', {
        incident: incident(command.incidentId),
        what: catalogue.dispositionName(command.disposition, intl),
      });
    case 'go':
      return t('commandLine.preview.go', { what: t(`area.${command.panel}`) });
    case 'call':
    case 'help':
      return t(`commandLine.preview.${command.verb}`);
  }
}

/** `0042 Fight, Harbour Street`. */
export function incidentText(
  id: string,
  board: BoardState,
  catalogue: CatalogueIndex,
  intl: Language,
): string {
  const incident = board.incidents.get(id);
  if (!incident) return id;
  const type = catalogue.typeName(incident.typeCode, intl);
  return `${shortNumber(incident)} ${type}, ${placeText(incident.location, intl)}`;
}

/** The named units that work on something else: sending them takes them off it. */
export function divertedBy(command: DeskCommand, board: BoardState): readonly string[] {
  if (command.verb !== 'dispatch' && command.verb !== 'transfer') return [];
  const busy = new Set<string>();
  for (const assignment of board.assignments.values()) {
    if (isActive(assignment) && assignment.incidentId !== command.incidentId) busy.add(assignment.unitId);
  }
  return command.unitIds.filter((id) => busy.has(id));
}

/** Why the line is no command, and what may have been meant. */
export function faultText({ fault, word, suggestions }: CommandError, { t, list }: Language): string {
  const text = t(`commandLine.fault.${fault}`, { word });
  return suggestions.length === 0
    ? text
    : `${text} ${t('commandLine.didYouMean', { words: list(suggestions) })}`;
}
