import { formatInstant, type Instant } from '@lamplight/base';
import { INCIDENT_ORDERS, type IncidentOrder, type IncidentSearchQuery } from '@lamplight/contracts';
import type { Unit } from '@lamplight/ui';
import { type Period, periodOf, spanOf } from './period.js';

export const SEARCH_STATUSES = ['open', 'closed', 'cancelled', 'merged'] as const;
export const SEARCH_PRIORITIES = [1, 2, 3, 4, 5] as const;
export { INCIDENT_ORDERS, type IncidentOrder };

/** What stands in the fields of the search; `any` and empty do not narrow. */
export interface SearchForm {
  readonly text: string;
  readonly status: (typeof SEARCH_STATUSES)[number] | 'any';
  readonly type: string;
  readonly priority: `${(typeof SEARCH_PRIORITIES)[number]}` | 'any';
  readonly disposition: string;
  readonly callSign: string;
  readonly period: Period;
  readonly order: IncidentOrder;
}

export const emptyForm = (now: Instant, zone: string): SearchForm => ({
  text: '',
  status: 'any',
  type: 'any',
  priority: 'any',
  disposition: 'any',
  callSign: '',
  period: periodOf('all', now, zone),
  order: 'newest',
});

/** What is wrong with the fields, by the name of a text. */
export type FormFault = 'after.noSuchUnit' | 'after.noPeriod';

/** The fields as the server is asked, or what is wrong with them. */
export function queryOf(
  form: SearchForm,
  { now, zone, units }: { readonly now: Instant; readonly zone: string; readonly units: Iterable<Unit> },
): { readonly query: IncidentSearchQuery } | { readonly fault: FormFault } {
  const span = spanOf(form.period, now, zone);
  if (span === null) return { fault: 'after.noPeriod' };
  const callSign = form.callSign.trim().toLowerCase();
  let unitId: string | undefined;
  if (callSign !== '') {
    for (const unit of units) if (unit.callSign.toLowerCase() === callSign) unitId = unit.id;
    if (unitId === undefined) return { fault: 'after.noSuchUnit' };
  }
  const text = form.text.trim();
  const priority = SEARCH_PRIORITIES.find((each) => String(each) === form.priority);
  return {
    query: {
      order: form.order,
      ...(text === '' ? {} : { text }),
      ...(form.status === 'any' ? {} : { statuses: [form.status] }),
      ...(form.type === 'any' ? {} : { types: [form.type] }),
      ...(priority === undefined ? {} : { priorities: [priority] }),
      ...(form.disposition === 'any' ? {} : { dispositions: [form.disposition] }),
      ...(unitId === undefined ? {} : { unitId }),
      ...(span === undefined ? {} : { from: formatInstant(span.from), to: formatInstant(span.to) }),
    },
  };
}
