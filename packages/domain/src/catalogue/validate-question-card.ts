import { type Complain, checkText, isPriority, repeated } from './catalogue-problem.js';
import type { QuestionCard } from './question-card.js';

/** What is wrong within one question card. */
export function validateQuestionCard(card: QuestionCard, complain: Complain): void {
  const { name, questions, steps, instructions } = card;
  checkText(name, 'name', complain);
  if (questions.length === 0 && instructions.length === 0) complain('questions', 'questions-missing');
  for (const id of repeated(questions.map((question) => question.id))) complain('questions', 'id-twice', id);
  for (const [index, { text, answers }] of questions.entries()) {
    const field = `questions.${index}`;
    checkText(text, `${field}.text`, complain);
    if (answers.length < 2) complain(`${field}.answers`, 'answers-missing');
    for (const id of repeated(answers.map((answer) => answer.id)))
      complain(`${field}.answers`, 'id-twice', id);
    for (const [place, answer] of answers.entries()) {
      checkText(answer.text, `${field}.answers.${place}.text`, complain);
      if (!Number.isFinite(answer.weight))
        complain(`${field}.answers.${place}.weight`, 'weight-invalid', answer.weight);
    }
  }
  for (const sum of repeated(steps.map(({ atLeast }) => String(atLeast))))
    complain('steps', 'step-twice', sum);
  for (const [index, { priority }] of steps.entries()) {
    if (!isPriority(priority)) complain(`steps.${index}.priority`, 'priority-invalid', priority);
  }
  for (const [index, { text, when }] of instructions.entries()) {
    checkText(text, `instructions.${index}.text`, complain);
    if (when === undefined) continue;
    const question = questions.find(({ id }) => id === when.question);
    if (!question?.answers.some(({ id }) => id === when.answer))
      complain(`instructions.${index}.when`, 'answer-unknown', `${when.question} = ${when.answer}`);
  }
}
