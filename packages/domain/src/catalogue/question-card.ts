import type { Localized, Priority } from './vocabulary.js';

/**
 * What to ask about an incident type while the caller is on the line, what the answers weigh, and what to tell the
 * caller to do until help is there. The shape (entry, questions, level, instructions) is common to the field; the cards
 * are the agency's own.
 */
export interface QuestionCard {
  readonly id: string;
  readonly name: Localized;
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

/** What to tell the caller, as far as is known by now. */
export const instructionsFor = (card: QuestionCard, answers: Answers): readonly Instruction[] =>
  card.instructions.filter(({ when }) => when === undefined || answers[when.question] === when.answer);
