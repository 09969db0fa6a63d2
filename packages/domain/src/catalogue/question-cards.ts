import type { QuestionCard } from './question-card.js';
import { listCards } from './question-card-table.js';
import { FIRE_CARDS } from './question-cards-fire.js';
import { MEDICAL_CARDS } from './question-cards-medical.js';
import { POLICE_CARDS } from './question-cards-police.js';

/**
 * The cards an agency starts from, for the commonest kinds of call. Weights and wording are our own starting point:
 * each agency looks them through, and its medical director approves what is told to callers.
 */
export const QUESTION_CARDS: readonly QuestionCard[] = listCards([
  ...MEDICAL_CARDS,
  ...FIRE_CARDS,
  ...POLICE_CARDS,
]);

/** The card that is asked for an incident type; letters may be of either case. */
export function questionCardFor(
  typeCode: string,
  cards: readonly QuestionCard[] = QUESTION_CARDS,
): QuestionCard | undefined {
  const code = typeCode.toUpperCase();
  return cards.find(({ incidentTypes }) => incidentTypes.includes(code));
}
