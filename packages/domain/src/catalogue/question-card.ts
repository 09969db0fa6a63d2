import type { Localized, Priority } from './vocabulary.js';

/**
 * What to ask about an incident type while the caller is on the line, what the answers weigh, and what to tell the
 * caller to do until help is there. The shape (entry, questions, level, instructions) is common to the field; the cards
 * are the agency's own.
 */
export interface QuestionCard {
  readonly id: string;
  readonly name: Localized;
  /** Codes of the incident types that it is asked for. */
  readonly incidentTypes: readonly string[];
  /** In the order in which they are asked. */
  readonly questions: readonly Question[];
  /**
   * What the sum of the weights comes to, the highest first: the first step whose `atLeast` is reached sets the
   * priority. With none reached the priority of the type stays.
   */
  readonly steps: readonly PriorityStep[];
  /** Read out to the caller; those without `when` always apply. */
  readonly instructions: readonly Instruction[];
}

export interface Question {
  readonly id: string;
  readonly text: Localized;
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly id: string;
  readonly text: Localized;
  /** Added to the sum; may be negative, and 0 for what does not bear on the priority. */
  readonly weight: number;
}

export interface PriorityStep {
  readonly atLeast: number;
  readonly priority: Priority;
}

export interface Instruction {
  readonly text: Localized;
  /** Only when this question was answered so. */
  readonly when?: { readonly question: string; readonly answer: string };
}

/** The answer to each question that was asked, by question. */
export type Answers = Readonly<Record<string, string>>;

/** What the answers add up to; those to questions or answers that the card does not have count nothing. */
export const weightOf = (card: QuestionCard, answers: Answers): number =>
  card.questions.reduce(
    (sum, { id, answers: choices }) => sum + (choices.find((each) => each.id === answers[id])?.weight ?? 0),
    0,
  );

/** The priority that the answers call for; `null` where they leave it to the type. */
export function priorityOf(card: QuestionCard, answers: Answers): Priority | null {
  const weight = weightOf(card, answers);
  const steps = [...card.steps].sort((a, b) => b.atLeast - a.atLeast);
  return steps.find(({ atLeast }) => weight >= atLeast)?.priority ?? null;
}

/** What a card makes of the answers given by now, and how it came to it. */
export interface Assessment {
  readonly sum: number;
  /** How many of the card's questions are answered. */
  readonly answered: number;
  /** The step that the sum reaches; `null` where nothing is answered or none is reached. */
  readonly step: PriorityStep | null;
  /** What to go by: the step's priority, but never below the type's while questions are open. */
  readonly priority: Priority;
  /** The sum calls for less than the type's priority, which waits for the questions that are open. */
  readonly held: boolean;
}

/**
 * Weighs the answers against the priority of the type. Half a conversation may raise the alarm but not call it off: a
 * lower priority counts once every question is answered.
 */
export function assess(card: QuestionCard, answers: Answers, ofType: Priority): Assessment {
  const answered = card.questions.filter(({ id, answers: choices }) =>
    choices.some((each) => each.id === answers[id]),
  ).length;
  const sum = weightOf(card, answers);
  const called = answered === 0 ? null : priorityOf(card, answers);
  const step = card.steps.find(({ priority, atLeast }) => priority === called && sum >= atLeast) ?? null;
  const held = called !== null && called > ofType && answered < card.questions.length;
  return { sum, answered, step, held, priority: called === null || held ? ofType : called };
}

/** What to tell the caller, as far as is known by now. */
export const instructionsFor = (card: QuestionCard, answers: Answers): readonly Instruction[] =>
  card.instructions.filter(({ when }) => when === undefined || answers[when.question] === when.answer);
