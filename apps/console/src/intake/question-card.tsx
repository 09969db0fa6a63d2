import { Button, instructionsFor, type QuestionCard, Segmented, useIntl } from '@lamplight/ui';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { priorityText } from '../state/wording.js';
import type { Draft } from './draft.js';
import type { DraftFacts } from './draft-facts.js';

const READ_OUT = ['en', 'zh'] as const;

/**
 * The questions to ask about a type, and what to tell the caller to do. An answer is one key: its number takes it and
 * goes on to the next question, the arrows choose as in any group.
 */
export function QuestionCardView({
  card,
  draft,
  facts: { assessment },
  onChange,
  onLeave,
}: {
  readonly card: QuestionCard;
  readonly draft: Draft;
  readonly facts: DraftFacts;
  onChange(part: Partial<Draft>): void;
  /** The last question has been answered. */
  onLeave(): void;
}): ReactNode {
  const intl = useIntl();
  const { t, name, locale } = intl;
  const titleId = useId();
  const readOutIn = draft.readOutIn ?? (locale === 'en' ? 'en' : 'zh');
  const lang = readOutIn === 'en' ? 'en' : 'zh-CN';
  const answer = (question: string, chosen: string): void =>
    onChange({ answers: { ...draft.answers, [question]: chosen } });
  const instructions = instructionsFor(card, draft.answers);

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const question = card.questions[index];
    const chosen = /^[1-9]$/.test(event.key) ? question?.answers[Number(event.key) - 1] : undefined;
    if (!question || !chosen || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    answer(question.id, chosen.id);
    const next = card.questions[index + 1];
    if (next) focusQuestion(next.id);
    else onLeave();
  };

  return (
    <section className="question-card" aria-labelledby={titleId}>
      <header className="question-card-head">
        <h3 id={titleId}>{name(card.name)}</h3>
        <Segmented
          label={t('intake.card.readOutIn')}
          hideLabel
          value={readOutIn}
          choices={READ_OUT.map((id) => ({ id, label: t(id === 'en' ? 'language.en' : 'language.zh-CN') }))}
          onChange={(chosen) => onChange({ readOutIn: chosen })}
        />
      </header>
      {card.questions.map(({ id, text, answers }, index) => (
        <RadioGroup
          key={id}
          id={questionId(id)}
          className="question"
          orientation="horizontal"
          value={draft.answers[id] ?? null}
          onChange={(chosen) => answer(id, chosen)}
        >
          <Label className="question-text" lang={lang}>
            {text[readOutIn]}
          </Label>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the radios within */}
          <div className="answers" onKeyDown={(event) => onKeyDown(event, index)}>
            {answers.map((each, rank) => (
              <Radio key={each.id} value={each.id} className="answer">
                <span className="ll-key" aria-hidden="true">
                  {rank + 1}
                </span>
                <span lang={lang}>{each.text[readOutIn]}</span>
              </Radio>
            ))}
          </div>
        </RadioGroup>
      ))}
      {assessment ? (
        <p className="assessment" role="status">
          {t('intake.card.answered', { answered: assessment.answered, of: card.questions.length })}
          {assessment.step ? (
            <>
              {' · '}
              {t('intake.card.sum', {
                sum: assessment.sum,
                atLeast: assessment.step.atLeast,
                priority: priorityText(assessment.step.priority, intl),
              })}
            </>
          ) : null}
          {assessment.held ? <> · {t('intake.card.held')}</> : null}
          {assessment.answered > 0 ? (
            <Button size="small" variant="quiet" onPress={() => onChange({ answers: {} })}>
              {t('intake.card.clear')}
            </Button>
          ) : null}
        </p>
      ) : null}
      {instructions.length > 0 ? (
        <div className="instructions">
          <h4>{t('intake.card.tell')}</h4>
          <ul lang={lang}>
            {instructions.map(({ text }) => (
              <li key={text.en}>{text[readOutIn]}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

const questionId = (id: string): string => `question-${id}`;

/** Puts the focus on a question: on its answer, or on the first of those to choose from. */
export function focusQuestion(id: string): boolean {
  const group = document.getElementById(questionId(id));
  const radio =
    group?.querySelector<HTMLInputElement>('input:checked') ??
    group?.querySelector<HTMLInputElement>('input');
  radio?.focus();
  group?.scrollIntoView({ block: 'nearest' });
  return radio != null;
}
