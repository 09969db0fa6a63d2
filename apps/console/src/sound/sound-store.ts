import { readStored, storedKey, writeStored } from '../state/storage.js';
import { playSignal, type Signal } from './tones.js';

/**
 * Whether anything can be heard, said as it is: `muted` by the person, `blocked` by the browser until something has
 * been pressed on the page, `missing` where the browser has no sound.
 */
const SOUND_STATES = ['on', 'muted', 'blocked', 'missing'] as const;
export type SoundState = (typeof SOUND_STATES)[number];

export interface Sound {
  readonly state: SoundState;
  readonly muted: boolean;
  /** 0 to 1. */
  readonly volume: number;
}

/** The loudspeaker of this window. The settings belong to the browser: another seat has another loudspeaker. */
export class SoundStore {
  readonly #watchers = new Set<() => void>();
  #context: AudioContext | null = null;
  #sound: Sound;

  constructor() {
    const { muted, volume } = readStored('sound');
    this.#sound = {
      state: 'blocked',
      muted: muted === true,
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 0.6,
    };
    if (typeof AudioContext === 'undefined') this.#set({});
    // Browsers let a page make sounds once its reader has pressed something on it.
    for (const type of ['pointerdown', 'keydown'] as const) {
      window.addEventListener(type, () => void this.unlock(), { capture: true, passive: true });
    }
    window.addEventListener('storage', ({ key }) => {
      if (key === null || key === storedKey('sound')) this.#follow();
    });
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly getSound = (): Sound => this.#sound;

  change(part: Partial<Pick<Sound, 'muted' | 'volume'>>): void {
    this.#set(part);
    writeStored('sound', { muted: this.#sound.muted, volume: this.#sound.volume });
  }

  /** Tries to get leave to sound; to be called while something is being pressed. */
  async unlock(): Promise<void> {
    if (typeof AudioContext === 'undefined' || this.#context?.state === 'running') return;
    this.#context ??= this.#openContext();
    await this.#context.resume().catch(() => undefined);
    this.#set({});
  }

  /** False when nothing can be heard. */
  play(signal: Signal): boolean {
    if (this.#sound.state !== 'on' || this.#context === null) return false;
    playSignal(this.#context, signal, this.#sound.volume);
    return true;
  }

  #openContext(): AudioContext {
    const context = new AudioContext();
    context.addEventListener('statechange', () => this.#set({}));
    return context;
  }

  #follow(): void {
    const { muted, volume } = readStored('sound');
    this.#set({ muted: muted === true, ...(typeof volume === 'number' ? { volume } : {}) });
  }

  #set(part: Partial<Pick<Sound, 'muted' | 'volume'>>): void {
    const next = { ...this.#sound, ...part };
    this.#sound = { ...next, state: this.#stateOf(next.muted) };
    for (const watcher of this.#watchers) watcher();
  }

  #stateOf(muted: boolean): SoundState {
    if (typeof AudioContext === 'undefined') return 'missing';
    if (muted) return 'muted';
    return this.#context?.state === 'running' ? 'on' : 'blocked';
  }
}
