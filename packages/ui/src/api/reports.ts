import { formatInstant, type Instant } from '@lamplight/base';
import {
  boardMomentSchema,
  type IncidentSearchQuery,
  incidentHitsSchema,
  incidentRecordSchema,
  incidentReplaySchema,
  intervalReportSchema,
  loggedEventSchema,
  responseReportSchema,
} from '@lamplight/contracts';
import { z } from 'zod';
import { type ApiClient, of } from './client.js';

const span = (from: Instant, to: Instant): string =>
  new URLSearchParams({ from: formatInstant(from), to: formatInstant(to) }).toString();

/** What happened, afterwards. */
export const reportsApi = ({ get, request }: ApiClient) => ({
  timeline: (id: string) => get(`${of('incidents', id)}/timeline`, z.array(loggedEventSchema)),
  intervals: (from: Instant, to: Instant) =>
    get(`/reports/intervals?${span(from, to)}`, intervalReportSchema),
  responseReport: (from: Instant, to: Instant) =>
    get(`/reports/response?${span(from, to)}`, responseReportSchema),
  /** A page of all incidents that fit; in a body, because an address is written down in many places. */
  searchIncidents: (query: IncidentSearchQuery) =>
    request('POST', '/incidents/search', incidentHitsSchema, { body: query }),
  /** Everything about one incident, open or over. */
  incidentRecord: (id: string) => get(`${of('incidents', id)}/record`, incidentRecordSchema),
  incidentReplay: (id: string) => get(`${of('incidents', id)}/replay`, incidentReplaySchema),
  /** The whole board as it was. */
  boardMoment: (at: Instant) =>
    get(`/replay/board?${new URLSearchParams({ at: formatInstant(at) })}`, boardMomentSchema),
});
