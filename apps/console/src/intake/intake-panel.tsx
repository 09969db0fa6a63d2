import {
  Button,
  bestToJoin,
  CALL_OUTCOMES,
  type CallOutcome,
  listSameIncidents,
  ModalDialog,
  Notice,
  PriorityMark,
  type QuestionCard,
  Segmented,
  TextAreaInput,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { flushSync } from 'react-dom';
import { useDesk, useDeskState, usePicking } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { priorityText } from '../state/wording.js';
import { CallerHistory } from './caller-history.js';
import { type Draft, isUntouched } from './draft.js';
import { factsOf, PRIORITIES } from './draft-facts.js';
import { DraftTabs } from './draft-tabs.js';
import { type IntakeKey, useIntakeKeys } from './intake-keys.js';
import { PlaceFacts } from './place-facts.js';
import { PlaceField } from './place-field.js';
import { usePlaceAtPosition } from './place-search.js';
import { PositionRow } from './position-row.js';
import { focusQuestion, QuestionCardView } from './question-card.js';
import { useRecommendationPreview } from './recommendation-preview.js';
import { RecommendationStrip } from './recommendation-strip.js';
import { SameIncidents } from './same-incident.js';
import { NothingSuggestedError } from './send-draft.js';
import { TypePicker } from './type-picker.js';
import { useDevicePosition } from './use-device-position.js';
import { useSending } from './use-sending.js';

const PRIORITY_CHOICES = ['default', '1', '2', '3', '4', '5'] as const;

/**
 * A call being taken down. The order of the fields is the order of the questions: where, what, who. The incident may be
 * opened and units sent at any moment; the form stays, and what is typed further goes to the open incident.
 */
export function IntakePanel({ draft }: { readonly draft: Draft }): ReactNode {
  const intl = useIntl();
  const { t, problem } = intl;
  const { api } = useServer();
  const desk = useDesk();
  const { view } = useDeskState();
  const onChange = desk.draft.change;
  const board = useWork();
  const catalogue = useCatalogue();
  const now = useNow();
  const wordsInput = useRef<HTMLInputElement>(null);
  const typeInput = useRef<HTMLInputElement>(null);
  const noteInput = useRef<HTMLTextAreaElement>(null);
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState<'place' | 'position' | 'type' | null>(null);
  const call = draft.callId === null ? null : (board.calls.get(draft.callId) ?? null);
  const incident = draft.opened ? (board.incidents.get(draft.incidentId) ?? null) : null;
  const facts = factsOf(draft, catalogue);
  const preview = useRecommendationPreview(draft, facts.priority);
  const sending = useSending(draft);
  usePlaceAtPosition(draft, onChange);
  useDevicePosition(draft, call, onChange);
  usePicking('intake', true, (at) => {
    onChange({ position: at, method: 'map', accuracy: null, place: null });
    desk.setArea('work');
  });
  const end = useAction((key, outcome: CallOutcome) => api.endCall(key, draft.callId ?? '', outcome));
  const { position } = draft;
  const placed = draft.words.trim() !== '' || position !== null;
  const same =
    position && draft.opened === null
      ? listSameIncidents(
          board,
          { position, typeCode: draft.typeCode },
          now,
          (code) => catalogue.findType(code)?.family,
        )
      : [];
  const best = bestToJoin(same);
  const mayDispatch = desk.powers.dispatch;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another draft is another form
  useEffect(() => {
    wordsInput.current?.focus();
    setMissing(null);
  }, [draft.key]);

  const onDone = (incidentId: string): void => {
    desk.draft.discard(draft.key);
    desk.openIncident(incidentId);
  };
  const onDiscard = (): void => {
    const others = desk.draft.drafts.length > 1;
    desk.draft.discard(draft.key);
    if (others) return;
    desk.store.change({ showing: 'incident' });
    desk.setArea('queue');
  };
  const send = async (): Promise<void> => {
    setMissing(placed ? null : 'place');
    const wasOpen = draft.opened !== null;
    if (placed && (await sending.send()) && !wasOpen) onDone(draft.incidentId);
  };
  const finish = async (): Promise<void> => {
    if (await sending.send()) onDone(draft.incidentId);
  };
  const dispatch = async (): Promise<void> => {
    const lacks = position === null ? 'position' : draft.typeCode === null ? 'type' : null;
    setMissing(lacks);
    if (lacks === null) await sending.dispatch(preview.suggest);
  };
  const join = async (incidentId: string): Promise<void> => {
    if (await sending.join(incidentId)) onDone(incidentId);
  };
  const toQuestions = (card: QuestionCard | undefined): void => {
    const open = card?.questions.find(({ id }) => draft.answers[id] === undefined);
    const first = open ?? card?.questions[0];
    if (!first || !focusQuestion(first.id)) noteInput.current?.focus();
  };
  useIntakeKeys((key: IntakeKey) => {
    switch (key.does) {
      case 'send':
        void send();
        break;
      case 'dispatch':
        if (mayDispatch) void dispatch();
        break;
      case 'join':
        if (best) void join(best.incident.id);
        break;
      case 'questions':
        toQuestions(facts.card);
        break;
      case 'switch': {
        const chosen = desk.draft.drafts[key.rank - 1];
        if (chosen) desk.draft.choose(chosen.key);
        break;
      }
    }
  });

  return (
    <form
      className="intake"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
      aria-labelledby="intake-title"
    >
      <DraftTabs current={draft.key} />
      <header className="area-head">
        <div>
          <h2 id="intake-title">
            {incident
              ? t('intake.openTitle', { number: incident.number })
              : call
                ? t('intake.answering', { number: call.callerNumber ?? t('queue.noNumber') })
                : t('intake.title')}
          </h2>
          <p className="muted">{t(draft.opened ? 'intake.keptOpen' : 'intake.kept')}</p>
        </div>
      </header>
      <div className="panel-body">
        <PlaceField
          words={draft.words}
          inputRef={wordsInput}
          near={() => view?.centre ?? null}
          onWords={(words) => onChange({ words })}
          onChoose={({ position: at, label, kind, precision, note }) => {
            onChange({
              position: at,
              method: 'address',
              accuracy: null,
              place: { label, found: { kind, precision, note } },
            });
            desk.reveal(at);
            typeInput.current?.focus();
          }}
          onLeave={() => typeInput.current?.focus()}
        />
        <PositionRow draft={draft} onChange={onChange} />
        <SameIncidents
          found={same}
          isDisabled={sending.pending}
          hasCall={draft.callId !== null}
          onJoin={(incidentId) => void join(incidentId)}
        />
        {position ? <PlaceFacts position={position} except={draft.incidentId} /> : null}
        <TypePicker
          value={draft.typeCode}
          inputRef={typeInput}
          // At once: the next key, a moment later, is meant for the first question.
          onChange={(typeCode) =>
            flushSync(() => onChange({ typeCode, ...(typeCode === draft.typeCode ? {} : { answers: {} }) }))
          }
          onChosen={(code) => toQuestions(catalogue.questionCardOf(code))}
        />
        {facts.card ? (
          <QuestionCardView
            card={facts.card}
            draft={draft}
            facts={facts}
            onChange={onChange}
            onLeave={() => noteInput.current?.focus()}
          />
        ) : null}
        <Segmented
          label={t('intake.priority')}
          value={PRIORITY_CHOICES.find((each) => each === String(draft.priority)) ?? 'default'}
          choices={PRIORITY_CHOICES.map((id) =>
            id === 'default'
              ? { id, label: t(facts.card ? 'intake.priorityByAnswers' : 'intake.priorityDefault') }
              : {
                  id,
                  label: priorityText(Number(id), intl),
                  content: <PriorityMark priority={Number(id)} size={22} />,
                },
          )}
          hint={facts.priority === null ? undefined : priorityText(facts.priority, intl)}
          onChange={(chosen) =>
            onChange({ priority: PRIORITIES.find((each) => String(each) === chosen) ?? null })
          }
        />
        {draft.priority !== null && facts.assessment && facts.assessment.priority !== draft.priority ? (
          <p className="muted">
            {t('intake.card.differs', { priority: priorityText(facts.assessment.priority, intl) })}
          </p>
        ) : null}
        {incident && incident.notes.length > 0 ? (
          <ul className="sent-notes" aria-label={t('intake.sentNotes')}>
            {incident.notes.slice(-3).map((note) => (
              <li key={`${note.at} ${note.text}`}>{note.text}</li>
            ))}
          </ul>
        ) : null}
        <TextAreaInput
          label={t('intake.note')}
          value={draft.note}
          inputRef={noteInput}
          onChange={(note) => onChange({ note })}
        />
        <fieldset className="caller-fields">
          <legend>{t('intake.caller')}</legend>
          <TextInput
            label={t('intake.callerName')}
            value={draft.callerName}
            autoComplete="off"
            onChange={(callerName) => onChange({ callerName })}
          />
          <TextInput
            label={t('intake.callerNumber')}
            type="tel"
            value={draft.callerNumber}
            autoComplete="off"
            onChange={(callerNumber) => onChange({ callerNumber })}
          />
        </fieldset>
        <CallerHistory number={draft.callerNumber} except={draft.callId ?? draft.newCallId} />
      </div>
      <footer className="intake-foot">
        <RecommendationStrip preview={preview} located={position !== null} typed={draft.typeCode !== null} />
        {missing === 'place' ? <Notice tone="refusal">{t('intake.needsPlace')}</Notice> : null}
        {missing === 'position' ? <Notice tone="refusal">{t('intake.needsPosition')}</Notice> : null}
        {missing === 'type' ? <Notice tone="refusal">{t('intake.needsType')}</Notice> : null}
        {sending.error === null ? null : (
          <Notice tone="refusal">
            {sending.error instanceof NothingSuggestedError
              ? t('intake.nothingSuggested')
              : problem(sending.error, (id) => board.units.get(id)?.callSign ?? id)}
          </Notice>
        )}
        {draft.unsent ? <Notice tone="warning">{t('intake.notSentHint')}</Notice> : null}
        {end.error === null ? null : <Notice tone="refusal">{problem(end.error)}</Notice>}
        <div className="intake-buttons">
          {mayDispatch ? (
            <Button
              variant="primary"
              shortcut={t('intake.dispatchKey')}
              isDisabled={sending.pending}
              onPress={() => void dispatch()}
            >
              {t(draft.opened ? 'intake.dispatchMore' : 'intake.dispatch')}
            </Button>
          ) : null}
          <Button
            type="submit"
            variant={mayDispatch ? 'plain' : 'primary'}
            shortcut={t('intake.submitKey')}
            isDisabled={sending.pending}
          >
            {sending.pending ? t('common.working') : t(draft.opened ? 'intake.update' : 'intake.submit')}
          </Button>
          {draft.opened ? (
            <Button isDisabled={sending.pending} onPress={() => void finish()}>
              {t('intake.finish')}
            </Button>
          ) : (
            <>
              {draft.callId === null ? null : (
                <MenuTrigger>
                  <AriaButton className="ll-button ll-button-plain">{t('intake.endWithout')}</AriaButton>
                  <Popover className="ll-popover">
                    <Menu
                      className="ll-listbox"
                      aria-label={t('incident.endAs')}
                      onAction={(key) => {
                        const outcome = CALL_OUTCOMES.find((each) => each === key);
                        if (outcome) void end.run(outcome).then((done) => done && onDiscard());
                      }}
                    >
                      {CALL_OUTCOMES.map((outcome) => (
                        <MenuItem key={outcome} id={outcome} className="ll-option">
                          {t(`outcome.${outcome}`)}
                        </MenuItem>
                      ))}
                    </Menu>
                  </Popover>
                </MenuTrigger>
              )}
              <Button variant="quiet" onPress={() => (isUntouched(draft) ? onDiscard() : setAsking(true))}>
                {t('intake.discard')}
              </Button>
            </>
          )}
        </div>
      </footer>
      <ModalDialog title={t('intake.discardTitle')} isOpen={asking} onOpenChange={setAsking}>
        <div className="ll-actions">
          <Button onPress={() => setAsking(false)}>{t('common.cancel')}</Button>
          <Button
            variant="danger"
            onPress={() => {
              setAsking(false);
              onDiscard();
            }}
          >
            {t('intake.discard')}
          </Button>
        </div>
      </ModalDialog>
    </form>
  );
}
