import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDataAge, useLine } from '../state/live-board.js';

/** Whether data is coming in, and how old what is shown is. */
export function LineStateBadge(): ReactNode {
  const { t, duration } = useIntl();
  const line = useLine();
  const age = useDataAge();
  const ageText = age === null ? '' : age < 3 ? t('line.current') : t('line.age', { age: duration(age) });
  return (
    <span className={`line-state line-${line}`}>
      <span className="line-dot" aria-hidden="true" />
      <strong>{t(`line.${line}`)}</strong>
      <span className="muted">{ageText}</span>
    </span>
  );
}
