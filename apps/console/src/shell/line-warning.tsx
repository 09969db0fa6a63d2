import { Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useDataAge, useLine } from '../state/live-board.js';

/** A bar that cannot be missed while the board is not live, and a word once it is again. */
export function LineWarning(): ReactNode {
  const { t, duration } = useIntl();
  const line = useLine();
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

  // A board kept from an earlier visit is as old as it says until the server has been heard.
  const isKept = line === 'connecting' && age !== null && age > 3;
  const down = age !== null && (line === 'offline' || line === 'silent' || isKept);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-stale', down);
  }, [down]);
  if (down) {
    const text = isKept ? 'offline.kept' : line === 'offline' ? 'line.warning' : 'line.silentWarning';
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
