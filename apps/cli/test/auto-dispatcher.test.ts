import { after, type Instant, instant, seconds } from '@lamplight/base';
import type { Assignment, Incident, IncidentStamps } from '@lamplight/domain';
import { describe, expect, it } from 'vitest';
import { type Attempts, nextStep } from '../src/demo/auto-dispatcher.js';

const AT = instant(1_000_000);
const GRACE = seconds(80);
const UNTRIED: Attempts = { count: 0, last: null, lacking: false };

function incident(status: Incident['status'], stamps: Partial<IncidentStamps> = {}): Incident {
  const none = {
    located: null,
    classified: null,
    queued: null,
    recommended: null,
    resolved: null,
    recovered: null,
    settled: null,
    closed: null,
  };
  return {
    id: 'incident',
    version: 1,
    number: '20260101-0001',
    externalId: null,
    source: 'call',
    status,
    typeCode: 'SICK',
    priority: 3,
    alarmLevel: 1,
    location: null,
    openedAt: AT,
    openedBy: 'account:x',
    stamps: { ...none, ...stamps },
    notes: [],
    links: [],
    mergedInto: null,
    splitFrom: null,
    disposition: null,
    cancelReason: null,
    reopenings: [],
    recommendation: null,
  };
}

function assignment(stage: Assignment['stage'], clearedAt?: Instant): Assignment {
  const ended = ['cleared', 'cancelled', 'preempted', 'declined'].includes(stage);
  return {
    id: 'assignment',
    version: 1,
    incidentId: 'incident',
    unitId: 'P01',
    stage,
    stamps: clearedAt === undefined ? {} : { cleared: clearedAt },
    createdAt: AT,
    createdBy: 'account:x',
    etaSeconds: null,
    revisedEta: null,
    endedAt: ended ? (clearedAt ?? AT) : null,
    endReason: null,
    discrepancies: [],
    corrections: [],
  };
}

const queued = { queued: AT };

describe('the automatic dispatcher', () => {
  it('leaves alone what has no place or type yet', () => {
    expect(nextStep(incident('open'), [], UNTRIED, GRACE)).toBeUndefined();
  });

  it('gives people their time before it sends anyone', () => {
    expect(nextStep(incident('open', queued), [], UNTRIED, GRACE)).toEqual({
      kind: 'send',
      at: after(AT, GRACE),
    });
  });

  it('waits while somebody works on it', () => {
    const working = [assignment('cancelled'), assignment('enroute')];
    expect(nextStep(incident('open', queued), working, UNTRIED, GRACE)).toBeUndefined();
  });

  it('sends more while the run card lacks something, but not for ever', () => {
    const working = [assignment('enroute')];
    const last = after(AT, seconds(100));
    const step = nextStep(incident('open', queued), working, { count: 1, last, lacking: true }, GRACE);
    expect(step?.kind).toBe('reinforce');
    expect(step?.at).toBeGreaterThan(last);
    expect(
      nextStep(incident('open', queued), working, { count: 6, last, lacking: true }, GRACE),
    ).toBeUndefined();
  });

  it('closes after the last crew has cleared', () => {
    const last = after(AT, seconds(2_000));
    const done = [
      assignment('cleared', after(AT, seconds(1_000))),
      assignment('cleared', last),
      assignment('cancelled'),
    ];
    const step = nextStep(incident('open', queued), done, UNTRIED, GRACE);
    expect(step?.kind).toBe('close');
    expect(step?.at).toBeGreaterThan(last);
  });

  it('sends again when the only crew was taken away', () => {
    const step = nextStep(
      incident('open', queued),
      [assignment('preempted')],
      { count: 1, last: AT, lacking: false },
      GRACE,
    );
    expect(step?.kind).toBe('send');
  });

  it('hands over to a partner when nobody can be had', () => {
    const tried = { count: 30, last: after(AT, seconds(5_000)), lacking: true };
    expect(nextStep(incident('open', queued), [], tried, GRACE)?.kind).toBe('hand-over');
  });

  it('settles what is closed, once', () => {
    const closed = { ...queued, closed: after(AT, seconds(3_000)) };
    expect(nextStep(incident('closed', closed), [], UNTRIED, GRACE)?.kind).toBe('settle');
    const settled = { ...closed, settled: after(AT, seconds(4_000)) };
    expect(nextStep(incident('closed', settled), [], UNTRIED, GRACE)).toBeUndefined();
    expect(nextStep(incident('cancelled', queued), [], UNTRIED, GRACE)).toBeUndefined();
  });
});
