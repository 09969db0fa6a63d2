import { instant } from '@lamplight/base';
import {
  type Assignment,
  availabilityOf,
  type Entity,
  type Incident,
  isActive,
  isEnded,
  PROGRESS_STAGES,
  phaseOf,
  type ResponseBoard,
  type ResponseEvent,
  SHIPPED_RULES,
  SIDE_EXITS,
} from '../../src/index.js';

/**
 * What must be true of every board that commands have led to. Each names what is wrong, in words; nothing is wrong
 * when it names nothing.
 */
export type Invariant = (board: ResponseBoard) => readonly string[];

const INVERSE = { parent: 'child', child: 'parent', related: 'related' } as const;

const open = (board: ResponseBoard): Assignment[] =>
  [...board.assignments.values()].filter((assignment) => !isEnded(assignment));

const aUnitHasAtMostOneActiveAssignment: Invariant = (board) =>
  [...board.units.keys()].flatMap((id) => {
    const active = [...board.assignments.values()].filter((each) => each.unitId === id && isActive(each));
    return active.length > 1 ? [`${id} works on ${active.map((each) => each.id)}`] : [];
  });

const aUnitIsOnAnIncidentOnce: Invariant = (board) => {
  const pairs = open(board).map(({ unitId, incidentId }) => `${unitId} on ${incidentId}`);
  return pairs.filter((pair, index) => pairs.indexOf(pair) !== index);
};

const whatIsOverHasNoOpenAssignments: Invariant = (board) =>
  open(board)
    .filter(({ incidentId }) => board.findIncident(incidentId)?.status !== 'open')
    .map(({ id, incidentId }) => `${id} is open, but ${incidentId} is not`);

const whoIsOffDutyHasNoOpenAssignments: Invariant = (board) =>
  open(board)
    .filter(({ unitId }) => !board.findUnit(unitId)?.duty || board.findUnit(unitId)?.retired)
    .map(({ id, unitId }) => `${id} is open, but ${unitId} is off duty`);

/** Committed if and only if there is active work, whatever its duty and status say. */
const aUnitAtWorkIsNeverAvailable: Invariant = (board) =>
  [...board.units.values()].flatMap((unit) => {
    const atWork = [...board.assignments.values()].some((each) => each.unitId === unit.id && isActive(each));
    const availability = availabilityOf(unit, board.stackOf(unit.id), SHIPPED_RULES.effectOf);
    return atWork === (availability === 'committed')
      ? []
      : [`${unit.id} at work: ${atWork}, ${availability}`];
  });

const everythingRefersToWhatExists: Invariant = (board) => {
  const wrong: string[] = [];
  const check = (from: string, id: string | null, among: ReadonlyMap<string, unknown>): void => {
    if (id !== null && !among.has(id)) wrong.push(`${from} refers to ${id}`);
  };
  for (const call of board.calls.values()) check(call.id, call.incidentId, board.incidents);
  for (const assignment of board.assignments.values()) {
    check(assignment.id, assignment.incidentId, board.incidents);
    check(assignment.id, assignment.unitId, board.units);
  }
  for (const incident of board.incidents.values()) {
    check(incident.id, incident.mergedInto, board.incidents);
    check(incident.id, incident.splitFrom, board.incidents);
    for (const { incidentId } of incident.links) check(incident.id, incidentId, board.incidents);
  }
  return wrong;
};

const linksAreSeenFromBothEnds: Invariant = (board) =>
  [...board.incidents.values()].flatMap(({ id, links }) =>
    links
      .filter(({ incidentId, relation }) => {
        const back = board.findIncident(incidentId)?.links.filter((link) => link.incidentId === id) ?? [];
        return incidentId === id || back.length !== 1 || back[0]?.relation !== INVERSE[relation];
      })
      .map(
        ({ incidentId, relation }) => `${id} has ${incidentId} as ${relation}, but not the other way round`,
      ),
  );

const numbersAreGivenOnce: Invariant = (board) => {
  const numbers = [...board.incidents.values()].map(({ number }) => number);
  return numbers.filter((number, index) => numbers.indexOf(number) !== index);
};

const anIncidentIsOpenOrHasEndedInOneWay: Invariant = (board) =>
  [...board.incidents.values()]
    .filter(
      ({ status, stamps, mergedInto, disposition, cancelReason }: Incident) =>
        (status === 'open') !== (stamps.closed === null) ||
        (status === 'merged') !== (mergedInto !== null) ||
        (status === 'closed') !== (disposition !== null) ||
        (status === 'cancelled') !== (cancelReason !== null),
    )
    .map(({ id, status }) => `${id} is ${status}, but does not look like it`);

const whatIsMergedLeadsToWhatIsNot: Invariant = (board) =>
  [...board.incidents.values()].flatMap(({ id }) => {
    const seen = new Set<string>();
    let next: string | null = id;
    while (next !== null && !seen.has(next)) {
      seen.add(next);
      next = board.findIncident(next)?.mergedInto ?? null;
    }
    return next === null ? [] : [`${id} is merged in a circle`];
  });

const whatIsMergedHasNothingLeft: Invariant = (board) =>
  [...board.incidents.values()]
    .filter(
      ({ id, status }) =>
        status === 'merged' && board.callsOf(id).length + board.assignmentsOf(id).length > 0,
    )
    .map(({ id }) => `${id} is merged, but has calls or crews`);

const whatIsQueuedIsLocatedAndClassified: Invariant = (board) =>
  [...board.incidents.values()]
    .filter(
      ({ location, typeCode, stamps }) =>
        (stamps.queued !== null) !== (stamps.located !== null && stamps.classified !== null) ||
        (stamps.located !== null) !== (location?.position != null) ||
        (stamps.classified !== null) !== (typeCode !== null),
    )
    .map(({ id }) => `${id} is queued without a place or a type, or not queued with both`);

const stageStampsAndEndAgree: Invariant = (board) => {
  const exits: readonly string[] = SIDE_EXITS;
  return [...board.assignments.values()].flatMap(({ id, stage, stamps, endedAt }) => {
    const reached = PROGRESS_STAGES.filter((each) => stamps[each] !== undefined);
    const ended = stage === 'cleared' || exits.includes(stage);
    const furthest = reached.at(-1);
    const fits =
      ended === (endedAt !== null) &&
      (exits.includes(stage) || stage === furthest) &&
      (stamps.dispatched !== undefined || reached.every((each) => each === 'proposed'));
    return fits ? [] : [`${id} is ${stage}, ended ${endedAt}, with stamps ${reached}`];
  });
};

const whoAnsweredAndWhenAreKnownTogether: Invariant = (board) =>
  [...board.calls.values()]
    .filter(
      ({ answeredAt, answeredBy, endedAt, outcome }) =>
        (answeredAt === null) !== (answeredBy === null) || (endedAt === null) !== (outcome === null),
    )
    .map(({ id }) => `${id} is half answered or half ended`);

const theIndexesSayWhatTheEntitiesSay: Invariant = (board) => {
  const ids = (entities: Iterable<{ readonly id: string }>): string =>
    [...entities]
      .map(({ id }) => id)
      .sort()
      .join();
  const wrong: string[] = [];
  for (const id of board.incidents.keys()) {
    const calls = [...board.calls.values()].filter(({ incidentId }) => incidentId === id);
    const assignments = [...board.assignments.values()].filter(({ incidentId }) => incidentId === id);
    if (ids(calls) !== ids(board.callsOf(id))) wrong.push(`calls of ${id}`);
    if (ids(assignments) !== ids(board.assignmentsOf(id))) wrong.push(`assignments of ${id}`);
  }
  for (const id of board.units.keys()) {
    const all = [...board.assignments.values()].filter(({ unitId }) => unitId === id);
    if (ids(all.filter((each) => !isEnded(each))) !== ids(board.stackOf(id))) wrong.push(`stack of ${id}`);
    if (ids(all.filter(isEnded)) !== ids(board.lastEndedOf(id, 1000))) wrong.push(`ended of ${id}`);
  }
  return wrong;
};

const aConditionHoldsAtSomeTime: Invariant = (board) =>
  [...board.conditions.values()].flatMap((condition) => {
    const { id, from, to, ended } = condition;
    const begins = instant(Math.max(from, condition.declaredAt));
    const fits =
      (to === null || to > from) &&
      (ended !== null || phaseOf(condition, begins) === 'active') &&
      (ended === null || ended.how !== 'expired' || ended.at === to) &&
      (ended === null || (ended.reason === null) === (ended.how === 'expired'));
    return fits ? [] : [`${id} holds from ${from} to ${to}, and ended ${ended?.how}`];
  });

export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  aUnitHasAtMostOneActiveAssignment,
  aUnitIsOnAnIncidentOnce,
  whatIsOverHasNoOpenAssignments,
  whoIsOffDutyHasNoOpenAssignments,
  aUnitAtWorkIsNeverAvailable,
  everythingRefersToWhatExists,
  linksAreSeenFromBothEnds,
  numbersAreGivenOnce,
  anIncidentIsOpenOrHasEndedInOneWay,
  whatIsMergedLeadsToWhatIsNot,
  whatIsMergedHasNothingLeft,
  whatIsQueuedIsLocatedAndClassified,
  stageStampsAndEndAgree,
  whoAnsweredAndWhenAreKnownTogether,
  theIndexesSayWhatTheEntitiesSay,
  aConditionHoldsAtSomeTime,
};

/** What must be true of every event: what it may do to the entity that it belongs to. */
export type TransitionRule = (
  before: Entity | undefined,
  event: ResponseEvent,
  after: Entity,
) => readonly string[];

const stampsOfCrewsMoveByCorrectionOnly: TransitionRule = (before, event, after) => {
  if (before?.kind !== 'assignment' || after.kind !== 'assignment') return [];
  return PROGRESS_STAGES.filter((stage) => {
    const stamp = before.entity.stamps[stage];
    const corrected = event.type === 'StampCorrected' && event.stage === stage;
    return stamp !== undefined && after.entity.stamps[stage] !== stamp && !corrected;
  }).map((stage) => `${event.type} moved ${stage} of ${event.id}`);
};

const everyCorrectionIsOnRecord: TransitionRule = (before, event, after) => {
  if (event.type !== 'StampCorrected' || after.kind !== 'assignment') return [];
  const last = after.entity.corrections.at(-1);
  const was = before?.kind === 'assignment' ? (before.entity.stamps[event.stage] ?? null) : null;
  return last?.from === was && last.to === event.to && last.reason !== ''
    ? []
    : [`${event.id} without record`];
};

const stampsOfIncidentsGoByReopeningOnly: TransitionRule = (before, event, after) => {
  if (before?.kind !== 'incident' || after.kind !== 'incident') return [];
  if (event.type === 'IncidentReopened') return [];
  const now: Readonly<Record<string, number | null>> = { ...after.entity.stamps };
  return Object.entries(before.entity.stamps)
    .filter(([name, stamp]) => stamp !== null && now[name] !== stamp)
    .map(([name]) => `${event.type} moved ${name} of ${event.id}`);
};

const whatHasEndedStaysEnded: TransitionRule = (before, event, after) => {
  if (before?.kind !== 'assignment' || after.kind !== 'assignment' || !isEnded(before.entity)) return [];
  const moved = before.entity.endedAt !== after.entity.endedAt && event.type !== 'StampCorrected';
  return moved || before.entity.stage !== after.entity.stage ? [`${event.type} revived ${event.id}`] : [];
};

const whatBeganOrEndedOnTheRoadsIsAFact: TransitionRule = (before, event, after) => {
  if (before?.kind !== 'condition' || after.kind !== 'condition') return [];
  const begun = phaseOf(before.entity, event.at) === 'active';
  return [
    ...(before.entity.ended ? [`${event.type} changed ${event.id}, which had ended`] : []),
    ...(begun && before.entity.from !== after.entity.from
      ? [`${event.type} moved the start of ${event.id}`]
      : []),
  ];
};

const whatIsKnownOfAPlaceStaysKnown: TransitionRule = (before, event, after) => {
  const place = (entity: Entity | undefined) =>
    entity?.kind === 'call' || entity?.kind === 'incident' ? entity.entity.location : null;
  const [was, is] = [place(before), place(after)];
  return [
    ...(was?.words && !is?.words ? [`${event.type} lost the words of ${event.id}`] : []),
    ...(was?.position && !is?.position ? [`${event.type} lost the position of ${event.id}`] : []),
  ];
};

const theVersionCountsTheEvents: TransitionRule = (before, event, after) =>
  after.entity.version === (before?.entity.version ?? 0) + 1 ? [] : [`version of ${event.id}`];

export const TRANSITION_RULES: Readonly<Record<string, TransitionRule>> = {
  stampsOfCrewsMoveByCorrectionOnly,
  everyCorrectionIsOnRecord,
  stampsOfIncidentsGoByReopeningOnly,
  whatHasEndedStaysEnded,
  whatIsKnownOfAPlaceStaysKnown,
  theVersionCountsTheEvents,
  whatBeganOrEndedOnTheRoadsIsAFact,
};
