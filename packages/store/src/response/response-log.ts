import type { Instant, Seconds } from '@lamplight/base';
import {
  type Actor,
  decide,
  ENTITY_OF_EVENT,
  type Entity,
  type IncidentId,
  REFUSAL_CODES,
  type Refusal,
  type ResponseCommand,
  type ResponseEvent,
  type Rules,
  touchedBy,
} from '@lamplight/domain';
import { z } from 'zod';
import type { Database } from '../database.js';
import { type Log, openLog } from '../log/index.js';
import { ResponseFold, readEvent, writeEvent } from './response-fold.js';

/** A command with everything that the log keeps about how it came. */
export interface Order {
  readonly command: ResponseCommand;
  readonly actor: Actor;
  readonly device?: string;
  readonly at: Instant;
  /** Idempotency key: the same key gets the first answer again. */
  readonly key: string;
  /** What the key stands for; another fingerprint under the same key is refused. */
  readonly fingerprint: string;
  /** The version of the incident that the sender had before their eyes; refused as `incident-changed` if it is not the latest. */
  readonly seen?: { readonly incidentId: IncidentId; readonly version: number };
  /** Identifiers of what the command makes, told again when a retry is answered. */
  readonly made?: Readonly<Record<string, string | readonly string[]>>;
}

export type Outcome =
  | {
      readonly ok: true;
      readonly position: number;
      readonly made: Readonly<Record<string, string | readonly string[]>>;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** What one commit changed: the entities as they are now, and the events that made them so, in order. */
export interface Commit {
  readonly position: number;
  readonly entities: readonly Entity[];
  readonly events: readonly CommittedEvent[];
}

export interface CommittedEvent {
  readonly position: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly device: string | null;
  readonly event: ResponseEvent;
}

export interface ResponseLog {
  /** Decides and records a command. Throws a StoreError when the key was used for something else or the store is away. */
  submit(order: Order): Promise<Outcome>;
  /** Calls back for every commit in order of position, whichever process made it. */
  onCommitted(listener: (commit: Commit) => void): () => void;
  /** What was in memory when the log was opened: the entities, as committed up to `openedAt`. */
  readonly loaded: readonly Entity[];
  readonly openedAt: number;
  readonly position: number;
  close(): Promise<void>;
}

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), made: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
  z.object({
    ok: z.literal(false),
    refusal: z.object({ code: z.enum(REFUSAL_CODES), subject: z.string() }),
  }),
]);

export interface ResponseLogOptions {
  readonly agency: string;
  readonly rules: Rules;
  /** Keeps what was closed after it in memory too, at the start … */
  readonly recentSince?: Instant;
  /** … and what is closed later for so long; for ever when not given. */
  readonly keepEnded?: Seconds;
  /** Failures that no command can be told of, such as an event in the log that this version does not know. */
  readonly onError?: (error: unknown) => void;
}

/** Opens the agency's log for the response context. */
export async function openResponseLog(database: Database, options: ResponseLogOptions): Promise<ResponseLog> {
  const fold = new ResponseFold(options.keepEnded ?? null);
  const log: Log = await openLog(database, {
    agency: options.agency,
    fold,
    ...(options.recentSince === undefined ? {} : { recentSince: options.recentSince }),
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  });
  const loaded: Entity[] = [
    ...[...fold.board.units.values()].map((entity): Entity => ({ kind: 'unit', entity })),
    ...[...fold.board.incidents.values()].map((entity): Entity => ({ kind: 'incident', entity })),
    ...[...fold.board.calls.values()].map((entity): Entity => ({ kind: 'call', entity })),
    ...[...fold.board.assignments.values()].map((entity): Entity => ({ kind: 'assignment', entity })),
    ...[...fold.board.conditions.values()].map((entity): Entity => ({ kind: 'condition', entity })),
  ];

  return {
    async submit({ command, actor, device, at, key, fingerprint, seen, made = {} }) {
      const touches = seen ? [...touchedBy(command), seen.incidentId] : touchedBy(command);
      const { answer, position } = await log.submit({
        key,
        fingerprint,
        actor,
        ...(device === undefined ? {} : { device }),
        at,
        touches,
        decide() {
          const incident = seen && fold.board.findIncident(seen.incidentId);
          if (seen && incident && incident.version !== seen.version) {
            return {
              answer: { ok: false, refusal: { code: 'incident-changed', subject: seen.incidentId } },
              events: [],
            };
          }
          const decision = decide(command, fold.board, { at, by: actor, rules: options.rules });
          if (!decision.ok) {
            const { code, subject } = decision.error;
            return { answer: { ok: false, refusal: { code, subject } }, events: [] };
          }
          return {
            answer: { ok: true, made },
            events: decision.value.map((event) => writeEvent(event, ENTITY_OF_EVENT[event.type])),
          };
        },
      });
      const outcome = answerSchema.parse(answer);
      return outcome.ok ? { ...outcome, position } : outcome;
    },
    onCommitted: (listener) =>
      log.onCommitted(({ docs, events, position }) =>
        listener({
          position,
          entities: docs.map((doc) => fold.entityOf(doc)),
          events: events.map((logged) => ({
            position: logged.position,
            recordedAt: logged.recordedAt,
            actor: logged.actor,
            device: logged.device,
            event: readEvent(logged),
          })),
        }),
      ),
    loaded,
    openedAt: log.position,
    get position() {
      return log.position;
    },
    close: () => log.close(),
  };
}
