import { err, ok, type Result } from '@lamplight/base';
import { StoreError } from '../errors.js';
import type { Addition } from './append.js';
import { type Fold, type Head, type LoggedEvent, type NewEvent, sealEvent } from './event.js';
import { canonicalJson, type Json, parseCanonical } from './json.js';
import type { Submission, SubmissionAnswer } from './log.js';
import type { Queryable, Receipt } from './rows.js';
import type { Versions } from './versions.js';

/** How a submission ends once the transaction is committed. */
export type Outcome = Result<SubmissionAnswer, unknown>;

/** The fold threw on an event: a bug in the domain. The fold must be loaded afresh. */
export class FoldFailure extends Error {
  /** Which submission of the round it was. */
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super('The fold could not apply an event.', { cause });
    this.index = index;
  }
}

/** The decisions of one transaction, one after another on the same fold, each seeing those before it. */
export class Round {
  readonly outcomes: Outcome[] = [];
  readonly events: LoggedEvent[] = [];
  readonly receipts: Addition['receipts'][number][] = [];
  private readonly known = new Map<string, Receipt>();
  private readonly agency: string;
  private readonly fold: Fold;
  private readonly versions: Versions;
  /** Where the round began. */
  readonly start: Head;
  private end: Head;

  /** `receipts` are those in the database for any of the keys that will be taken. */
  constructor(agency: string, fold: Fold, versions: Versions, head: Head, receipts: readonly Receipt[]) {
    this.agency = agency;
    this.fold = fold;
    this.versions = versions;
    this.start = head;
    this.end = head;
    for (const receipt of receipts) this.known.set(receipt.key, receipt);
  }

  /** The head of the log once this round is committed. */
  get head(): Head {
    return this.end;
  }

  /** Decides the next submission. Throws FoldFailure, or what the database threw. */
  async take(submission: Submission, client: Queryable): Promise<void> {
    const receipt = this.known.get(submission.key);
    this.outcomes.push(receipt ? replay(submission, receipt) : await this.decide(submission, client));
  }

  private async decide(submission: Submission, client: Queryable): Promise<Outcome> {
    let answer: Json;
    let decided: readonly NewEvent[];
    try {
      const decision = submission.decide();
      answer = parseCanonical(canonicalJson(decision.answer));
      checkTexts(submission);
      decided = decision.events;
    } catch (thrown) {
      return err(thrown);
    }
    const sealed = await this.seal(submission, decided, client);
    if (!sealed.ok) return sealed;
    this.accept(sealed.value);
    const receipt = {
      key: submission.key,
      fingerprint: submission.fingerprint,
      actor: submission.actor,
      answer,
      position: this.end.position,
      recordedAt: submission.at,
    };
    this.known.set(receipt.key, receipt);
    this.receipts.push(receipt);
    return ok({ answer, position: receipt.position, replayed: false });
  }

  /** Seals all events before any is applied, so that one that cannot be stored leaves no trace. */
  private async seal(
    submission: Submission,
    events: readonly NewEvent[],
    client: Queryable,
  ): Promise<Result<LoggedEvent[], unknown>> {
    const sealed: LoggedEvent[] = [];
    let head = this.end;
    for (const event of events) {
      const own = sealed.findLast(({ kind, id }) => kind === event.kind && id === event.id);
      const version = own?.version ?? (await this.versions.get(client, this.agency, event.kind, event.id));
      try {
        const placed = sealEvent(
          event,
          {
            agency: this.agency,
            version: version + 1,
            recordedAt: submission.at,
            actor: submission.actor,
            device: submission.device ?? null,
          },
          head,
        );
        sealed.push(placed);
        head = placed;
      } catch (thrown) {
        return err(thrown);
      }
    }
    return ok(sealed);
  }

  private accept(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      this.versions.note(event);
      this.events.push(event);
      this.end = { position: event.position, hash: event.hash };
      try {
        this.fold.apply(event);
      } catch (thrown) {
        throw new FoldFailure(this.outcomes.length, thrown);
      }
    }
  }
}

/** Refuses what would make the database refuse the whole group. */
function checkTexts({ key, fingerprint, actor, device }: Submission): void {
  canonicalJson([key, fingerprint, actor, device ?? null]);
}

function replay(submission: Submission, receipt: Receipt): Outcome {
  if (receipt.fingerprint === submission.fingerprint && receipt.actor === submission.actor) {
    return ok({ answer: receipt.answer, position: receipt.position, replayed: true });
  }
  return err(
    new StoreError(
      'idempotency-key-reused',
      `The idempotency key ${submission.key} was used before for another command. Make a new key for each command.`,
    ),
  );
}
