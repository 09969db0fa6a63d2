import { describe, expect, test } from 'vitest';
import {
  assess,
  findIncidentType,
  instructionsFor,
  QUESTION_CARDS,
  type QuestionCard,
  questionCardFor,
} from '../src/catalogue/index.js';

const cardFor = (typeCode: string): QuestionCard => {
  const card = questionCardFor(typeCode);
  if (!card) throw new Error(`no card for ${typeCode}`);
  return card;
};

describe('the shipped question cards', () => {
  test('are asked for types that exist, each type by one card', () => {
    const types = QUESTION_CARDS.flatMap((card) => card.incidentTypes);
    expect(types.filter((code) => findIncidentType(code)?.code !== code)).toEqual([]);
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(QUESTION_CARDS.map(({ id }) => id)).size).toBe(QUESTION_CARDS.length);
  });

  test.each(QUESTION_CARDS.map((card) => [card.id, card] as const))(
    '%s is whole: texts in both languages, own ids, instructions that can come up, steps in order',
    (_, card) => {
      const texts = [
        card.name,
        ...card.questions.flatMap(({ text, answers }) => [text, ...answers.map((each) => each.text)]),
        ...card.instructions.map(({ text }) => text),
      ];
      for (const { en, zh } of texts) {
        expect(en).not.toMatch(/\p{Script=Han}/u);
        expect(zh).toMatch(/\p{Script=Han}/u);
      }
      expect(new Set(card.questions.map(({ id }) => id)).size).toBe(card.questions.length);
      for (const { answers } of card.questions) {
        expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
        expect(answers.length).toBeLessThanOrEqual(9);
      }
      for (const { when } of card.instructions) {
        if (!when) continue;
        const question = card.questions.find(({ id }) => id === when.question);
        expect(question?.answers.map(({ id }) => id)).toContain(when.answer);
      }
      const steps = card.steps.map(({ atLeast }) => atLeast);
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
    },
  );

  test('know the type in small letters, and no type that has no card', () => {
    expect(questionCardFor('perUncon')?.id).toBe('unconscious');
    expect(questionCardFor('PARKING')).toBeUndefined();
  });
});

describe('the priority that answers call for', () => {
  test('stays that of the type while nothing is answered', () => {
    for (const card of QUESTION_CARDS) {
      expect(assess(card, {}, 1)).toMatchObject({ priority: 1, step: null, held: false, answered: 0 });
    }
  });

  test('is raised by a single grave answer', () => {
    const card = cardFor('MVA');
    expect(assess(card, { hurt: 'badly' }, 3)).toMatchObject({ sum: 6, priority: 1, step: { atLeast: 4 } });
  });

  test('is lowered only when every question is answered', () => {
    const card = cardFor('FSTRU');
    const calm = { inside: 'no', seen: 'out', building: 'other', danger: 'no' };
    expect(assess(card, calm, 1)).toMatchObject({ priority: 1, held: true, answered: 4 });
    expect(assess(card, { ...calm, hurt: 'no' }, 1)).toMatchObject({ priority: 3, held: false, sum: -3 });
  });

  test('is not moved by answers the card does not have', () => {
    const card = cardFor('MVA');
    expect(assess(card, { hurt: 'who knows', unheard: 'yes' }, 3)).toMatchObject({
      answered: 0,
      priority: 3,
    });
  });
});

describe('what the caller is told', () => {
  test('grows with the answers', () => {
    const card = cardFor('PERUNCON');
    const before = instructionsFor(card, {}).length;
    const told = instructionsFor(card, { breathing: 'none' });
    expect(told.length).toBeGreaterThan(before);
    expect(told.some(({ text }) => text.en.includes('centre of the chest'))).toBe(true);
  });
});
