import type { LonLat } from '@lamplight/base';
import {
  type Api,
  Button,
  CALL_OUTCOMES,
  type CallOutcome,
  ModalDialog,
  Notice,
  PriorityMark,
  ProblemError,
  Segmented,
  TextAreaInput,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useDesk, useDeskState, usePicking } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { ageText, priorityText } from '../state/wording.js';
import { type Draft, isUntouched } from './draft.js';
import { PlaceField, placeFacts } from './place-field.js';
import { usePlaceAtPosition } from './place-search.js';
import { listNear } from './same-incident.js';
import { TypePicker } from './type-picker.js';

const PRIORITIES = ['default', '1', '2', '3', '4', '5'] as const;

/** A call being taken down. The order of the fields is the order of the questions: where, what, who. */
export function IntakePanel({ draft }: { readonly draft: Draft }): ReactNode {
  const intl = useIntl();
  const { t, name, problem } = intl;
  const { api } = useServer();
  const desk = useDesk();
  const { view } = useDeskState();
  const onChange = desk.draft.change;
  const onDiscard = (): void => {
    desk.draft.discard();
    desk.store.change({ showing: 'incident' });
    desk.setArea('queue');
  };
  const onDone = (id: string): void => {
    desk.draft.discard();
    desk.openIncident(id);
  };
  usePicking('intake', true, (at) => {
    onChange({ position: at, method: 'map', place: null });
    desk.setArea('work');
  });
  const board = useWork();
  const catalogue = useCatalogue();
  const wordsInput = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState(false);
  const call = draft.callId === null ? null : (board.calls.get(draft.callId) ?? null);
  const submit = useAction((_, current: Draft) =>
    openIncident(api, current, current.place ? name(current.place.label).slice(0, 200) : null),
  );
  usePlaceAtPosition(draft, onChange);
  const end = useAction((key, outcome: CallOutcome) => api.endCall(key, draft.callId ?? '', outcome));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another draft is another form
  useEffect(() => wordsInput.current?.focus(), [draft.incidentId]);

  const send = async (): Promise<void> => {
    const placed = draft.words.trim() !== '' || draft.position !== null;
    setMissing(!placed);
    if (placed && (await submit.run(draft))) onDone(draft.incidentId);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  };
  const type = catalogue.findType(draft.typeCode);
  const { position } = draft;

  return (
    <form className="intake" onSubmit={onSubmit} onKeyDown={onKeyDown} aria-labelledby="intake-title">
      <header className="area-head">
        <div>
          <h2 id="intake-title">
            {call
              ? t('intake.answering', { number: call.callerNumber ?? t('queue.noNumber') })
              : t('intake.title')}
          </h2>
          <p className="muted">{t('intake.kept')}</p>
        </div>
      </header>
      <div className="panel-body">
        <PlaceField
          words={draft.words}
          inputRef={wordsInput}
          near={() => view?.centre ?? null}
          onWords={(words) => onChange({ words })}
          onChoose={({ position: at, label, kind, precision, note }) => {
            onChange({ position: at, method: 'address', place: { label, found: { kind, precision, note } } });
            desk.reveal(at);
          }}
        />
        <div className="ll-field">
          <span className="field-label">{t('intake.position')}</span>
          <Position draft={draft} />
          <div className="position-row">
            <Button size="small" className="only-narrow" onPress={() => desk.setArea('map')}>
              {t('intake.pickOnMap')}
            </Button>
            <Button
              size="small"
              variant="quiet"
              onPress={() => onChange({ position: view?.centre ?? null, method: 'map', place: null })}
            >
              {t('intake.useCentre')}
            </Button>
            {position ? (
              <Button
                size="small"
                variant="quiet"
                onPress={() => onChange({ position: null, method: 'map', place: null })}
              >
                {t('intake.clearPosition')}
              </Button>
            ) : null}
          </div>
        </div>
        {position ? <SameIncident draft={draft} at={position} onDone={onDone} /> : null}
        <TypePicker value={draft.typeCode} onChange={(typeCode) => onChange({ typeCode })} />
        <Segmented
          label={t('intake.priority')}
          value={PRIORITIES.find((each) => each === String(draft.priority)) ?? 'default'}
          choices={PRIORITIES.map((id) =>
            id === 'default'
              ? { id, label: t('intake.priorityDefault') }
              : {
                  id,
                  label: priorityText(Number(id), intl),
                  content: <PriorityMark priority={Number(id)} size={22} />,
                },
          )}
          hint={type ? priorityText(draft.priority ?? type.priority, intl) : undefined}
          onChange={(chosen) => onChange({ priority: chosen === 'default' ? null : Number(chosen) })}
        />
        <TextAreaInput label={t('intake.note')} value={draft.note} onChange={(note) => onChange({ note })} />
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
        {missing ? <Notice tone="refusal">{t('intake.needsPlace')}</Notice> : null}
        {submit.error === null ? null : <Notice tone="refusal">{problem(submit.error)}</Notice>}
        {end.error === null ? null : <Notice tone="refusal">{problem(end.error)}</Notice>}
      </div>
      <footer className="intake-foot">
        <Button type="submit" variant="primary" shortcut={t('intake.submitKey')} isDisabled={submit.pending}>
          {submit.pending ? t('common.working') : t('intake.submit')}
        </Button>
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

/** Where the draft is on the map: the place in words when it has one, and degrees always. */
function Position({ draft: { position, method, place } }: { readonly draft: Draft }): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  if (!position) return <p className="muted">{t('intake.noPosition')}</p>;
  const degrees = t('intake.position.set', { lat: position[1].toFixed(5), lon: position[0].toFixed(5) });
  if (!place) return <p>{degrees}</p>;
  const { label, found } = place;
  return (
    <p className="position" role="status">
      <strong>{name(label)}</strong>
      <span className="muted">
        {found ? placeFacts(found, intl) : t(`method.${method}`)} · {degrees}
      </span>
    </p>
  );
}

/**
 * Sends a draft as commands: the call, its answer, the incident. The keys come from the draft, so that sending it
 * again, even after a reload, goes on where it broke off instead of doing anything twice.
 */
async function openIncident(api: Api, draft: Draft, label: string | null): Promise<void> {
  const words = draft.words.trim() || null;
  const location = {
    position: draft.position,
    method: draft.position ? draft.method : 'words',
    words,
    label,
  } as const;
  const callerName = draft.callerName.trim() || null;
  const callerNumber = draft.callerNumber.trim() || null;
  const step = (name: string): string => `${draft.key}.${name}`;
  const callId = draft.callId ?? draft.newCallId;
  if (draft.callId === null) {
    await unlessDone('call-already-known', () =>
      api.receiveCall(step('call'), { callId, channel: 'voice', callerNumber, location }),
    );
    await unlessDone('call-already-answered', () => api.answerCall(step('answer'), callId));
  }
  if (callerName !== null || (draft.callId !== null && callerNumber !== null)) {
    await api.describeCaller(step('caller'), callId, { callerName, callerNumber });
  }
  await unlessDone('incident-already-known', () =>
    api.openIncident(step(`incident.${fingerprint(draft)}`), {
      incidentId: draft.incidentId,
      source: 'call',
      callId,
      location,
      classification:
        draft.typeCode === null
          ? null
          : {
              typeCode: draft.typeCode,
              priority: PRIORITY_VALUES.find((each) => each === draft.priority) ?? null,
            },
      note: draft.note.trim() || null,
    }),
  );
}

const PRIORITY_VALUES = [1, 2, 3, 4, 5] as const;

/** Another text is another request: after a refusal the corrected draft must not go out under the spent key. */
function fingerprint(draft: Draft): string {
  let hash = 0;
  for (const character of JSON.stringify(draft))
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (hash >>> 0).toString(36);
}

async function unlessDone(
  code: 'call-already-known' | 'call-already-answered' | 'incident-already-known',
  run: () => Promise<unknown>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ProblemError && error.is(code))) throw error;
  }
}

/** Offers incidents near by, so that the fifth call about one fire does not open a fifth fire. */
function SameIncident({
  draft,
  at,
  onDone,
}: {
  readonly draft: Draft;
  readonly at: LonLat;
  onDone(incidentId: string): void;
}): ReactNode {
  const intl = useIntl();
  const { t, problem, distance } = intl;
  const { api } = useServer();
  const board = useWork();
  const catalogue = useCatalogue();
  const now = useNow();
  const link = useAction((key, incidentId: string) => api.linkCall(key, draft.callId ?? '', incidentId));
  const near = listNear(board, at, now);
  if (near.length === 0) return null;
  return (
    <section className="same" aria-labelledby="same-title">
      <h3 id="same-title" className="field-label">
        {t('intake.same')}
      </h3>
      <ul>
        {near.map(({ incident, away }) => (
          <li key={incident.id}>
            <PriorityMark priority={incident.priority} size={18} />
            <span>
              {t('intake.sameItem', {
                number: incident.number,
                type: catalogue.typeName(incident.typeCode, intl),
                distance: distance(away),
                age: ageText(incident.openedAt, now, intl),
              })}
            </span>
            {draft.callId === null ? null : (
              <Button
                size="small"
                isDisabled={link.pending}
                onPress={() => void link.run(incident.id).then((done) => done && onDone(incident.id))}
              >
                {t('intake.link')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {link.error === null ? null : <Notice tone="refusal">{problem(link.error)}</Notice>}
    </section>
  );
}
