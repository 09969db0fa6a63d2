import { formatInstant, type Instant } from '@lamplight/base';
import { intervalReportSchema, loggedEventSchema } from '@lamplight/contracts';
import { z } from 'zod';
import { type ApiClient, of } from './client.js';

const span = (from: Instant, to: Instant): string =>
  new URLSearchParams({ from: formatInstant(from), to: formatInstant(to) }).toString();

/** What happened, afterwards. */
export const reportsApi = ({ get }: ApiClient) => ({
  timeline: (id: string) => get(`${of('incidents', id)}/timeline`, z.array(loggedEventSchema)),
  intervals: (from: Instant, to: Instant) =>
    get(`/reports/intervals?${span(from, to)}`, intervalReportSchema),
});
