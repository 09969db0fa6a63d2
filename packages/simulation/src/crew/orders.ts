import { exhaustive, type Instant } from '@lamplight/base';
import { itemAt } from '../sure.js';
import {
  type ClosedTask,
  type CrewOrder,
  type CrewState,
  type CrewTask,
  type OrderStage,
  REPORT_STAGES,
  type TaskStage,
} from './crew.js';

/** How many orders that are over a crew remembers. */
const MEMORY = 32;

/** How far an order is, counted in the crew's own stages; `undefined` when it is over for the crew. */
function rankOf(stage: OrderStage): number | undefined {
  switch (stage) {
    case 'dispatched':
      return 0;
    case 'acknowledged':
      return 1;
    case 'enroute':
    case 'staged':
      return 2;
    case 'onScene':
      return 3;
    case 'actionBegun':
    case 'transporting':
    case 'atDestination':
      return 4;
    case 'cleared':
    case 'cancelled':
    case 'preempted':
    case 'declined':
      return undefined;
    default:
      return exhaustive(stage);
  }
}

export const reachedRank = (reached: TaskStage): number =>
  reached === 'dispatched' ? 0 : REPORT_STAGES.indexOf(reached) + 1;

/** The crew's tasks and unconfirmed reports after it has seen this list of its orders. */
export function takeOrders(state: CrewState, orders: readonly CrewOrder[], at: Instant): CrewState {
  const moving = state.place.kind === 'driving';
  const tasks: CrewTask[] = [];
  for (const order of orders) {
    const rank = rankOf(order.stage);
    if (rank === undefined) continue;
    const { assignmentId } = order;
    const known = state.tasks.find((task) => task.order.assignmentId === assignmentId);
    const before = state.closed.find((task) => task.assignmentId === assignmentId);
    const task: CrewTask = known
      ? { ...known, order }
      : {
          order,
          times: state.setup.timesOf(order, moving),
          reached: before?.reached ?? 'dispatched',
          seenAt: at,
          ...(before && reachedRank(before.reached) >= 3 ? { onSceneAt: at } : {}),
        };
    tasks.push(catchUp(task, rank, at));
  }
  const pending = state.pending.filter(({ report }) => {
    const order = orders.find((each) => each.assignmentId === report.assignmentId);
    const rank = order && rankOf(order.stage);
    // An order that is over, or gone from the list, needs no report any more.
    return rank !== undefined && rank < reachedRank(report.stage);
  });
  const isOpen = (assignmentId: string): boolean =>
    tasks.some((task) => task.order.assignmentId === assignmentId);
  const over = state.tasks
    .filter((task) => !isOpen(task.order.assignmentId))
    .map((task): ClosedTask => ({ assignmentId: task.order.assignmentId, reached: task.reached }));
  const closed = [...state.closed.filter((task) => !isOpen(task.assignmentId)), ...over].slice(-MEMORY);
  return { ...state, tasks, pending, closed };
}

/** Someone else may have moved the order on, a dispatcher by voice for one: the crew goes on from there. */
function catchUp(task: CrewTask, rank: number, at: Instant): CrewTask {
  if (rank <= reachedRank(task.reached)) return task;
  const arrived = rank >= 3 ? { onSceneAt: task.onSceneAt ?? at } : {};
  return { ...task, ...arrived, reached: itemAt(REPORT_STAGES, rank - 1) };
}
