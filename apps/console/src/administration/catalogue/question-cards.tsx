import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { Segmented, SelectInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { PickOne } from '../parts/choices.js';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields, NumberInput, Rows, TextFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type QuestionCard = SectionEntry<'question-cards'>;
type Question = QuestionCard['questions'][number];
type Instruction = QuestionCard['instructions'][number];

const PRIORITIES = [1, 2, 3, 4, 5] as const;

const SPEC: SectionSpec<QuestionCard> = {
  section: 'question-cards',
  schema: SECTION_SCHEMAS['question-cards'],
  keyLabel: 'catalogue.identifier',
  keyForm: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
  removable: true,
  effective: false,
  keyOf: ({ id }) => id,
  withKey: (card, id) => ({ ...card, id }),
  blank: () => ({
    id: '',
    name: { en: '', zh: '' },
    incidentTypes: [],
    questions: [blankQuestion([])],
    steps: [],
    instructions: [],
  }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, incidentTypes, questions, steps, instructions }, words) => [
    ...nameFacts(name, words),
    { label: words.intl.t('catalogue.askedFor'), value: typesText(incidentTypes, words) },
    ...questions.map(({ text, answers }, index) => ({
      label: words.intl.t('catalogue.questionNumber', { number: index + 1 }),
      value: `${both(text)} ${answers.map((answer) => `${both(answer.text)} (${answer.weight})`).join(', ')}`,
    })),
    ...steps.map(({ atLeast, priority }, index) => ({
      label: words.intl.t('catalogue.stepNumber', { number: index + 1 }),
      value: words.intl.t('catalogue.stepText', { sum: atLeast, priority }),
    })),
    ...instructions.map((instruction, index) => ({
      label: words.intl.t('catalogue.instructionNumber', { number: index + 1 }),
      value: `${both(instruction.text)}${instruction.when ? ` (${instruction.when.question} = ${instruction.when.answer})` : ''}`,
    })),
  ],
  summaryOf: ({ questions, incidentTypes }, words) =>
    `${words.intl.t('catalogue.questionCount', { count: questions.length })} · ${typesText(incidentTypes, words)}`,
  Fields,
};

/** What is asked while the caller is on the line, and what is told. */
export const QuestionCardsSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

const both = ({ en, zh }: { readonly en: string; readonly zh: string }): string => `${en} / ${zh}`;

const typesText = (codes: readonly string[], { intl, catalogue }: Words): string =>
  codes.length === 0
    ? intl.t('catalogue.noType')
    : intl.list(codes.map((code) => catalogue.typeName(code, intl)));

/** A short id that none of the others has. */
function freeId(prefix: string, taken: readonly { readonly id: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ id }) => id === `${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

const blankAnswer = (others: readonly { readonly id: string }[]): Question['answers'][number] => ({
  id: freeId('a', others),
  text: { en: '', zh: '' },
  weight: 0,
});

function blankQuestion(others: readonly Question[]): Question {
  const first = blankAnswer([]);
  return {
    id: freeId('q', others),
    text: { en: '', zh: '' },
    answers: [first, blankAnswer([first])],
  };
}

function Fields({ entry, onChange }: FieldsProps<QuestionCard>): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  return (
    <>
      <NameFields value={entry.name} onChange={(name) => onChange({ ...entry, name })} />
      <AskedFor entry={entry} onChange={onChange} />
      <fieldset className="catalogue-fieldset">
        <legend>{t('catalogue.questions')}</legend>
        <p className="muted">{t('catalogue.questionsHint')}</p>
        <Rows
          items={entry.questions}
          name={(_, index) => t('catalogue.questionNumber', { number: index + 1 })}
          add={{ label: t('catalogue.addQuestion'), make: () => blankQuestion(entry.questions) }}
          onChange={(questions) => onChange({ ...entry, questions: [...questions] })}
        >
          {(question, change) => <QuestionFields question={question} onChange={change} />}
        </Rows>
      </fieldset>
      <fieldset className="catalogue-fieldset">
        <legend>{t('catalogue.steps')}</legend>
        <p className="muted">{t('catalogue.stepsHint')}</p>
        <Rows
          items={entry.steps}
          name={(_, index) => t('catalogue.stepNumber', { number: index + 1 })}
          add={{ label: t('catalogue.addStep'), make: () => ({ atLeast: 10, priority: 1 as const }) }}
          onChange={(steps) => onChange({ ...entry, steps: [...steps] })}
        >
          {(step, change) => (
            <>
              <NumberInput
                label={t('catalogue.atLeast')}
                value={step.atLeast}
                minimum={-10_000}
                maximum={10_000}
                onChange={(atLeast) => change({ ...step, atLeast })}
              />
              <Segmented
                label={t('catalogue.priority')}
                value={String(step.priority)}
                choices={PRIORITIES.map((each) => ({ id: String(each), label: String(each) }))}
                onChange={(chosen) => {
                  const priority = PRIORITIES.find((each) => String(each) === chosen);
                  if (priority) change({ ...step, priority });
                }}
              />
            </>
          )}
        </Rows>
      </fieldset>
      <fieldset className="catalogue-fieldset">
        <legend>{t('catalogue.instructions')}</legend>
        <p className="muted">{t('catalogue.instructionsHint')}</p>
        <Rows<Instruction>
          items={entry.instructions}
          name={(_, index) => t('catalogue.instructionNumber', { number: index + 1 })}
          add={{ label: t('catalogue.addInstruction'), make: () => ({ text: { en: '', zh: '' } }) }}
          onChange={(instructions) => onChange({ ...entry, instructions: [...instructions] })}
        >
          {(instruction, change) => (
            <InstructionFields instruction={instruction} questions={entry.questions} onChange={change} />
          )}
        </Rows>
      </fieldset>
    </>
  );
}

/** The incident types of the card; those that another card is asked for are told by the server. */
function AskedFor({ entry, onChange }: FieldsProps<QuestionCard>): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const others = catalogue.types.filter(({ code }) => !entry.incidentTypes.includes(code));
  return (
    <fieldset className="catalogue-fieldset">
      <legend>{intl.t('catalogue.askedFor')}</legend>
      <Rows
        items={entry.incidentTypes}
        name={(code) => catalogue.typeName(code, intl)}
        add={{ label: intl.t('catalogue.addType'), make: () => others[0]?.code ?? '' }}
        onChange={(incidentTypes) => onChange({ ...entry, incidentTypes: [...incidentTypes] })}
      >
        {(code, change) => (
          <PickOne
            label={intl.t('catalogue.incidentType')}
            value={code}
            choices={catalogue.types
              .filter((type) => type.code === code || others.includes(type))
              .map((type) => ({ id: type.code, label: `${intl.name(type.name)} (${type.code})` }))}
            onChange={(chosen) => {
              if (chosen !== null) change(chosen);
            }}
          />
        )}
      </Rows>
    </fieldset>
  );
}

function QuestionFields({
  question,
  onChange,
}: {
  readonly question: Question;
  onChange(question: Question): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <div className="catalogue-stack">
      <TextFields
        label={t('catalogue.question')}
        value={question.text}
        onChange={(text) => onChange({ ...question, text })}
      />
      <Rows
        items={question.answers}
        name={(answer, index) => answer.text.en || t('catalogue.answerNumber', { number: index + 1 })}
        add={{ label: t('catalogue.addAnswer'), make: () => blankAnswer(question.answers) }}
        onChange={(answers) => onChange({ ...question, answers: [...answers] })}
      >
        {(answer, change) => (
          <>
            <NameFields value={answer.text} onChange={(text) => change({ ...answer, text })} />
            <NumberInput
              label={t('catalogue.weight')}
              value={answer.weight}
              minimum={-1000}
              maximum={1000}
              onChange={(weight) => change({ ...answer, weight })}
            />
          </>
        )}
      </Rows>
    </div>
  );
}

const ALWAYS = 'always';

function InstructionFields({
  instruction,
  questions,
  onChange,
}: {
  readonly instruction: Instruction;
  readonly questions: readonly Question[];
  onChange(instruction: Instruction): void;
}): ReactNode {
  const { t, name } = useIntl();
  const conditions = questions.flatMap((question) =>
    question.answers.map((answer) => ({
      id: `${question.id} ${answer.id}`,
      label: `${name(question.text)} — ${name(answer.text)}`,
      when: { question: question.id, answer: answer.id },
    })),
  );
  const { text, when } = instruction;
  return (
    <div className="catalogue-stack">
      <TextFields
        label={t('catalogue.instruction')}
        value={text}
        onChange={(changed) => onChange({ ...instruction, text: changed })}
      />
      <SelectInput
        label={t('catalogue.when')}
        value={when ? `${when.question} ${when.answer}` : ALWAYS}
        choices={[{ id: ALWAYS, label: t('catalogue.always') }, ...conditions]}
        onChange={(id) => {
          const chosen = conditions.find((each) => each.id === id);
          onChange(chosen ? { text, when: chosen.when } : { text });
        }}
      />
    </div>
  );
}
