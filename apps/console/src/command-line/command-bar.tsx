import {
  type CommandError,
  completeCommand,
  type DeskCommand,
  lexiconOf,
  newIdempotencyKey,
  parseCommand,
  ruleOf,
  UnreachableError,
  useIntl,
} from '@lamplight/ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { useTimers } from '../timers/use-timers.js';
import { CommandHelp } from './command-help.js';
import { type Found, FoundList, searchEverything } from './found.js';
import { useCommandHistory } from './history.js';
import { NothingToDo, type Refusals, runCommand } from './run-command.js';
import { commandText, divertedBy, faultText, incidentText } from './wording.js';

/** How a line ended, told until the next one is typed. */
type Outcome =
  | { readonly kind: 'done'; readonly what: string; readonly refusals: Refusals; readonly asked: number }
  | { readonly kind: 'refused'; readonly text: string };

const NOTHING_TYPED: ReturnType<typeof completeCommand> = { from: 0, completions: [] };

/** Any of these puts the caret into the command line, wherever nobody is typing; Ctrl K does so everywhere. */
const OPENING_KEYS: ReadonlySet<string> = new Set(['.', ':', ';', '。', '：', '；']);

/** One line from which everything at a desk can be done, and which says in words what Enter will do. */
export function CommandBar(): ReactNode {
  const intl = useIntl();
  const { t, problem, locale } = intl;
  const { api } = useServer();
  const desk = useDesk();
  const { incidentId, unitId } = useDeskState();
  const board = useWork();
  const catalogue = useCatalogue();
  const timers = useTimers();
  const history = useCommandHistory();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const previewId = useId();
  const [line, setLine] = useState('');
  const [place, setPlace] = useState(-1);
  const [marked, setMarked] = useState(-1);
  const [armed, setArmed] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [help, setHelp] = useState<Extract<DeskCommand, { verb: 'help' }>['about'] | 'all' | null>(null);
  const sent = useRef<{ readonly line: string; readonly key: string } | null>(null);
  const cameFrom = useRef<HTMLElement | null>(null);

  const { units, incidents } = board;
  // Thousands of names, and units change every second: known only while somebody types.
  const isIdle = line === '';
  const lexicon = useMemo(
    () =>
      isIdle
        ? null
        : lexiconOf({
            units: [...units.values()].filter(({ retired }) => !retired),
            incidents: [...incidents.values()].filter(({ status }) => status === 'open'),
            statusCodes: catalogue.statuses.map(({ code }) => code),
            dispositionCodes: catalogue.dispositions.map(({ code }) => code),
            typeCodes: catalogue.types.map(({ code }) => code),
            currentIncident:
              incidentId !== null && incidents.get(incidentId)?.status === 'open' ? incidentId : null,
            currentUnit: unitId,
          }),
    [isIdle, units, incidents, catalogue, incidentId, unitId],
  );
  const parsed = useMemo(
    () => (lexicon === null || line.trim() === '' ? null : parseCommand(line, lexicon)),
    [line, lexicon],
  );
  const { from, completions: shown } = useMemo(
    () => (lexicon ? completeCommand(line, lexicon, locale === 'en' ? 'en' : 'zh') : NOTHING_TYPED),
    [line, lexicon, locale],
  );
  useOpeningKey(input, cameFrom);

  const change = (next: string): void => {
    setLine(next);
    setMarked(-1);
    setArmed(null);
    setOutcome(null);
  };
  const leave = (): void => {
    change('');
    setPlace(-1);
    setFound(null);
    setHelp(null);
    const back = cameFrom.current;
    // Where nothing had the focus, the page itself gets it.
    const isThere = back !== null && back !== document.body && back.isConnected;
    (isThere ? back : document.getElementById('main'))?.focus();
  };
  const accept = (index: number): void => {
    const chosen = shown[index];
    if (!chosen) return;
    change(`${line.slice(0, from)}${chosen.text} `);
  };
  const subject = (id: string): string =>
    board.units.get(id)?.callSign ?? board.incidents.get(id)?.number ?? id;

  const run = async (command: DeskCommand): Promise<void> => {
    const what = commandText(command, board, catalogue, intl);
    const needsAgain = ruleOf(command.verb).confirm === true || divertedBy(command, board).length > 0;
    if (needsAgain && armed !== line) {
      setArmed(line);
      return;
    }
    const key = sent.current?.line === line ? sent.current.key : newIdempotencyKey();
    sent.current = { line, key };
    setWorking(true);
    setFound(null);
    setHelp(null);
    try {
      const refusals = await runCommand(command, key, {
        api,
        desk,
        board,
        timers,
        find: async (text) => setFound(await searchEverything(text, { api, board, locale, near: null })),
        help: (about) => setHelp(about ?? 'all'),
      });
      sent.current = null;
      history.keep(line.trim());
      change('');
      setPlace(-1);
      const asked = 'unitIds' in command ? command.unitIds.length : 1;
      if (command.verb !== 'help' && command.verb !== 'find')
        setOutcome({ kind: 'done', what, refusals, asked });
    } catch (error) {
      // Nobody knows what became of it: the same line goes out under the same key.
      if (!(error instanceof UnreachableError)) sent.current = null;
      setOutcome({
        kind: 'refused',
        text: error instanceof NothingToDo ? nothingText(error, command) : problem(error, subject),
      });
    } finally {
      setWorking(false);
      setArmed(null);
    }
  };
  const nothingText = ({ why }: NothingToDo, command: DeskCommand): string => {
    const incident = 'incidentId' in command ? incidentText(command.incidentId, board, catalogue, intl) : '';
    if (why === 'not-allowed') return t('commandLine.notAllowed');
    return t(why === 'no-type' ? 'commandLine.needsPriorityType' : 'commandLine.noSuggestion', { incident });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(history.lines.length - 1, Math.max(-1, place + step));
      change(history.lines[next] ?? '');
      setPlace(next);
    } else if (event.key === 'Tab' && shown.length > 0 && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (shown.length === 1) accept(0);
      else
        setMarked(
          (before) =>
            (before + (event.shiftKey ? shown.length - 1 : 1) + (before < 0 && event.shiftKey ? 1 : 0)) %
            shown.length,
        );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (marked >= 0) accept(marked);
      else if (parsed?.ok && !working) void run(parsed.command);
    } else if (event.key === ' ' && marked >= 0) {
      event.preventDefault();
      accept(marked);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };

  const error = parsed && !parsed.ok ? parsed.error : null;
  return (
    <section className="command-bar" aria-label={t('commandLine.label')}>
      <div className="command-line">
        <span className="command-sign" aria-hidden="true">
          ›
        </span>
        <input
          ref={input}
          className="command-input"
          type="text"
          role="combobox"
          aria-label={t('commandLine.label')}
          aria-autocomplete="list"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={marked >= 0 ? `${listId}-${marked}` : undefined}
          aria-describedby={previewId}
          aria-invalid={error !== null}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={t('commandLine.placeholder')}
          value={line}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <p id={previewId} className={`command-preview ${error ? 'bad' : ''}`} role="status">
          {working
            ? t('commandLine.working')
            : outcome
              ? outcomeText(outcome)
              : armed !== null && parsed?.ok
                ? t('commandLine.again', { what: commandText(parsed.command, board, catalogue, intl) })
                : parsed === null
                  ? t('commandLine.keys')
                  : parsed.ok
                    ? commandText(parsed.command, board, catalogue, intl)
                    : faultText(parsed.error, intl)}
        </p>
      </div>
      {error && error.end > error.start ? <Mark line={line} error={error} /> : null}
      <div
        id={listId}
        className="command-completions"
        role="listbox"
        aria-label={t('commandLine.completions')}
        hidden={shown.length === 0}
      >
        {shown.map((each, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Tab and Enter in the line do the same
          <div
            key={`${each.kind} ${each.id} ${each.text}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === marked}
            tabIndex={-1}
            className="command-completion"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => accept(index)}
          >
            <strong>{each.text}</strong>
            <span className="muted">{meaningOf(each)}</span>
          </div>
        ))}
      </div>
      {outcome?.kind === 'done' && outcome.refusals.length > 0 ? (
        <ul className="command-refusals">
          {outcome.refusals.map(({ unitId: of, error: why }) => (
            <li key={of}>
              {t('commandLine.refused', { unit: of === null ? '' : subject(of), why: problem(why, subject) })}
            </li>
          ))}
        </ul>
      ) : null}
      {found ? <FoundList found={found} onDone={leave} /> : null}
      {help === null ? null : (
        <CommandHelp about={help === 'all' ? null : help} onClose={() => setHelp(null)} />
      )}
    </section>
  );

  function outcomeText(ended: Outcome): string {
    if (ended.kind === 'refused') return ended.text;
    const refused = ended.refusals.length;
    return refused === 0
      ? t('commandLine.done', { what: ended.what })
      : t('commandLine.partly', { done: ended.asked - refused, refused });
  }

  function meaningOf({ kind, id }: (typeof shown)[number]): string {
    switch (kind) {
      case 'verb':
        return intl.code('commandLine.verb', id);
      case 'unit': {
        const unit = board.units.get(id);
        return unit?.unitType ?? '';
      }
      case 'incident':
        return incidentText(id, board, catalogue, intl);
      case 'stage':
        return intl.code('stage', id);
      case 'status':
        return catalogue.statusName(id, intl);
      case 'disposition':
        return catalogue.dispositionName(id, intl);
      case 'type':
        return catalogue.typeName(id, intl);
      case 'panel':
        return intl.code('area', id);
    }
  }
}

/** The line again with the word at fault underlined; for eyes only, as the text says which word it is. */
function Mark({
  line,
  error: { start, end },
}: {
  readonly line: string;
  readonly error: CommandError;
}): ReactNode {
  return (
    <pre className="command-mark" aria-hidden="true">
      {line.slice(0, start)}
      <mark>{line.slice(start, end)}</mark>
      {line.slice(end)}
    </pre>
  );
}

function useOpeningKey(
  input: { readonly current: HTMLInputElement | null },
  cameFrom: { current: HTMLElement | null },
): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.matches(
        'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]',
      );
      const asked =
        (event.ctrlKey || event.metaKey) && !event.altKey
          ? event.key.toLowerCase() === 'k'
          : !typing && !event.altKey && OPENING_KEYS.has(event.key);
      if (!asked || event.defaultPrevented || document.querySelector('.ll-overlay') !== null) return;
      event.preventDefault();
      if (target !== input.current) cameFrom.current = target;
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [input, cameFrom]);
}
