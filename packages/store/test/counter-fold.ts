import type { EntityDoc, Fold, Json, LoggedEvent } from '../src/index.js';

interface Counter {
  readonly kind: string;
  readonly id: string;
  readonly root: string | null;
  readonly active: boolean;
  readonly startedAt: EntityDoc['startedAt'];
  readonly position: number;
  readonly version: number;
  readonly recordedAt: EntityDoc['recordedAt'];
  readonly sum: number;
}

/** A small domain: counters that are opened, added to and closed; `root` groups them. */
export class CounterFold implements Fold {
  readonly counters = new Map<string, Counter>();
  readonly applied: number[] = [];
  private readonly changed = new Set<string>();

  apply(event: LoggedEvent): void {
    this.applied.push(event.position);
    const before = this.counters.get(event.id);
    if (!before && event.type !== 'Opened') throw new Error(`${event.id} is not in memory`);
    if (before && before.version !== event.version - 1) throw new Error(`${event.id} has skipped a version`);
    if (event.type === 'Bug') throw new Error('a bug in the fold');
    const body = fields(event.body);
    this.counters.set(event.id, {
      kind: event.kind,
      id: event.id,
      root: before?.root ?? (typeof body.root === 'string' ? body.root : null),
      active: event.type === 'Closed' ? false : event.type === 'Reopened' ? true : (before?.active ?? true),
      startedAt: before?.startedAt ?? event.occurredAt,
      position: event.position,
      version: event.version,
      recordedAt: event.recordedAt,
      sum: (before?.sum ?? 0) + (typeof body.amount === 'number' ? body.amount : 0),
    });
    this.changed.add(event.id);
  }

  drain(): readonly EntityDoc[] {
    const docs = [...this.changed].flatMap((id) => {
      const counter = this.counters.get(id);
      if (!counter) return [];
      const { sum, ...entity } = counter;
      return [{ ...entity, doc: { sum } }];
    });
    this.changed.clear();
    return docs;
  }

  load(docs: readonly EntityDoc[]): void {
    for (const { doc, ...entity } of docs) {
      const { sum } = fields(doc);
      this.counters.set(entity.id, { ...entity, sum: typeof sum === 'number' ? sum : 0 });
    }
  }

  has(id: string): boolean {
    return this.counters.has(id);
  }

  reset(): void {
    this.counters.clear();
    this.changed.clear();
  }

  sumOf(id: string): number | undefined {
    return this.counters.get(id)?.sum;
  }
}

function fields(value: Json): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
