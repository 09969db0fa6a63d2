import type { Instruction, Question, QuestionCard } from './question-card.js';
import type { Priority } from './vocabulary.js';

/** One answer on one line: id, English, Chinese, weight. */
export type AnswerRow = readonly [id: string, en: string, zh: string, weight: number];

/** One instruction on one line: English, Chinese and, where it depends on an answer, question and answer. */
export type InstructionRow = readonly [en: string, zh: string, question?: string, answer?: string];

/** A question card as it is written down here: texts of both languages side by side, so that they stay the same. */
export interface CardTable {
  readonly id: string;
  readonly name: readonly [en: string, zh: string];
  readonly types: readonly string[];
  readonly questions: readonly (readonly [
    id: string,
    en: string,
    zh: string,
    answers: readonly AnswerRow[],
  ])[];
  readonly steps: readonly (readonly [atLeast: number, priority: Priority])[];
  readonly instructions: readonly InstructionRow[];
}

/** The three answers that most questions have, and what each weighs. */
export const yesNo = (yes: number, no = 0, unknown = 0): readonly AnswerRow[] => [
  ['yes', 'Yes', '是', yes],
  ['no', 'No', '否', no],
  ['unknown', 'Not known', '不清楚', unknown],
];

/** Spells the tables out, in their order. */
export const listCards = (tables: readonly CardTable[]): readonly QuestionCard[] =>
  tables.map(({ id, name: [en, zh], types, questions, steps, instructions }) => ({
    id,
    name: { en, zh },
    incidentTypes: types,
    questions: questions.map(
      ([question, textEn, textZh, answers]): Question => ({
        id: question,
        text: { en: textEn, zh: textZh },
        answers: answers.map(([answer, answerEn, answerZh, weight]) => ({
          id: answer,
          text: { en: answerEn, zh: answerZh },
          weight,
        })),
      }),
    ),
    steps: steps.map(([atLeast, priority]) => ({ atLeast, priority })),
    instructions: instructions.map(
      ([textEn, textZh, question, answer]): Instruction => ({
        text: { en: textEn, zh: textZh },
        ...(question === undefined || answer === undefined ? {} : { when: { question, answer } }),
      }),
    ),
  }));
