import { after, type Instant, instant, ok, seconds } from '@lamplight/base';
import { expect } from 'vitest';
import {
  type Assignment,
  type Decision,
  decide,
  type Incident,
  type Refusal,
  type RefusalCode,
  ResponseBoard,
  type ResponseCommand,
  type ResponseEvent,
  SHIPPED_RULES,
  type Unit,
} from '../../src/index.js';
import { deepFreeze } from './freeze.js';

/** The moment at which every story begins. */
export const START: Instant = instant(Date.UTC(2026, 0, 31, 8, 0, 0));
/** So many seconds into the story. */
export const t = (secondsAfterStart: number): Instant => after(START, seconds(secondsAfterStart));

export const DAY = '20260131';
export const LI = 'account:li';
export const WANG = 'account:wang';

export interface When {
  /** The moment of the command; an hour into the story unless told. */
  readonly at?: Instant;
  readonly by?: string;
}

/** Whatever has happened, as a board. Every entity in it is frozen, so that whoever changes one in place is found out. */
export function boardOf(...events: readonly ResponseEvent[]): ResponseBoard {
  const board = new ResponseBoard();
  for (const event of events) deepFreeze(board.apply(deepFreeze(event)));
  return board;
}

/** `given(what has happened).when(what is wanted)`, and then `.yields(events)` or `.isRefused(why, about what)`. */
export function given(...history: readonly ResponseEvent[]) {
  return {
    when(command: ResponseCommand, { at = t(3600), by = LI }: When = {}) {
      const context = { at, by, rules: SHIPPED_RULES };
      const decision = decide(deepFreeze(command), boardOf(...history), context);
      return new Consequence(history, decision);
    },
  };
}

class Consequence {
  readonly #history: readonly ResponseEvent[];
  readonly #decision: Decision;

  constructor(history: readonly ResponseEvent[], decision: Decision) {
    this.#history = history;
    this.#decision = decision;
  }

  /** Exactly these events follow, in this order. */
  yields(...events: readonly ResponseEvent[]): void {
    expect(this.#decision).toEqual(ok(events));
  }

  /** No event: what is wanted is so already. */
  changesNothing(): void {
    this.yields();
  }

  isRefused(code: RefusalCode, subject: string): void {
    expect(this.#decision).toEqual({ ok: false, error: { code, subject } });
  }

  /** Why it was refused, and about what; `undefined` when it was not. */
  get refusal(): Refusal | undefined {
    return this.#decision.ok ? undefined : this.#decision.error;
  }

  /** The events, where only some of what they say matters. Fails when the command was refused. */
  get events(): readonly ResponseEvent[] {
    if (!this.#decision.ok) throw new Error(`refused: ${JSON.stringify(this.#decision.error)}`);
    return this.#decision.value;
  }

  /** The board after the events. */
  get board(): ResponseBoard {
    return boardOf(...this.#history, ...this.events);
  }
}

/** A command and when it is given, in seconds after the start. */
export type Step = readonly [at: number, command: ResponseCommand, by?: string];

/** What has happened when these commands were given: events for `given`. */
export const told = (...steps: readonly Step[]): readonly ResponseEvent[] => story(...steps).events;

/** A story told by commands: each is decided on what came of those before it, and must not be refused. */
export function story(...steps: readonly Step[]) {
  const events: ResponseEvent[] = [];
  const board = new ResponseBoard();
  for (const [second, command, by = LI] of steps) {
    const decision = decide(command, board, { at: t(second), by, rules: SHIPPED_RULES });
    if (!decision.ok) {
      throw new Error(`${command.type} at ${second}: ${decision.error.code} ${decision.error.subject}`);
    }
    for (const event of decision.value) {
      board.apply(event);
      events.push(event);
    }
  }
  return { events, board };
}

export function getIncident(board: ResponseBoard, id: string): Incident {
  const incident = board.findIncident(id);
  if (!incident) throw new Error(`no incident ${id}`);
  return incident;
}

export function getAssignment(board: ResponseBoard, id: string): Assignment {
  const assignment = board.findAssignment(id);
  if (!assignment) throw new Error(`no assignment ${id}`);
  return assignment;
}

export function getUnit(board: ResponseBoard, id: string): Unit {
  const unit = board.findUnit(id);
  if (!unit) throw new Error(`no unit ${id}`);
  return unit;
}
