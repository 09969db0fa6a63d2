import { Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useDataAge, useSnapshot } from '../state/live-board.js';

/** A bar that cannot be missed while the board is not live, and a word once it is again. */
export function LineWarning(): ReactNode {
  const { t, duration } = useIntl();
  const { line } = useSnapshot();
  const age = useDataAge();
  const wasDown = useRef(false);
  const [restored, setRestored] = useState(false);

  useEffect(() => {
    if (line === 'offline') wasDown.current = true;
    if (line !== 'live' || !wasDown.current) return;
    wasDown.current = false;
    setRestored(true);
    const timer = setTimeout(() => setRestored(false), 6000);
    return () => clearTimeout(timer);
  }, [line]);

  const down = age !== null && (line === 'offline' || line === 'silent');
  if (down) {
    const text = line === 'offline' ? 'line.warning' : 'line.silentWarning';
    return (
      <div className="line-warning">
        <Notice tone="warning">
          <strong>{t(`line.${line}`)}</strong>{' '}
          <span aria-hidden="true">{t(text, { age: duration(age) })}</span>
        </Notice>
      </div>
    );
  }
  return restored ? (
    <div className="line-warning">
      <Notice tone="good">{t('line.restored')}</Notice>
    </div>
  ) : null;
}
