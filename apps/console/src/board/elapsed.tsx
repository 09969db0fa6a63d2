import { type Instant, seconds } from '@lamplight/base';
import { ageOf, readStageClock, type StageClock, type StageLevel, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useNow } from '../state/live-board.js';

/** A running clock; the only part of a row that is drawn again every second. */
export function Elapsed({
  since,
  className,
}: {
  readonly since: Instant;
  readonly className?: string;
}): ReactNode {
  const { duration } = useIntl();
  return <span className={className}>{duration(ageOf(since, useNow()))}</span>;
}

/** How the present stage stands against its target, in words, with a sign whose shape says the same. */
export function StageTime({ clock }: { readonly clock: StageClock }): ReactNode {
  const { t, duration } = useIntl();
  const { level, left } = readStageClock(clock, useNow());
  const interval = t(`interval.${clock.interval}`);
  return (
    <span className={`stage-time stage-${level}`}>
      <StageSign level={level} />
      {level === 'over'
        ? t('stageTime.over', { interval, time: duration(seconds(-left)) })
        : t('stageTime.left', { interval, time: duration(left) })}
    </span>
  );
}

/** An empty ring, a triangle with a stroke, a filled octagon: told apart without colour. */
function StageSign({ level }: { readonly level: StageLevel }): ReactNode {
  return (
    <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
      {level === 'calm' ? (
        <circle cx="6.5" cy="6.5" r="4.5" fill="none" stroke="currentColor" />
      ) : level === 'warning' ? (
        <path d="M6.5 1.5l5.5 10H1zM6.5 5v3.2M6.5 9.4v.8" fill="none" stroke="currentColor" />
      ) : (
        <path d="M4 .8h5L12.2 4v5L9 12.2H4L.8 9V4z" fill="currentColor" />
      )}
    </svg>
  );
}
