import { type Assignment, type Incident, isActive, PROGRESS_STAGES } from '@lamplight/ui';
import type { DeskState } from '../desk/desk-store.js';
import type { Draft } from '../intake/draft.js';

/** One call from its first ring to looking back at it: what a newcomer does in the first ten minutes. */
export const TOUR_STEPS = [
  'welcome',
  'call',
  'place',
  'type',
  'open',
  'dispatch',
  'follow',
  'close',
  'look-back',
  'end',
] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

/** What the tour sees of the desk. */
export interface TourFacts {
  readonly desk: Pick<DeskState, 'showing' | 'tab' | 'incidentId'>;
  readonly draft: Pick<Draft, 'position' | 'typeCode' | 'incidentId'> | null;
  /** The incident that the tour follows, once there is one. */
  readonly incident: Incident | null;
  readonly assignments: readonly Assignment[];
}

/** True when what a step asks for has been done, by whatever way; steps that only tell something wait for a press. */
export function isStepDone(step: TourStep, { desk, draft, incident, assignments }: TourFacts): boolean {
  switch (step) {
    case 'welcome':
    case 'end':
      return false;
    case 'call':
      return desk.showing === 'intake' && draft !== null;
    case 'place':
      return incident !== null || (draft !== null && draft.position !== null);
    case 'type':
      return incident !== null || (draft !== null && draft.typeCode !== null);
    case 'open':
      return incident !== null;
    case 'dispatch':
      return assignments.length > 0;
    case 'follow':
      return (
        incident?.status !== 'open' ||
        (assignments.length > 0 && assignments.every((each) => !isActive(each))) ||
        assignments.some(({ stamps }) => stamps.onScene !== undefined)
      );
    case 'close':
      return incident !== null && incident.status !== 'open';
    case 'look-back':
      return desk.tab === 'timeline' && desk.incidentId === incident?.id;
  }
}

/** The step after it; the last stays. */
export const stepAfter = (step: TourStep): TourStep => TOUR_STEPS[TOUR_STEPS.indexOf(step) + 1] ?? 'end';

/** What a step points at, as a selector; `null` for those that point at nothing. */
export const TARGETS: Readonly<Record<TourStep, string | null>> = {
  welcome: null,
  call: '#queue .area-head .ll-button-primary',
  place: '.intake .place-field',
  type: '.intake .type-picker',
  open: '.intake-foot .ll-button-primary',
  dispatch: '.dispatch-button',
  follow: '.assignment-list',
  close: '.incident-actions',
  'look-back': '#work [role=tablist]',
  end: null,
};

/** How far the crews have come, for the step that waits for them. */
export const furthestStage = (assignments: readonly Assignment[]): Assignment['stage'] | null =>
  assignments.reduce<Assignment['stage'] | null>(
    (furthest, { stage }) => (furthest === null || rankOf(stage) > rankOf(furthest) ? stage : furthest),
    null,
  );

const RANKS = new Map<string, number>(PROGRESS_STAGES.map((stage, rank) => [stage, rank]));
const rankOf = (stage: Assignment['stage']): number => RANKS.get(stage) ?? -1;
