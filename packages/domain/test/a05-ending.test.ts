import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../src/index.js';
import { getAssignment, getIncident, given, LI, story, t, told, WANG } from './support/scenario.js';
import { cancel, close, merge, onDuty, open, openReady, reopen, report, send } from './support/wording.js';

const WORKED = told(
  ...onDuty('car1', 'car2'),
  [0, openReady('i1')],
  [1, openReady('i2', 'LARCENY')],
  [10, send('i1', ['car1', 'car2'])],
  [20, send('i2', ['car2'], 'stack')],
);

describe('an incident is closed', () => {
  test('with a disposition of the catalogue', () => {
    given(...told([0, open('i1')]))
      .when(close('i1', '18'))
      .yields({ type: 'IncidentClosed', id: 'i1', at: t(3600), by: LI, disposition: '18' });
    given(...told([0, open('i1')]))
      .when(close('i1', 'whatever'))
      .isRefused('disposition-unknown', 'whatever');
  });

  test('when no crew is on it any more', () => {
    given(...WORKED)
      .when(close('i1'))
      .isRefused('assignments-active', 'i1');
  });

  test('and an order that still waits for a unit is taken back', () => {
    const { board } = given(...WORKED).when(close('i2'));
    expect(getIncident(board, 'i2').status).toBe('closed');
    expect(getAssignment(board, 'i2-car2')).toMatchObject({
      stage: 'cancelled',
      endReason: 'incident-closed',
    });
  });
});

describe('an incident is called off', () => {
  test('with a reason, and every crew with it, whether on the way or waiting', () => {
    const called = given(...WORKED, ...given(...WORKED).when(cancel('i2')).events).when(
      cancel('i1', 'hoax'),
      {
        at: t(99),
        by: WANG,
      },
    );
    const { board } = called;
    for (const id of ['i1-car1', 'i1-car2']) {
      expect(getAssignment(board, id)).toMatchObject({
        stage: 'cancelled',
        endedAt: t(99),
        endReason: 'hoax',
      });
    }
    expect(getAssignment(board, 'i2-car2').stage).toBe('cancelled');
    expect(board.stackOf('car2')).toEqual([]);
    expect(getIncident(board, 'i1')).toMatchObject({ status: 'cancelled', cancelReason: 'hoax' });
  });

  test('and crews that were done with it before stay as they were', () => {
    const done = [...WORKED, ...given(...WORKED).when(report('i1-car1', 'cleared')).events];
    expect(getAssignment(given(...done).when(cancel('i1')).board, 'i1-car1').stage).toBe('cleared');
  });
});

describe('an incident is reopened', () => {
  test('with a reason, which stays on record beside who and when', () => {
    const { board } = given(...told([0, open('i1')], [60, close('i1')])).when(reopen('i1', 'noise again'), {
      at: t(120),
      by: WANG,
    });
    expect(getIncident(board, 'i1')).toMatchObject({
      status: 'open',
      disposition: null,
      stamps: { closed: null },
      reopenings: [{ at: t(120), by: WANG, reason: 'noise again' }],
    });
  });

  test('also after it was called off; the crews that were called off stay away', () => {
    const { board } = given(...WORKED, ...given(...WORKED).when(cancel('i1')).events).when(reopen('i1'));
    expect(getIncident(board, 'i1')).toMatchObject({ status: 'open', cancelReason: null });
    expect(getAssignment(board, 'i1-car1').stage).toBe('cancelled');
  });

  test('and is then neither resolved nor settled, but keeps its place in the queue and its first stamps', () => {
    const { board } = story(
      [0, openReady('i1')],
      [30, { type: 'ResolveIncident', incidentId: 'i1' }],
      [60, close('i1')],
      [90, { type: 'SettleIncident', incidentId: 'i1', citizenTold: true }],
      [120, reopen('i1')],
    );
    expect(getIncident(board, 'i1').stamps).toMatchObject({
      queued: t(0),
      resolved: null,
      settled: null,
      closed: null,
    });
  });

  test('is worked, closed and settled anew', () => {
    const { board } = story(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [60, close('i1')],
      [70, { type: 'SettleIncident', incidentId: 'i1', citizenTold: true }],
      [80, reopen('i1')],
      [90, send('i1', ['car1'])],
      [100, report('i1-car1', 'cleared')],
      [110, close('i1')],
      [120, { type: 'SettleIncident', incidentId: 'i1', citizenTold: true }],
    );
    expect(getIncident(board, 'i1').stamps).toMatchObject({ closed: t(110), settled: t(120) });
  });

  test('when it is open already, nothing happens', () => {
    given(...told([0, open('i1')]))
      .when(reopen('i1'))
      .changesNothing();
  });
});

describe('after the end', () => {
  const settle: IncidentCommand = { type: 'SettleIncident', incidentId: 'i1', citizenTold: true };
  const recover: IncidentCommand = {
    type: 'RecordRecovery',
    incidentId: 'i1',
    description: 'the bicycle, from the canal',
  };

  test('notes are still taken, whichever way it ended', () => {
    for (const end of [close('i1'), cancel('i1'), merge('i1', 'i2')]) {
      const { board } = given(...told([0, open('i1')], [1, open('i2')], [2, end])).when(
        { type: 'AddNote', incidentId: 'i1', text: 'the witness called back' },
        { at: t(500), by: WANG },
      );
      expect(getIncident(board, 'i1').notes).toEqual([
        { at: t(500), by: WANG, text: 'the witness called back' },
      ]);
    }
  });

  test('it is settled, not before', () => {
    given(...told([0, open('i1')]))
      .when(settle)
      .isRefused('incident-still-open', 'i1');
    given(...told([0, open('i1')], [9, close('i1')]))
      .when(settle)
      .yields({ type: 'IncidentSettled', id: 'i1', at: t(3600), by: LI, citizenTold: true });
  });

  test('the stamps t12, t14 and t15 are of the first time, however often it is said', () => {
    const { board } = story(
      [0, open('i1')],
      [10, { type: 'ResolveIncident', incidentId: 'i1' }],
      [20, { type: 'ResolveIncident', incidentId: 'i1' }],
      [30, recover],
      [40, close('i1')],
      [50, recover],
      [60, settle],
      [70, settle],
    );
    expect(getIncident(board, 'i1').stamps).toMatchObject({
      resolved: t(10),
      recovered: t(30),
      settled: t(60),
    });
  });
});
