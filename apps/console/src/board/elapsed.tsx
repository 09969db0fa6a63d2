import type { Instant } from '@lamplight/base';
import { ageOf, useIntl } from '@lamplight/ui';
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
