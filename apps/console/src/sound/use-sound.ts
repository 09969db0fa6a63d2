import { useSyncExternalStore } from 'react';
import { type Sound, SoundStore } from './sound-store.js';

let made: SoundStore | undefined;

/** The one loudspeaker of the window, made when it is first asked for. */
export function soundStore(): SoundStore {
  made ??= new SoundStore();
  return made;
}

export function useSound(): Sound {
  const store = soundStore();
  return useSyncExternalStore(store.subscribe, store.getSound);
}
