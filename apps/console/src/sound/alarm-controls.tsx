import { Button, listRingingCalls, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  Dialog,
  DialogTrigger,
  Label,
  Popover,
  Slider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
  Switch,
} from 'react-aria-components';
import { useQueue } from '../board/queue-panel.js';
import { useDesk } from '../desk/desk.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { useShortcuts } from '../state/shortcuts.js';
import { TimerList } from '../timers/timer-list.js';
import { useTimers } from '../timers/use-timers.js';
import { AlarmBook, type Cause, causesOf } from './alarms.js';
import type { SoundState } from './sound-store.js';
import { SIGNALS } from './tones.js';
import { soundStore, useSound } from './use-sound.js';

/** How often it is looked whether something has to sound, in milliseconds. */
const LOOK_EVERY = 500;

/**
 * Sounds what has to be heard, says honestly whether it can be heard, and lets it be silenced. One of these stands in
 * the header of each window that has one.
 */
export function AlarmControls(): ReactNode {
  const { t } = useIntl();
  const { loud, silence } = useAlarms();
  const { state } = useSound();
  const { list } = useTimers();
  return (
    <div className="alarm-controls">
      <span className="ll-visually-hidden" role="status">
        {loud.length > 0 ? t('sound.sounding', { count: loud.length }) : ''}
      </span>
      {loud.length > 0 ? (
        <Button size="small" variant="primary" shortcut="X" onPress={silence}>
          <span className="alarm-word">{t('sound.silence')}</span>
          <span className="alarm-count">{loud.length}</span>
        </Button>
      ) : null}
      <DialogTrigger>
        <Button variant="quiet" className={`sound-button sound-${state}`}>
          <SpeakerIcon state={state} />
          <span className="ll-visually-hidden">{t('sound.title')}</span>
          <span className="sound-word">{t(`sound.state.${state}`)}</span>
          {list.length > 0 ? <span className="count">{list.length}</span> : null}
        </Button>
        <Popover className="ll-popover" placement="bottom end">
          <Dialog className="sound-menu" aria-label={t('sound.title')}>
            <SoundSettings />
            <TimerList />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );
}

/** What sounds until it is silenced. */
function useAlarms(): { readonly loud: readonly Cause[]; silence(): void } {
  const { powers } = useDesk();
  const board = useWork();
  const queue = useQueue();
  const catalogue = useCatalogue();
  const now = useNow();
  const timers = useTimers().list;
  const [book] = useState(() => new AlarmBook());
  const [loud, setLoud] = useState<readonly Cause[]>([]);
  // Without the catalogue there are no targets yet, and all that is late would be news when they come.
  const isHere = board.position >= 0 && catalogue.types.length > 0;
  const causes = causesOf(
    powers.takeCalls ? listRingingCalls(board) : [],
    powers.dispatch ? queue : [],
    timers,
    now,
  );
  const latest = useRef(causes);
  latest.current = causes;

  useEffect(() => {
    if (!isHere) return;
    const look = (): void => {
      const found = book.take(latest.current, performance.now());
      for (const signal of found.play) soundStore().play(signal);
      setLoud((before) => (sameKeys(before, found.loud) ? before : found.loud));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [book, isHere]);

  const silence = (): void => {
    book.silence(latest.current);
    setLoud([]);
  };
  useShortcuts({ x: silence });
  return { loud, silence };
}

const sameKeys = (a: readonly Cause[], b: readonly Cause[]): boolean =>
  a.length === b.length && a.every(({ key }, index) => key === b[index]?.key);

function SoundSettings(): ReactNode {
  const { t } = useIntl();
  const { state, muted, volume } = useSound();
  const store = soundStore();
  return (
    <section aria-labelledby="sound-title" className="sound-settings">
      <h3 id="sound-title" className="panel-heading">
        {t(`sound.state.${state}`)}
      </h3>
      <p className="muted">{t(`sound.explain.${state}`)}</p>
      {state === 'blocked' ? (
        <Button size="small" variant="primary" onPress={() => void store.unlock()}>
          {t('sound.enable')}
        </Button>
      ) : null}
      <Switch className="switch" isSelected={!muted} onChange={(on) => store.change({ muted: !on })}>
        <span className="switch-track" aria-hidden="true" />
        {t('sound.play')}
      </Switch>
      <Slider
        className="sound-volume"
        value={Math.round(volume * 100)}
        minValue={5}
        maxValue={100}
        step={5}
        onChange={(value) => store.change({ volume: value / 100 })}
      >
        <Label>{t('sound.volume')}</Label>
        <SliderOutput className="muted">{Math.round(volume * 100)} %</SliderOutput>
        <SliderTrack className="sound-track">
          <SliderThumb className="sound-thumb" />
        </SliderTrack>
      </Slider>
      <ul className="sound-tests">
        {SIGNALS.map((signal) => (
          <li key={signal}>
            {t(`sound.signal.${signal}`)}
            <Button
              size="small"
              isDisabled={state !== 'on'}
              aria-label={`${t('sound.test')}: ${t(`sound.signal.${signal}`)}`}
              onPress={() => store.play(signal)}
            >
              {t('sound.test')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A loudspeaker: with waves when it can be heard, crossed out when not, with a mark when it waits. */
function SpeakerIcon({ state }: { readonly state: SoundState }): ReactNode {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className="sound-icon">
      <path d="M2 7v4h3l4 3.5v-11L5 7z" fill="currentColor" />
      {state === 'on' ? (
        <path d="M11.5 6a4 4 0 0 1 0 6M13.5 4a7 7 0 0 1 0 10" fill="none" stroke="currentColor" />
      ) : state === 'blocked' ? (
        <path d="M13.5 5v5M13.5 12v1.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      ) : (
        <path d="M11.5 6.5l5 5M16.5 6.5l-5 5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
    </svg>
  );
}
