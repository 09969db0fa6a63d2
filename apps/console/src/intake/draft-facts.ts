import {
  type Answers,
  type Assessment,
  assess,
  type Language,
  type Priority,
  type QuestionCard,
} from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import type { Draft } from './draft.js';

/** What follows from a draft by the agency's catalogue. */
export interface DraftFacts {
  readonly card: QuestionCard | undefined;
  /** What the answers come to; `null` without a card. */
  readonly assessment: Assessment | null;
  /** What the priority is going to be; `null` while there is neither a type nor a choice. */
  readonly priority: Priority | null;
}

export function factsOf(draft: Draft, catalogue: CatalogueIndex): DraftFacts {
  const type = catalogue.findType(draft.typeCode);
  const card = catalogue.questionCardOf(draft.typeCode);
  const ofType = PRIORITIES.find((each) => each === type?.priority);
  const assessment = card && ofType !== undefined ? assess(card, draft.answers, ofType) : null;
  return { card, assessment, priority: draft.priority ?? assessment?.priority ?? ofType ?? null };
}

export const PRIORITIES = [1, 2, 3, 4, 5] as const satisfies Priority[];

/** The answers as they are kept with the incident, in the taker's language. */
export function answersText(card: QuestionCard, answers: Answers, { name, t }: Language): string | null {
  const told = card.questions.flatMap(({ id, text, answers: choices }) => {
    const answer = choices.find((each) => each.id === answers[id]);
    return answer ? [t('intake.card.noteItem', { question: name(text), answer: name(answer.text) })] : [];
  });
  return told.length === 0 ? null : [t('intake.card.note', { card: name(card.name) }), ...told].join('\n');
}
