import { createHash } from 'node:crypto';
import { type Instant, instant } from '@lamplight/base';
import { StoreError } from '../errors.js';
import { canonicalJson, type Json, parseCanonical } from './json.js';

/** Something that happened to one entity, not yet in the log. */
export interface NewEvent {
  readonly kind: string;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly body: Json;
}

/** An event at its place in the log of its agency. Hashes are SHA-256 in hexadecimal. */
export interface LoggedEvent extends NewEvent {
  readonly agency: string;
  /** 1, 2, 3 … in the agency, in the order of commit. */
  readonly position: number;
  /** 1, 2, 3 … among the events of this kind and id. */
  readonly version: number;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly device: string | null;
  readonly prevHash: string;
  readonly hash: string;
}

/** The present state of one entity, as the projection keeps it. */
export interface EntityDoc {
  readonly kind: string;
  readonly id: string;
  /** The entity that this one is loaded together with, such as the incident of an assignment. */
  readonly root: string | null;
  /** Kept in memory by every server. */
  readonly active: boolean;
  readonly startedAt: Instant;
  /** Position of the event that changed it last. */
  readonly position: number;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly doc: Json;
}

/** The in-memory state that decisions read. Events are applied in position order, each exactly once. */
export interface Fold {
  apply(event: LoggedEvent): void;
  /** The documents of entities changed since the last call. */
  drain(): readonly EntityDoc[];
  /** Adds entities that are not in memory. They do not count as changed. */
  load(docs: readonly EntityDoc[]): void;
  has(id: string): boolean;
  reset(): void;
}

/** The end of a chain: what the next event is hung on. */
export interface Head {
  readonly position: number;
  readonly hash: string;
}

/** The head of an empty log. */
export const EMPTY_HEAD: Head = { position: 0, hash: '0'.repeat(64) };

/** What the log itself adds to an event. */
export type Placement = Pick<LoggedEvent, 'agency' | 'version' | 'recordedAt' | 'actor' | 'device'>;

/**
 * Hangs an event on the chain. Times are rounded to whole milliseconds and the body becomes what a reader of the log
 * will see, so that a live fold and a replay work on the same values. Throws `not-storable`.
 */
export function sealEvent(event: NewEvent, placement: Placement, head: Head): LoggedEvent {
  const placed = {
    ...placement,
    kind: event.kind,
    id: event.id,
    type: event.type,
    occurredAt: storable('occurredAt', event.occurredAt),
    recordedAt: storable('recordedAt', placement.recordedAt),
    position: head.position + 1,
    body: parseCanonical(canonicalJson(event.body)),
    prevHash: head.hash,
  };
  return { ...placed, hash: hashEvent(placed) };
}

/**
 * SHA-256 over the previous hash (32 bytes) and the canonical JSON of everything else: the chain proves that no
 * event before it was changed, added or removed.
 */
export function hashEvent(event: Omit<LoggedEvent, 'hash'>): string {
  const { agency, position, kind, id, version, type, occurredAt, recordedAt, actor, device, body } = event;
  const content = { agency, position, kind, id, version, type, occurredAt, recordedAt, actor, device, body };
  return createHash('sha256').update(event.prevHash, 'hex').update(canonicalJson(content)).digest('hex');
}

const YEAR_1 = Date.parse('0001-01-01T00:00:00Z');
const YEAR_10000 = Date.UTC(10_000, 0);

function storable(field: string, at: Instant): Instant {
  const rounded = instant(Math.round(at));
  if (rounded >= YEAR_1 && rounded < YEAR_10000) return rounded;
  throw new StoreError('not-storable', `${field} is ${at}, which is not a time from the year 1 to 9999.`);
}
