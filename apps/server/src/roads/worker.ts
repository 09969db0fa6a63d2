import { parentPort, workerData } from 'node:worker_threads';
import type { RoadTask, RoadTasks } from './tasks.js';
import { createWorkbench, type WorkbenchData } from './workbench.js';

/*
 * The body of a road thread: takes one task after the other and answers each. Started by `thread.ts`.
 */
const data: WorkbenchData = workerData;
const { metric, handlers } = createWorkbench(data);

function answer<Task extends RoadTask>(task: Task, ask: RoadTasks[Task]['ask']): RoadTasks[Task]['answer'] {
  return handlers[task](ask);
}

parentPort?.on('message', ({ id, task, ask }: { id: number; task: RoadTask; ask: never }) => {
  try {
    parentPort?.postMessage({ id, answer: answer(task, ask) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage({ ready: metric });
