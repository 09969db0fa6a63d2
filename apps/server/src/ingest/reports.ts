import { readJson } from '@lamplight/base';
import { deviceReportSchema } from '@lamplight/contracts';
import type { ResponseLog } from '@lamplight/store';
import type { BaseLogger } from 'pino';
import type { Clock } from '../clock.js';

export interface ReportMessage {
  /** Unknown only where an external broker does not tell. */
  readonly deviceId: string | undefined;
  readonly unitId: string;
  readonly payload: Buffer;
}

export interface ReportDependencies {
  /** The unit that an assignment is for, however old; `undefined` when there is no such assignment. */
  readonly unitOfAssignment: (assignmentId: string) => Promise<string | undefined>;
  readonly log: ResponseLog;
  readonly clock: Clock;
  readonly logger: BaseLogger;
  /** Sends the unit its orders again: that is how a device learns that its report arrived. */
  readonly repeatOrders: (unitId: string) => void;
}

/**
 * A crew's report by MQTT: recorded as any command, under the key that the device chose, so that it may be sent until
 * the orders show it. A message that is no report, or is about another unit's work, is noted and changes nothing.
 */
export async function takeReport(message: ReportMessage, dependencies: ReportDependencies): Promise<void> {
  const { deviceId, unitId, payload } = message;
  const { unitOfAssignment, log, clock, logger, repeatOrders } = dependencies;
  const report = deviceReportSchema.safeParse(readJson(payload.toString('utf8')));
  if (!report.success) {
    logger.warn({ deviceId, unitId, issues: report.error.issues }, 'a report was not understood');
    return;
  }
  const { id, assignmentId, stage, happenedAt } = report.data;
  const at = clock.now();
  const ownUnit = await unitOfAssignment(assignmentId);
  if (ownUnit !== undefined && ownUnit !== unitId) {
    logger.warn({ deviceId, unitId, assignmentId }, "a report on another unit's assignment was refused");
    return;
  }
  const outcome = await log.submit({
    command: { type: 'ReportProgress', assignmentId, stage, happenedAt },
    actor: deviceId === undefined ? `unit:${unitId}` : `device:${deviceId}`,
    ...(deviceId === undefined ? {} : { device: deviceId }),
    at,
    key: `report:${unitId}:${id}`,
    fingerprint: `${assignmentId}:${stage}:${happenedAt}`,
  });
  if (!outcome.ok) logger.info({ unitId, assignmentId, refusal: outcome.refusal }, 'a report was refused');
  repeatOrders(unitId);
}
