import { type Instant, seconds } from '@lamplight/base';
import { type IncidentClock, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';

/** The stamps of the chain in their order, t1 to t15. */
const CHAIN = [
  'ring',
  'answer',
  'located',
  'classified',
  'queued',
  'recommended',
  'dispatched',
  'acknowledged',
  'enroute',
  'onScene',
  'actionBegun',
  'resolved',
  'cleared',
  'recovered',
  'settled',
] as const satisfies readonly (keyof IncidentClock)[];

/** Every step with its time of day and the time since the first: what has been, and what is still to come. */
export function StampChain({
  clock,
  openedAt,
}: {
  readonly clock: IncidentClock;
  readonly openedAt: Instant;
}): ReactNode {
  const { t, time, duration } = useIntl();
  const start = clock.ring ?? openedAt;
  const last = CHAIN.findLastIndex((stamp) => clock[stamp] !== null);
  // The last two follow days later and are shown once they exist.
  const shown = CHAIN.filter(
    (stamp) => clock[stamp] !== null || (stamp !== 'recovered' && stamp !== 'settled'),
  );
  return (
    <section aria-labelledby="chain-title">
      <h3 id="chain-title" className="panel-heading">
        {t('incident.chain')}
      </h3>
      <ol className="chain">
        {shown.map((stamp, index) => {
          const at = clock[stamp];
          const state = at !== null ? 'done' : index < last ? 'skipped' : 'open';
          return (
            <li key={stamp} className={`chain-step chain-${state}`}>
              <span className="chain-name">{t(`stamp.${stamp}`)}</span>
              <span className="chain-since">
                {at === null ? '–' : `+${duration(seconds((at - start) / 1000))}`}
              </span>
              <span className="chain-time muted">{at === null ? '' : time(at)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
