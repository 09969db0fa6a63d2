import { describe, expect, test } from 'vitest';
import { PROGRESS_STAGES, REPORTED_STAGES, type ResponseEvent } from '../src/index.js';
import { getAssignment, getIncident, given, LI, type Step, story, t, told } from './support/scenario.js';
import { cancel, onDuty, openReady, report, send } from './support/wording.js';

/** car1 was sent to i1 at second 100. */
const SENT = told(...onDuty('car1'), [0, openReady('i1')], [100, send('i1', ['car1'])]);
const A = 'i1-car1';
const CAR = 'device:car1';

/** SENT, and what came of these reports, each as [when it arrived, what it said]. */
function reported(...reports: readonly Step[]) {
  const events: ResponseEvent[] = [...SENT];
  for (const [at, command] of reports) {
    events.push(...given(...events).when(command, { at: t(at), by: CAR }).events);
  }
  return events;
}
const assignmentAfter = (...reports: readonly Step[]) =>
  getAssignment(given(...reported(...reports)).when(openReady('i2')).board, A);

describe('a crew reports', () => {
  test('its way through the stages; the furthest is where it stands', () => {
    const assignment = assignmentAfter(
      [110, report(A, 'acknowledged')],
      [160, report(A, 'enroute')],
      [400, report(A, 'onScene')],
    );
    expect(assignment).toMatchObject({
      stage: 'onScene',
      stamps: { dispatched: t(100), acknowledged: t(110), enroute: t(160), onScene: t(400) },
      discrepancies: [],
    });
  });

  test('and need not report every stage', () => {
    expect(assignmentAfter([400, report(A, 'onScene')])).toMatchObject({
      stage: 'onScene',
      discrepancies: [],
    });
  });

  test('that it is clear, and is free', () => {
    const assignment = assignmentAfter([400, report(A, 'onScene')], [900, report(A, 'cleared')]);
    expect(assignment).toMatchObject({ stage: 'cleared', endedAt: t(900), endReason: null });
  });

  test('late, as after a tunnel: it counts with the time at which it happened', () => {
    given(...SENT)
      .when(report(A, 'enroute', 150), { at: t(700), by: CAR })
      .yields({ type: 'ProgressReported', id: A, at: t(150), stage: 'enroute', by: CAR });
  });

  test('nothing on an order that was not given yet', () => {
    const waiting = told(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [1, openReady('i2')],
      [2, send('i1', ['car1'])],
      [3, send('i2', ['car1'], 'stack')],
    );
    given(...waiting)
      .when(report('i2-car1', 'enroute'))
      .isRefused('time-before-dispatch', 'i2-car1');
    given(...waiting, ...given(...waiting).when(cancel('i2'), { at: t(90) }).events)
      .when(report('i2-car1', 'enroute', 80))
      .isRefused('time-before-dispatch', 'i2-car1');
  });
});

describe('a report that comes twice', () => {
  const ONCE = reported([160, report(A, 'enroute', 155)]);

  test('with the same time is one report', () => {
    given(...ONCE)
      .when(report(A, 'enroute', 155), { at: t(300) })
      .changesNothing();
  });

  test('without a time of its own is taken for the same', () => {
    given(...ONCE)
      .when(report(A, 'enroute'), { at: t(300) })
      .changesNothing();
  });

  test('with another time does not move the stamp: it is noted beside it', () => {
    given(...ONCE)
      .when(report(A, 'enroute', 120), { at: t(300), by: CAR })
      .yields({
        type: 'ReportDisputed',
        id: A,
        at: t(300),
        stage: 'enroute',
        kind: 'already-stamped',
        reported: t(120),
        kept: t(155),
      });
    const noted = [...ONCE, ...given(...ONCE).when(report(A, 'enroute', 120), { at: t(300) }).events];
    expect(getAssignment(given(...noted).when(openReady('i2')).board, A)).toMatchObject({
      stamps: { enroute: t(155) },
      discrepancies: [{ kind: 'already-stamped', reported: t(120), kept: t(155), notedAt: t(300) }],
    });
  });

  test('is noted once, however often it comes, and whatever was wrong with it', () => {
    const cases = [
      [reported([160, report(A, 'enroute')]), report(A, 'enroute', 120)],
      [SENT, report(A, 'enroute', 5000)],
      [SENT, report(A, 'enroute', 20)],
      [reported([160, report(A, 'onScene')]), report(A, 'enroute', 170)],
      [reported([160, report(A, 'cleared')]), report(A, 'enroute', 170)],
      [reported([160, report(A, 'cleared')]), report(A, 'enroute', 20)],
      [SENT, report(A, 'enroute', 203)],
    ] as const;
    for (const [history, command] of cases) {
      const first = given(...history).when(command, { at: t(200), by: CAR }).events;
      expect(first.length).toBeGreaterThan(0);
      given(...history, ...first)
        .when(command, { at: t(260), by: CAR })
        .changesNothing();
    }
  });
});

describe('a report that comes out of order', () => {
  test('fills in what is missing, without taking the crew back to it', () => {
    const assignment = assignmentAfter([400, report(A, 'onScene', 390)], [410, report(A, 'enroute', 160)]);
    expect(assignment).toMatchObject({
      stage: 'onScene',
      stamps: { enroute: t(160), onScene: t(390) },
      discrepancies: [],
    });
  });

  test('is taken as told but noted, when an earlier stage would be later than a later one', () => {
    given(...reported([400, report(A, 'onScene', 390)]))
      .when(report(A, 'enroute', 395), { at: t(410), by: CAR })
      .yields(
        { type: 'ProgressReported', id: A, at: t(395), stage: 'enroute', by: CAR },
        {
          type: 'ReportDisputed',
          id: A,
          at: t(410),
          stage: 'enroute',
          kind: 'out-of-order',
          reported: t(395),
          kept: t(395),
        },
      );
  });
});

describe('a device whose clock is wrong', () => {
  test('by a few seconds ahead is taken at its word, as far as there is a now', () => {
    given(...SENT)
      .when(report(A, 'enroute', 204), { at: t(200), by: CAR })
      .yields({ type: 'ProgressReported', id: A, at: t(200), stage: 'enroute', by: CAR });
  });

  test('by more than that ahead: the time of receipt counts, and what it said is noted', () => {
    given(...SENT)
      .when(report(A, 'enroute', 206), { at: t(200), by: CAR })
      .yields(
        { type: 'ProgressReported', id: A, at: t(200), stage: 'enroute', by: CAR },
        {
          type: 'ReportDisputed',
          id: A,
          at: t(200),
          stage: 'enroute',
          kind: 'clock-ahead',
          reported: t(206),
          kept: t(200),
        },
      );
  });

  test('so far behind that the crew would have left before it was sent: likewise', () => {
    given(...SENT)
      .when(report(A, 'enroute', 99), { at: t(200), by: CAR })
      .yields(
        { type: 'ProgressReported', id: A, at: t(200), stage: 'enroute', by: CAR },
        {
          type: 'ReportDisputed',
          id: A,
          at: t(200),
          stage: 'enroute',
          kind: 'before-dispatch',
          reported: t(99),
          kept: t(200),
        },
      );
  });
});

describe('a report on an order that has ended', () => {
  const CLEARED = reported([300, report(A, 'onScene')], [900, report(A, 'cleared')]);

  test('is taken when it tells of a time before the end', () => {
    given(...CLEARED)
      .when(report(A, 'enroute', 160), { at: t(1000), by: CAR })
      .yields({ type: 'ProgressReported', id: A, at: t(160), stage: 'enroute', by: CAR });
  });

  test('is noted, not taken, when it tells of a time after it', () => {
    given(...CLEARED)
      .when(report(A, 'transporting', 950), { at: t(1000), by: CAR })
      .yields({
        type: 'ReportDisputed',
        id: A,
        at: t(1000),
        stage: 'transporting',
        kind: 'after-end',
        reported: t(950),
        kept: null,
      });
  });

  test('does not bring a cancelled order back to life', () => {
    const cancelled = [
      ...SENT,
      ...given(...SENT).when({ type: 'CancelAssignment', assignmentId: A, reason: 'hoax' }, { at: t(200) })
        .events,
    ];
    const { board } = given(...cancelled).when(report(A, 'enroute', 190), { at: t(300) });
    expect(getAssignment(board, A)).toMatchObject({ stage: 'cancelled', stamps: { enroute: t(190) } });
    expect(board.stackOf('car1')).toEqual([]);
    given(...cancelled)
      .when(report(A, 'cleared'), { at: t(300), by: CAR })
      .yields({
        type: 'ReportDisputed',
        id: A,
        at: t(300),
        stage: 'cleared',
        kind: 'after-end',
        reported: t(300),
        kept: null,
      });
  });
});

describe('a stamp is corrected', () => {
  const ON_SCENE = reported([160, report(A, 'enroute')], [400, report(A, 'onScene')]);
  const correct = (stage: (typeof PROGRESS_STAGES)[number], to: number) =>
    ({ type: 'CorrectStamp', assignmentId: A, stage, to: t(to), reason: 'dashcam shows it' }) as const;

  test('with a reason, and what it was stays on record', () => {
    const { board } = given(...ON_SCENE).when(correct('onScene', 370), { at: t(500), by: LI });
    expect(getAssignment(board, A)).toMatchObject({
      stage: 'onScene',
      stamps: { onScene: t(370) },
      corrections: [
        {
          stage: 'onScene',
          from: t(400),
          to: t(370),
          by: LI,
          at: t(500),
          reason: 'dashcam shows it',
        },
      ],
    });
  });

  test('to what it is already: nothing happens', () => {
    given(...ON_SCENE)
      .when(correct('onScene', 400))
      .changesNothing();
  });

  test('that the crew forgot: it then counts as reported', () => {
    const { board } = given(...ON_SCENE).when(correct('actionBegun', 420), { at: t(500) });
    expect(getAssignment(board, A)).toMatchObject({
      stage: 'actionBegun',
      stamps: { actionBegun: t(420) },
      corrections: [{ from: null }],
    });
  });

  test('so that a unit whose crew forgot to say that it is clear does not stay committed for ever', () => {
    const { board } = given(...ON_SCENE).when(correct('cleared', 600), { at: t(9000) });
    expect(getAssignment(board, A)).toMatchObject({ stage: 'cleared', endedAt: t(600) });
    expect(board.stackOf('car1')).toEqual([]);
  });

  test('that ended the order: then the end moves with it', () => {
    const cleared = [...ON_SCENE, ...given(...ON_SCENE).when(report(A, 'cleared'), { at: t(900) }).events];
    const { board } = given(...cleared).when(correct('cleared', 800), { at: t(1000) });
    expect(getAssignment(board, A)).toMatchObject({ stage: 'cleared', endedAt: t(800) });
  });

  test('of an order that was called off: it stays called off', () => {
    const called = [...ON_SCENE, ...given(...ON_SCENE).when(cancel('i1'), { at: t(700) }).events];
    const { board } = given(...called).when(correct('cleared', 650), { at: t(1000) });
    expect(getAssignment(board, A)).toMatchObject({ stage: 'cancelled', endedAt: t(700) });
  });

  test('not into the future, nor before the order was given', () => {
    given(...ON_SCENE)
      .when(correct('onScene', 600), { at: t(500) })
      .isRefused('time-in-future', 'onScene');
    given(...ON_SCENE)
      .when(correct('onScene', 99), { at: t(500) })
      .isRefused('time-before-dispatch', 'onScene');
  });

  test('not on an order that still waits: what was not ordered has not happened', () => {
    const waiting = told(
      ...onDuty('car1'),
      [0, openReady('i1')],
      [1, openReady('i2')],
      [2, send('i1', ['car1'])],
      [3, send('i2', ['car1'], 'stack')],
    );
    for (const stage of PROGRESS_STAGES.slice(1)) {
      given(...waiting)
        .when({ type: 'CorrectStamp', assignmentId: 'i2-car1', stage, to: t(50), reason: 'x' })
        .isRefused('time-before-dispatch', stage);
    }
  });
});

test('nothing but a correction moves a stamp: every report, at every time, leaves those that stand', () => {
  const history = reported(
    [110, report(A, 'acknowledged')],
    [160, report(A, 'enroute')],
    [400, report(A, 'onScene')],
  );
  const before = assignmentAfter(
    [110, report(A, 'acknowledged')],
    [160, report(A, 'enroute')],
    [400, report(A, 'onScene')],
  ).stamps;
  for (const stage of REPORTED_STAGES) {
    for (const happenedAt of [null, 20, 100, 130, 160, 300, 450, 502, 9000]) {
      const { board } = given(...history).when(report(A, stage, happenedAt), { at: t(500) });
      expect(getAssignment(board, A).stamps).toMatchObject(before);
    }
  }
});

test('what a crew reports does not change the incident: it is closed by people', () => {
  const { board } = story(
    ...onDuty('car1'),
    [0, openReady('i1')],
    [100, send('i1', ['car1'])],
    [900, report(A, 'cleared')],
  );
  expect(getIncident(board, 'i1')).toMatchObject({ status: 'open', stamps: { resolved: null } });
});
