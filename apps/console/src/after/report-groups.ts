import type { ReportDimension, ReportGroup, ResponseReportView, StationView } from '@lamplight/contracts';
import type { ChainInterval, Language } from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { priorityText } from '../state/wording.js';

export interface NamedGroup extends ReportGroup {
  readonly name: string;
}

export interface GroupNames {
  readonly intl: Language;
  readonly catalogue: CatalogueIndex;
  readonly stations: readonly StationView[];
}

/**
 * The groups of a report as they are shown: types and zones by the number of incidents, priorities and hours in their
 * own order, and every hour of the day, also those in which nothing happened.
 */
export function namedGroups(
  report: ResponseReportView,
  dimension: ReportDimension,
  names: GroupNames,
): readonly NamedGroup[] {
  const named = report.groups[dimension].map((group) => ({
    ...group,
    name: groupName(group.key, dimension, names),
  }));
  switch (dimension) {
    case 'type':
    case 'zone':
      return named.toSorted((a, b) => b.incidents - a.incidents);
    case 'priority':
      return named;
    case 'hour':
      return HOURS.map(
        (hour) =>
          named.find(({ key }) => key === hour) ?? { key: hour, name: hour, incidents: 0, intervals: [] },
      );
  }
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

function groupName(
  key: string | null,
  dimension: ReportDimension,
  { intl, catalogue, stations }: GroupNames,
): string {
  switch (dimension) {
    case 'type':
      return catalogue.typeName(key, intl);
    case 'priority':
      return priorityText(key === null ? null : Number(key), intl);
    case 'zone': {
      if (key === null) return intl.t('report.noZone');
      const station = stations.find(({ id }) => id === key);
      return station ? intl.name(station.name) : key;
    }
    case 'hour':
      return key ?? '';
  }
}

export const lineOf = (
  group: ReportGroup,
  interval: ChainInterval,
): ReportGroup['intervals'][number] | undefined => group.intervals.find((line) => line.interval === interval);
