import { Button, Notice, TextAreaInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useDesk, useDeskEvent } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { readStored, removeStored, writeStored } from '../state/storage.js';

/**
 * The note that is being written, always at hand below the incident. What has been typed is kept for each incident,
 * through a reload and while another incident is looked at, until it is sent.
 */
export function NoteBox({
  incidentId,
  onWriting,
}: {
  readonly incidentId: string;
  /** Tells whether somebody is at it. */
  onWriting(writing: boolean): void;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { account } = useDesk();
  const { text, latest, setText } = useNoteDraft(`note.${account.id}.${incidentId}`);
  const add = useAction((key, note: string) => api.addNote(key, incidentId, note));
  const input = useRef<HTMLTextAreaElement>(null);
  useDeskEvent('write-note', () => {
    if (!input.current) return false;
    input.current.focus();
    return true;
  });
  const change = (next: string): void => {
    setText(next);
    onWriting(next.trim() !== '');
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const note = text.trim();
    if (note === '' || !(await add.run(note))) return;
    // What was typed meanwhile is the beginning of the next note.
    if (latest.current.trim() !== note) return;
    setText('');
    onWriting(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape') {
      // Leaves the box, so that single keys work again, and does not close the incident.
      event.stopPropagation();
      input.current?.blur();
    }
  };
  return (
    <form
      className="note-box"
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
      onFocus={() => onWriting(text.trim() !== '')}
      onBlur={() => onWriting(false)}
    >
      <TextAreaInput label={t('incident.addNote')} value={text} onChange={change} inputRef={input} rows={2} />
      {add.error === null ? null : <Notice tone="refusal">{problem(add.error)}</Notice>}
      <div className="note-foot">
        <span className="muted">{t(text.trim() === '' ? 'note.hint' : 'note.kept')}</span>
        <Button type="submit" size="small" shortcut="Ctrl ↵" isDisabled={add.pending || text.trim() === ''}>
          {t('note.add')}
        </Button>
      </div>
    </form>
  );
}

/** What is written of a note, written through to the browser's store at each key. */
function useNoteDraft(name: string): {
  readonly text: string;
  readonly latest: { readonly current: string };
  setText(text: string): void;
} {
  const [text, setText] = useState(() => {
    const kept = readStored(name).text;
    return typeof kept === 'string' ? kept : '';
  });
  const latest = useRef(text);
  return {
    text,
    latest,
    setText(next) {
      latest.current = next;
      setText(next);
      if (next === '') removeStored(name);
      else writeStored(name, { text: next });
    },
  };
}
