import { after, type Instant, type Seconds, seconds } from '@lamplight/base';
import { type Assignment, isUnderWay, lastRoadChange, type ResponseBoard } from '@lamplight/domain';
import type { Reaction } from './reaction.js';

/** An arrival that moves by less than this is not worth telling. */
const WORTH_TELLING = seconds(10);

/**
 * When the roads have changed, the arrival of every unit under way is worked out again, from where it is now. What
 * moved is recorded, so that everyone sees it, and it can be shown later what was expected when.
 */
export const reviseEtas: Reaction = {
  name: 'eta',
  /** Those whose arrival was last worked out before the roads changed. */
  start({ board, clock }) {
    const changed = lastRoadChange(board.listConditions(), clock.now());
    if (changed === null) return [];
    return listUnderWay(board)
      .filter((assignment) => workedOutAt(assignment) < changed)
      .map(({ id }) => id);
  },
  triggeredBy: () => [],
  async run(assignmentId, { board, recommender, clock, submit }) {
    const assignment = board.findAssignment(assignmentId);
    if (!assignment || !recommender || !isUnderWay(assignment)) return;
    const left = await recommender.timeLeft(assignment, clock.now());
    if (left === undefined || !isNews(assignment, left, clock.now())) return;
    const etaSeconds = left === null ? null : seconds(Math.round(left));
    await submit(
      { type: 'ReviseEta', assignmentId, etaSeconds },
      `eta:${assignmentId}:${assignment.version}`,
    );
  },
};

export const listUnderWay = (board: ResponseBoard): Assignment[] =>
  [...board.assignments.values()].filter(isUnderWay);

const workedOutAt = ({ revisedEta, stamps, createdAt }: Assignment): Instant =>
  revisedEta?.at ?? stamps.dispatched ?? createdAt;

function isNews(assignment: Assignment, left: Seconds | null, at: Instant): boolean {
  const expected = assignment.revisedEta ? assignment.revisedEta.seconds : assignment.etaSeconds;
  if (expected === null || left === null) return expected !== left;
  const arrival = after(workedOutAt(assignment), expected);
  return Math.abs(after(at, left) - arrival) >= WORTH_TELLING * 1000;
}
