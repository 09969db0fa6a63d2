import { instant, seconds } from '@lamplight/base';
import { Button, createApi, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLine, useNow, useWork } from '../state/live-board.js';
import { shortNumber } from '../state/wording.js';
import { discardUnsent, FRESH_MS, sendUnsent, type Unsent, useOutbox } from './outbox.js';

/** What is sent from here goes out at once or stays in the list; it must not come back as something new. */
const direct = createApi();

/** All that was written while the line was down, marked as not yet sent, in every window. */
export function OutboxBar(): ReactNode {
  const intl = useIntl();
  const { t, duration, problem, time } = intl;
  const line = useLine();
  const { incidents } = useWork();
  const items = useOutbox();
  useNow();
  const isLive = line === 'live';
  const sending = useRef(new Set<string>());

  const send = async (item: Unsent): Promise<void> => {
    if (sending.current.has(item.key)) return;
    sending.current.add(item.key);
    const isOld = Date.now() - item.at > FRESH_MS;
    const text = isOld ? t('outbox.writtenAt', { text: item.text, time: time(instant(item.at)) }) : item.text;
    await sendUnsent(direct.addNote, item, text, (error) => problem(error));
    sending.current.delete(item.key);
  };
  const fresh = isLive
    ? items.filter(({ at, refused }) => refused === null && Date.now() - at <= FRESH_MS)
    : [];
  const freshKeys = fresh.map(({ key }) => key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys say what there is to send
  useEffect(() => {
    for (const item of fresh) void send(item);
  }, [freshKeys]);

  if (items.length === 0) return null;
  return (
    <section className="outbox" aria-labelledby="outbox-title">
      <h2 id="outbox-title">
        <span aria-hidden="true">◷</span> {t('outbox.count', { count: items.length })}
      </h2>
      <p className="muted">
        {t(isLive ? 'outbox.confirm' : 'outbox.waiting')} {isLive ? null : t('outbox.orders')}
      </p>
      <ul>
        {items.map((item) => {
          const incident = incidents.get(item.incidentId);
          return (
            <li key={item.key}>
              <span className="outbox-text">
                {t('outbox.note', {
                  number: incident ? shortNumber(incident) : item.incidentId.slice(0, 8),
                  text: item.text,
                })}
              </span>
              <span className="muted">
                {t('outbox.age', { age: duration(seconds(Math.max(0, (Date.now() - item.at) / 1000))) })}
              </span>
              {item.refused === null ? null : (
                <span className="bad">{t('outbox.refused', { reason: item.refused })}</span>
              )}
              <Button size="small" isDisabled={!isLive} onPress={() => void send(item)}>
                {t('outbox.send')}
              </Button>
              <Button size="small" variant="quiet" onPress={() => discardUnsent(item.key)}>
                {t('outbox.discard')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
