import type { Api, Incident } from '@lamplight/ui';
import { ProblemError } from '@lamplight/ui';

/** What people change about an incident, and must not overwrite unseen when somebody else has changed it. */
export type Facts = Pick<Incident, 'typeCode' | 'priority' | 'location'>;

/** Which of the facts differ. */
export function changedFacts(seen: Facts, now: Facts): readonly (keyof Facts)[] {
  const names = ['typeCode', 'priority', 'location'] as const;
  return names.filter((name) => JSON.stringify(seen[name]) !== JSON.stringify(now[name]));
}

/** Each attempt is another request and needs a key of its own; so many in a row means that somebody is at it too. */
const ATTEMPTS = 4;

/**
 * Sends a change of the facts only while they are those that were on screen. An incident changes all the time (a note,
 * a new recommendation), which is no reason to ask anybody: then it is sent again with the version that it has now.
 * When the facts themselves have changed it fails as `incident-changed`, and nothing has been done.
 */
export async function changeFacts(
  api: Pick<Api, 'incident'>,
  seen: Pick<Incident, 'id' | 'version'> & Facts,
  key: string,
  send: (key: string, version: number) => Promise<unknown>,
): Promise<void> {
  let version = seen.version;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send(attempt === 1 ? key : `${key}.${attempt}`, version);
      return;
    } catch (error) {
      if (!(error instanceof ProblemError && error.is('incident-changed')) || attempt === ATTEMPTS)
        throw error;
      const { incident } = await api.incident(seen.id);
      if (changedFacts(seen, incident).length > 0) throw error;
      version = incident.version;
    }
  }
}
