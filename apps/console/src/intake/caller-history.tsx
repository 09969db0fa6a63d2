import { useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk } from '../desk/desk.js';
import { useCatalogue } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';

/** Each look is noted, so that a number is looked up once it has been written, and not at every digit. */
const PAUSE = 900;

/** Earlier calls from the same number, other than the one that is being taken. */
export function CallerHistory({
  number,
  except,
}: {
  readonly number: string;
  readonly except: string | null;
}): ReactNode {
  const intl = useIntl();
  const { t, code, dateTime } = intl;
  const { api } = useServer();
  const { openIncident } = useDesk();
  const catalogue = useCatalogue();
  const settled = useSettled(number.trim());
  const digits = settled.replaceAll(/\D/g, '').length;
  const { value } = usePolling(digits < 3 ? null : settled, null, api.callerHistory);
  if (!value) return null;
  const calls = value.calls.filter(({ callId }) => callId !== except);
  if (calls.length === 0) return <p className="muted">{t('intake.history.none')}</p>;
  return (
    <section className="history" aria-label={t('intake.history.caller')}>
      <h3 className="field-label">{t('intake.history.callerCount', { count: calls.length })}</h3>
      <ul>
        {calls.slice(0, SHOWN).map(({ callId, ringAt, outcome, incident }) => (
          <li key={callId}>
            <span>{dateTime(ringAt)}</span>
            {incident ? (
              <button type="button" className="link-button" onClick={() => openIncident(incident.id)}>
                {incident.number} {catalogue.typeName(incident.typeCode, intl)}
              </button>
            ) : null}
            <span className="muted">
              {incident?.disposition
                ? catalogue.dispositionName(incident.disposition, intl)
                : incident
                  ? t(`status.${incident.status}`)
                  : outcome === null
                    ? null
                    : code('outcome', outcome)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const SHOWN = 5;

/** A text once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
