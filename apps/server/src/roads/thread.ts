import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { MetricHandle } from '@lamplight/roads';
import type { RoadTask, RoadTasks } from './tasks.js';
import type { WorkbenchData } from './workbench.js';

/** A thread that does road tasks one after the other, in the order asked. */
export interface RoadThread {
  /** The weights it works on. */
  readonly metric: MetricHandle;
  /** Rejects when the task fails or the thread ends before it is done. */
  ask<Task extends RoadTask>(task: Task, ask: RoadTasks[Task]['ask']): Promise<RoadTasks[Task]['answer']>;
  /** Resolves when the thread has ended, whoever ended it: `null` as asked, else why. */
  readonly ended: Promise<Error | null>;
  stop(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(reason: Error): void;
}

type Message =
  | { readonly ready: MetricHandle }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string };

/** Starts a thread; resolves when it is ready for tasks, rejects when it cannot start. */
export async function startRoadThread(data: WorkbenchData): Promise<RoadThread> {
  // Without the options of this process: under tests they would have the thread read sources.
  const worker = new Worker(bodyOfThread(), { workerData: data, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let stopping = false;

  const ended = new Promise<Error | null>((resolve) => {
    let cause: Error | null = null;
    worker.on('error', (error: Error) => {
      cause = error;
    });
    worker.on('exit', (code) => {
      const reason = cause ?? new Error(`a road thread ended by itself with status ${code}`);
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
      resolve(stopping ? null : reason);
    });
  });

  const metric = await new Promise<MetricHandle>((resolve, reject) => {
    void ended.then((reason) => reject(reason ?? new Error('stopped')));
    worker.on('message', (message: Message) => {
      if ('ready' in message) {
        resolve(message.ready);
        return;
      }
      const task = waiting.get(message.id);
      waiting.delete(message.id);
      if ('failure' in message) task?.reject(new Error(message.failure));
      else task?.resolve(message.answer);
    });
  });

  return {
    metric,
    ended,
    ask(task, ask) {
      if (stopping) return Promise.reject(new Error('the road thread is stopped'));
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, task, ask });
      });
    },
    async stop() {
      stopping = true;
      await worker.terminate();
      await ended;
    },
  };
}

/** The compiled module, also when this one runs from its source, as in tests: a thread reads no TypeScript. */
function bodyOfThread(): URL {
  const beside = new URL('./worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../dist/roads/worker.js', import.meta.url);
}
