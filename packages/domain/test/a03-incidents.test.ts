import { describe, expect, test } from 'vitest';
import type { IncidentCommand, LinkRelation, RecommendationRecord } from '../src/index.js';
import { getIncident, given, LI, type Step, story, t, told } from './support/scenario.js';
import {
  AT_THE_BRIDGE,
  AT_THE_BRIDGE_AS_TOLD,
  BY_WORDS,
  cancel,
  classify,
  close,
  locate,
  merge,
  open,
  openReady,
} from './support/wording.js';

const OPENED = told([0, open('i1')]);

describe('the place of an incident', () => {
  test('may become known bit by bit; what the caller said of it is never lost to a position on the map', () => {
    const { board } = story([0, open('i1')], [10, locate('i1', BY_WORDS)], [20, locate('i1', AT_THE_BRIDGE)]);
    expect(getIncident(board, 'i1').location).toEqual(AT_THE_BRIDGE_AS_TOLD);
  });

  test('once known is not lost to words that come later', () => {
    const { board } = story([0, open('i1')], [10, locate('i1', AT_THE_BRIDGE)], [20, locate('i1', BY_WORDS)]);
    expect(getIncident(board, 'i1').location).toEqual(AT_THE_BRIDGE_AS_TOLD);
  });

  test('is stamped when a position is first known, and not again when it is made better', () => {
    const { board } = story(
      [0, open('i1')],
      [10, locate('i1', BY_WORDS)],
      [20, locate('i1')],
      [30, locate('i1')],
    );
    expect(getIncident(board, 'i1').stamps.located).toBe(t(20));
  });
});

describe('an incident comes before a dispatcher, stamp t5', () => {
  const queuedAt = (...steps: readonly Step[]): unknown =>
    getIncident(story([0, open('i1')], ...steps).board, 'i1').stamps.queued;

  test('when it is located and classified, whichever came first', () => {
    expect(queuedAt([10, locate('i1')], [20, classify('i1')])).toBe(t(20));
    expect(queuedAt([10, classify('i1')], [20, locate('i1')])).toBe(t(20));
  });

  test('not by its type alone, nor with words for a place', () => {
    expect(queuedAt([10, classify('i1')])).toBeNull();
    expect(queuedAt([10, classify('i1')], [20, locate('i1', BY_WORDS)])).toBeNull();
  });

  test('once: what is found out later does not put it there again', () => {
    expect(queuedAt([10, locate('i1')], [20, classify('i1')], [30, classify('i1', 'STABBING')])).toBe(t(20));
    expect(queuedAt([10, locate('i1')], [20, classify('i1')], [30, locate('i1')])).toBe(t(20));
  });
});

describe('the type of an incident', () => {
  test('brings its priority, unless another is wished for', () => {
    given(...OPENED)
      .when(classify('i1', 'STABBING'))
      .yields({ type: 'IncidentClassified', id: 'i1', at: t(3600), typeCode: 'STABBING', priority: 1 });
    given(...OPENED)
      .when({ type: 'ClassifyIncident', incidentId: 'i1', typeCode: 'STABBING', priority: 3 })
      .yields({ type: 'IncidentClassified', id: 'i1', at: t(3600), typeCode: 'STABBING', priority: 3 });
  });

  test('is one of the catalogue', () => {
    given(...OPENED)
      .when(classify('i1', 'NOSUCH'))
      .isRefused('incident-type-unknown', 'NOSUCH');
  });

  test('is stamped when it is first known', () => {
    const { board } = story([0, open('i1')], [10, classify('i1')], [50, classify('i1', 'STABBING')]);
    expect(getIncident(board, 'i1')).toMatchObject({ typeCode: 'STABBING', stamps: { classified: t(10) } });
  });
});

describe('what was recommended', () => {
  const record = (at: number): RecommendationRecord => ({
    at: t(at),
    alarmLevel: 1,
    candidates: [],
    requirements: [],
    excluded: { 'off-duty': 3 },
  });
  const recommend = (at: number): IncidentCommand => ({
    type: 'RecordRecommendation',
    incidentId: 'i1',
    recommendation: record(at),
  });

  test('is kept as it was shown, the latest on top; the stamp is of the first', () => {
    const { board } = story([0, openReady('i1')], [1, recommend(1)], [60, recommend(60)]);
    expect(getIncident(board, 'i1')).toMatchObject({
      recommendation: record(60),
      stamps: { recommended: t(1) },
    });
  });

  test('needs a type and a position', () => {
    given(...OPENED)
      .when(recommend(1))
      .isRefused('incident-not-classified', 'i1');
    given(...told([0, open('i1')], [1, classify('i1')], [2, locate('i1', BY_WORDS)]))
      .when(recommend(3))
      .isRefused('incident-not-located', 'i1');
  });
});

describe('an alarm is raised', () => {
  const raise = (level: number): IncidentCommand => ({ type: 'RaiseAlarm', incidentId: 'i1', level });
  const READY = told([0, openReady('i1', 'ASSAULT')]);

  test('to a level that the run card of the type knows, skipping some if need be', () => {
    given(...READY)
      .when(raise(3))
      .yields({ type: 'AlarmRaised', id: 'i1', at: t(3600), level: 3, by: LI });
    given(...READY)
      .when(raise(4))
      .isRefused('alarm-level-unknown', '4');
  });

  test('upwards only', () => {
    given(...READY)
      .when(raise(1))
      .isRefused('alarm-level-not-higher', '1');
    given(...told([0, openReady('i1')], [9, raise(2)]))
      .when(raise(2))
      .isRefused('alarm-level-not-higher', '2');
  });

  test('when it is known what it is', () => {
    given(...OPENED)
      .when(raise(2))
      .isRefused('incident-not-classified', 'i1');
  });
});

describe('incidents are linked', () => {
  const TWO = told([0, open('i1')], [1, open('i2')]);
  const linked = (relation: LinkRelation): IncidentCommand => ({
    type: 'LinkIncidents',
    incidentId: 'i1',
    otherId: 'i2',
    relation,
  });
  const unlink: IncidentCommand = { type: 'UnlinkIncidents', incidentId: 'i1', otherId: 'i2' };

  test.each([
    ['parent', 'child'],
    ['child', 'parent'],
    ['related', 'related'],
  ] as const)('from both ends: where the one has a %s, the other has a %s', (relation, inverse) => {
    const { board } = given(...TWO).when(linked(relation));
    expect(getIncident(board, 'i1').links).toEqual([{ incidentId: 'i2', relation }]);
    expect(getIncident(board, 'i2').links).toEqual([{ incidentId: 'i1', relation: inverse }]);
  });

  test('in one way at a time: a new relation takes the place of the old, at both ends', () => {
    const { board } = story([0, open('i1')], [1, open('i2')], [2, linked('parent')], [3, linked('child')]);
    expect(getIncident(board, 'i1').links).toEqual([{ incidentId: 'i2', relation: 'child' }]);
    expect(getIncident(board, 'i2').links).toEqual([{ incidentId: 'i1', relation: 'parent' }]);
  });

  test('and saying it again changes nothing', () => {
    given(...told([0, open('i1')], [1, open('i2')], [2, linked('parent')]))
      .when(linked('parent'))
      .changesNothing();
  });

  test('and unlinked, from both ends', () => {
    const { board } = story([0, open('i1')], [1, open('i2')], [2, linked('parent')], [3, unlink]);
    expect(getIncident(board, 'i1').links).toEqual([]);
    expect(getIncident(board, 'i2').links).toEqual([]);
    given(...TWO)
      .when(unlink)
      .isRefused('incident-not-linked', 'i2');
  });

  test('with another one, that is there; it may be closed', () => {
    given(...TWO)
      .when({ type: 'LinkIncidents', incidentId: 'i1', otherId: 'i1', relation: 'related' })
      .isRefused('incident-same', 'i1');
    given(...OPENED)
      .when(linked('related'))
      .isRefused('incident-unknown', 'i2');
    const { board } = given(...told([0, open('i1')], [1, open('i2')], [2, close('i2')])).when(
      linked('related'),
    );
    expect(getIncident(board, 'i2').links).toEqual([{ incidentId: 'i1', relation: 'related' }]);
  });
});

test('what is over is not changed, and what is not there neither', () => {
  const commands: IncidentCommand[] = [
    locate('i1'),
    classify('i1'),
    { type: 'RaiseAlarm', incidentId: 'i1', level: 2 },
    { type: 'LinkIncidents', incidentId: 'i1', otherId: 'i2', relation: 'related' },
    { type: 'UnlinkIncidents', incidentId: 'i1', otherId: 'i2' },
    { type: 'ResolveIncident', incidentId: 'i1' },
    merge('i1', 'i2'),
    cancel('i1'),
    close('i1'),
  ];
  for (const command of commands) {
    given().when(command).isRefused('incident-unknown', 'i1');
    for (const end of [close('i1'), cancel('i1'), merge('i1', 'i2')]) {
      given(...told([0, open('i1')], [1, open('i2')], [2, end]))
        .when(command)
        .isRefused('incident-not-open', 'i1');
    }
  }
});
