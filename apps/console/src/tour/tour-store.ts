import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../state/storage.js';
import { TOUR_STEPS, type TourStep } from './tour-steps.js';

export interface TourState {
  /** `null` when the tour is not being taken. */
  readonly step: TourStep | null;
  /** The incident that the tour follows. */
  readonly incidentId: string | null;
  /** It has been offered before: the offer is not made again by itself. */
  readonly seen: boolean;
}

const NAME = 'tour';
const watchers = new Set<() => void>();
let state: TourState | undefined;

/** How far the tour has come in this browser; goes on after a reload. */
export const useTour = (): TourState => useSyncExternalStore(subscribe, getTour);

export function changeTour(part: Partial<TourState>): void {
  state = { ...getTour(), ...part };
  writeStored(NAME, state);
  for (const watcher of watchers) watcher();
}

export const beginTour = (): void => changeTour({ step: 'welcome', incidentId: null, seen: true });

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function getTour(): TourState {
  state ??= readTour();
  return state;
}

function readTour(): TourState {
  const { step, incidentId, seen } = readStored(NAME);
  return {
    step: TOUR_STEPS.find((each) => each === step) ?? null,
    incidentId: typeof incidentId === 'string' ? incidentId : null,
    seen: seen === true,
  };
}
