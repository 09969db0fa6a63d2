import { instant } from '@lamplight/base';
import { type Incident, ProblemError } from '@lamplight/ui';
import { describe, expect, it } from 'vitest';
import { anIncident } from '../../../packages/ui/test/fixtures/entities.js';
import { changedFacts, changeFacts } from '../src/incident/seen-facts.js';

const refused = (): ProblemError =>
  new ProblemError({
    type: 'about:blank',
    title: 'Changed',
    status: 409,
    code: 'incident-changed',
    requestId: 'r',
  });

/** A server that holds one incident and refuses what was made of another version of it. */
function holding(incident: Incident) {
  const sent: { key: string; version: number }[] = [];
  return {
    sent,
    api: { incident: async () => ({ incident, calls: [], assignments: [] }) },
    send: async (key: string, version: number) => {
      sent.push({ key, version });
      if (version !== incident.version) throw refused();
    },
  };
}

describe('a change of what was on screen', () => {
  const seen = anIncident({ version: 3, typeCode: 'FALL' });

  it('is sent again, under another key, when the incident changed but not its facts', async () => {
    const notes = [{ at: instant(0), by: 'account:b', text: 'a note' }];
    const { api, send, sent } = holding({ ...seen, version: 5, notes });
    await changeFacts(api, seen, 'key', send);
    expect(sent).toEqual([
      { key: 'key', version: 3 },
      { key: 'key.2', version: 5 },
    ]);
  });

  it('is not sent over what somebody else has set meanwhile', async () => {
    const { api, send, sent } = holding({ ...seen, version: 4, priority: 1 });
    await expect(changeFacts(api, seen, 'key', send)).rejects.toThrow('incident-changed');
    expect(sent).toHaveLength(1);
  });

  it('names the facts that differ', () => {
    expect(changedFacts(seen, { ...seen, priority: 5, location: null })).toEqual(['priority', 'location']);
    const noted: Incident = { ...seen, version: 9, alarmLevel: 2 };
    expect(changedFacts(seen, noted)).toEqual([]);
  });
});
