import { z } from 'zod';
import { instantSchema } from './primitives.js';
import { intervalStatisticsSchema } from './resources.js';

const period = z.object({
  from: instantSchema,
  incidents: z.int(),
  intervals: z.array(intervalStatisticsSchema),
});

/** How the day goes, for those who answer for it. Days and hours are those of the agency's time zone. */
export const overviewSchema = z
  .object({
    at: instantSchema,
    /** Incidents opened within the last hour, and since midnight. */
    lastHour: period,
    today: period,
    /** Incidents opened by hour of the day; `today` is `null` for hours that have not begun, `before` the mean of seven days. */
    hours: z.array(z.object({ hour: z.int(), today: z.int().nullable(), before: z.number() })).length(24),
    /** Incidents opened so far today, and by this time of day on the seven days before, on average. */
    soFar: z.object({ today: z.int(), before: z.number(), days: z.int() }),
    /** What each person did today; only for supervisors. */
    people: z.array(z.object({ actor: z.string(), calls: z.int(), orders: z.int() })).nullable(),
  })
  .meta({ id: 'Overview' });
export type OverviewView = z.output<typeof overviewSchema>;
