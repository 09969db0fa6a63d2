import type { PersonPresent, PresenceDoing } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { useDesk } from '../desk/desk.js';
import { usePeople, useSetPresence } from '../state/live-board.js';

/** Tells the others that this user is at an incident, for as long as the component is there. */
export function useTellPresence(incidentId: string, doing: PresenceDoing): void {
  const setPresence = useSetPresence();
  useEffect(() => setPresence({ incidentId, doing }), [setPresence, incidentId, doing]);
  useEffect(() => () => setPresence({ incidentId: null, doing: 'viewing' }), [setPresence]);
}

/** Who else is at an incident; this user's other windows are not somebody else. */
function useOthers(incidentId: string): readonly PersonPresent[] {
  const { account } = useDesk();
  return usePeople().filter((person) => person.incidentId === incidentId && person.account !== account.id);
}

/** Who else is at the incident and what they do, in words. */
export function PresenceLine({ incidentId }: { readonly incidentId: string }): ReactNode {
  const { t } = useIntl();
  const others = useOthers(incidentId);
  return (
    <p className="presence-line" role="status">
      {others.map(({ account, name, doing }) => (
        <span key={account} className={`presence presence-${doing}`}>
          <DoingIcon doing={doing} />
          {t(`presence.${doing}`, { name })}
        </span>
      ))}
    </p>
  );
}

/** The same in little, for a row of the queue. */
export function PresenceMarks({ incidentId }: { readonly incidentId: string }): ReactNode {
  const { t } = useIntl();
  const others = useOthers(incidentId);
  const [first] = others.toSorted((a, b) => Number(b.doing !== 'viewing') - Number(a.doing !== 'viewing'));
  if (!first) return null;
  return (
    <span className={`presence presence-${first.doing}`}>
      <DoingIcon doing={first.doing} />
      {others.length === 1
        ? t(`presence.${first.doing}`, { name: first.name })
        : t('presence.several', { name: first.name, count: others.length - 1 })}
    </span>
  );
}

/** An eye, a pen: told apart by shape. */
function DoingIcon({ doing }: { readonly doing: PresenceDoing }): ReactNode {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {doing === 'viewing' ? (
        <>
          <path d="M1 7q6-7 12 0q-6 7-12 0z" fill="none" stroke="currentColor" />
          <circle cx="7" cy="7" r="2" fill="currentColor" />
        </>
      ) : (
        <path d="M2 12l.8-3L9.5 2.3l2.2 2.2L5 11.2z" fill="currentColor" />
      )}
    </svg>
  );
}
