import { after, exhaustive, type Instant, instant, type Seconds, seconds } from '@lamplight/base';
import {
  assignmentSchema,
  callSchema,
  incidentSchema,
  responseEventSchema,
  roadConditionSchema,
  unitSchema,
} from '@lamplight/contracts';
import { type Entity, type EntityKind, isEnded, ResponseBoard, type ResponseEvent } from '@lamplight/domain';
import { z } from 'zod';
import type { EntityDoc, Fold, LoggedEvent, NewEvent } from '../log/event.js';
import type { Json } from '../log/json.js';
import { forgetEnded } from './forget-ended.js';

interface Mark {
  readonly position: number;
  readonly recordedAt: Instant;
}

/**
 * The response context as a fold of the log: events go through the same schemas that wrote them into the domain's
 * board, and entities come out as documents for the projection.
 */
export class ResponseFold implements Fold {
  board = new ResponseBoard();
  readonly #keepEnded: Seconds | null;
  #latest = instant(0);
  #sweptAt = instant(0);
  readonly #marks = new Map<string, Mark>();
  readonly #changed = new Map<string, Entity>();
  readonly #entities = new WeakMap<EntityDoc, Entity>();

  /** What is over stays in memory for `keepEnded` by the log's own time; for ever when not given. */
  constructor(keepEnded: Seconds | null = null) {
    this.#keepEnded = keepEnded;
  }

  apply(event: LoggedEvent): void {
    this.#latest = instant(Math.max(this.#latest, event.recordedAt));
    const entity = this.board.apply(readEvent(event));
    this.#marks.set(entity.entity.id, { position: event.position, recordedAt: event.recordedAt });
    this.#changed.set(entity.entity.id, entity);
  }

  drain(): readonly EntityDoc[] {
    const docs = [...this.#changed.values()].map((entity) => this.#document(entity));
    this.#changed.clear();
    this.#sweep();
    return docs;
  }

  load(docs: readonly EntityDoc[]): void {
    for (const doc of docs) {
      this.board.put(readEntity(doc));
      this.#marks.set(doc.id, { position: doc.position, recordedAt: doc.recordedAt });
    }
  }

  has(id: string): boolean {
    return this.#marks.has(id);
  }

  reset(): void {
    this.board = new ResponseBoard();
    this.#marks.clear();
    this.#changed.clear();
  }

  /** The entity that a drained document was made of, without reading it back. */
  entityOf(doc: EntityDoc): Entity {
    return this.#entities.get(doc) ?? readEntity(doc);
  }

  /** Only between transactions of the log: what a decision touches is fetched again before it is taken. */
  #sweep(): void {
    if (this.#keepEnded === null || this.#latest < after(this.#sweptAt, seconds(this.#keepEnded / 24)))
      return;
    this.#sweptAt = this.#latest;
    for (const { entity } of forgetEnded(this.board, after(this.#latest, seconds(-this.#keepEnded)))) {
      this.#marks.delete(entity.id);
    }
  }

  #document(entity: Entity): EntityDoc {
    const { id, version } = entity.entity;
    const mark = this.#marks.get(id);
    if (!mark) throw new Error(`${entity.kind} ${id} changed without an event`);
    const doc: EntityDoc = {
      kind: entity.kind,
      id,
      version,
      ...mark,
      ...placementOf(entity),
      doc: writeEntity(entity),
    };
    this.#entities.set(doc, entity);
    return doc;
  }
}

function placementOf(entity: Entity): Pick<EntityDoc, 'root' | 'active' | 'startedAt'> {
  switch (entity.kind) {
    case 'call': {
      const { incidentId, endedAt, ringAt } = entity.entity;
      return { root: incidentId, active: endedAt === null, startedAt: ringAt };
    }
    case 'incident': {
      const { id, status, openedAt } = entity.entity;
      return { root: id, active: status === 'open', startedAt: openedAt };
    }
    case 'unit':
      return { root: null, active: !entity.entity.retired, startedAt: instant(0) };
    case 'assignment': {
      const { incidentId, createdAt } = entity.entity;
      return { root: incidentId, active: !isEnded(entity.entity), startedAt: createdAt };
    }
    case 'condition':
      return { root: null, active: entity.entity.ended === null, startedAt: entity.entity.from };
    default:
      return exhaustive(entity);
  }
}

/** An event of the response context as the log takes it. */
export function writeEvent(event: ResponseEvent, kind: EntityKind): NewEvent {
  const { type, id, at, ...body } = z.encode(responseEventSchema, event);
  return { kind, id, type, occurredAt: event.at, body: { ...body, at } };
}

/** An event of the response context as the log gave it back. Throws for one that no schema fits. */
export function readEvent({ type, id, body }: Pick<LoggedEvent, 'type' | 'id' | 'body'>): ResponseEvent {
  return responseEventSchema.parse({ ...(typeof body === 'object' ? body : {}), type, id });
}

function writeEntity(entity: Entity): Json {
  switch (entity.kind) {
    case 'call':
      return z.encode(callSchema, entity.entity);
    case 'incident':
      return z.encode(incidentSchema, entity.entity);
    case 'unit':
      return z.encode(unitSchema, entity.entity);
    case 'assignment':
      return z.encode(assignmentSchema, entity.entity);
    case 'condition':
      return z.encode(roadConditionSchema, entity.entity);
  }
}

/** An entity of the response context as a document of the projection. Throws for one that no schema fits. */
export function readEntity({ kind, doc }: Pick<EntityDoc, 'kind' | 'doc'>): Entity {
  switch (kind) {
    case 'call':
      return { kind, entity: callSchema.parse(doc) };
    case 'incident':
      return { kind, entity: incidentSchema.parse(doc) };
    case 'unit':
      return { kind, entity: unitSchema.parse(doc) };
    case 'assignment':
      return { kind, entity: assignmentSchema.parse(doc) };
    case 'condition':
      return { kind, entity: roadConditionSchema.parse(doc) };
    default:
      throw new Error(`The projection has an entity of unknown kind ${kind}`);
  }
}
