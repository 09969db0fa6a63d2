import {
  Button,
  CALL_OUTCOMES,
  type Call,
  type CallOutcome,
  type Incident,
  Notice,
  TextAreaInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { actorText, callerPlaceText } from '../state/wording.js';

export function CallersAndNotes({
  incident,
  calls,
  mayWrite,
  note,
  onNote,
}: {
  readonly incident: Incident;
  readonly calls: readonly Call[];
  readonly mayWrite: boolean;
  readonly note: string;
  onNote(text: string): void;
}): ReactNode {
  const intl = useIntl();
  const { t, time } = intl;
  return (
    <>
      <section aria-labelledby="callers-title">
        <h3 id="callers-title" className="panel-heading">
          {t('incident.callers')}
        </h3>
        {calls.length === 0 ? <p className="muted">{t('incident.noCallers')}</p> : null}
        <ul className="caller-list">
          {calls.map((call) => (
            <CallerRow key={call.id} call={call} mayWrite={mayWrite} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="notes-title">
        <h3 id="notes-title" className="panel-heading">
          {t('incident.notes')}
        </h3>
        {mayWrite ? <NoteForm incidentId={incident.id} note={note} onNote={onNote} /> : null}
        {incident.notes.length === 0 ? <p className="muted">{t('incident.noNotes')}</p> : null}
        <ul className="note-list">
          {incident.notes.toReversed().map(({ at, by, text }) => (
            <li key={`${at} ${by} ${text}`}>
              <span className="muted">
                {time(at)} · {actorText(by, intl)}
              </span>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function CallerRow({ call, mayWrite }: { readonly call: Call; readonly mayWrite: boolean }): ReactNode {
  const intl = useIntl();
  const { t, time, problem } = intl;
  const { api } = useServer();
  const end = useAction((key, outcome: CallOutcome) => api.endCall(key, call.id, outcome));
  return (
    <li className="caller">
      <div>
        <strong>{call.callerName ?? call.callerNumber ?? t('incident.numberHidden')}</strong>{' '}
        {call.callerName && call.callerNumber ? <span>{call.callerNumber}</span> : null}
        <span className="muted">
          {t(`channel.${call.channel}`)} · {time(call.ringAt)}
          {call.outcome === null ? null : <> · {t(`outcome.${call.outcome}`)}</>}
        </span>
        {call.location ? <p>“{callerPlaceText(call.location, intl)}”</p> : null}
      </div>
      {mayWrite && call.endedAt === null && call.answeredAt !== null ? (
        <MenuTrigger>
          <AriaButton className="ll-button ll-button-plain ll-button-small">
            {t('incident.endCall')}
          </AriaButton>
          <Popover className="ll-popover">
            <Menu
              className="ll-listbox"
              aria-label={t('incident.endAs')}
              onAction={(key) => {
                const outcome = CALL_OUTCOMES.find((each) => each === key);
                if (outcome) void end.run(outcome);
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
      ) : null}
      {end.error === null ? null : <Notice tone="refusal">{problem(end.error)}</Notice>}
    </li>
  );
}

function NoteForm({
  incidentId,
  note,
  onNote,
}: {
  readonly incidentId: string;
  readonly note: string;
  onNote(text: string): void;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const add = useAction((key, text: string) => api.addNote(key, incidentId, text));
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await add.run(note)) onNote('');
  };
  return (
    <form className="note-form" onSubmit={(event) => void submit(event)}>
      <TextAreaInput label={t('incident.addNote')} value={note} onChange={onNote} inputRef={input} />
      {add.error === null ? null : <Notice tone="refusal">{problem(add.error)}</Notice>}
      <Button type="submit" size="small" isDisabled={add.pending || note.trim() === ''}>
        {t('incident.addNote')}
      </Button>
    </form>
  );
}
