import type { LonLat } from '@lamplight/base';
import type { AccountView } from '@lamplight/contracts';
import type { Call } from '@lamplight/ui';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { draftOfCall, emptyDraft, isUntouched } from '../intake/draft.js';
import { DraftsStore } from '../intake/drafts-store.js';
import { type DraftState, useDrafts } from '../intake/use-drafts.js';
import { type Action, useAction } from '../state/action.js';
import { useBoardStore } from '../state/live-board.js';
import { type Powers, powersOf } from '../state/powers.js';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import {
  type DeskEvent,
  type DeskState,
  DeskStore,
  EMPTY_DESK,
  openDeskLine,
  type Panel,
  type ReachSubject,
} from './desk-store.js';

/** What the panels of a desk do with each other. None of them knows which others are there, or in which window. */
export interface Desk {
  readonly store: DeskStore;
  readonly account: AccountView;
  readonly powers: Powers;
  readonly draft: DraftState;
  /** The panel in sight where only one is; each window has its own. */
  readonly area: Panel;
  setArea(area: Panel): void;
  /** Answering a ringing call. */
  readonly answer: Action<readonly [call: Call]>;
  openIncident(id: string): void;
  /** Selects a unit and brings it into sight on the map; `null` selects none. */
  selectUnit(id: string | null): void;
  /** Begins a call of our own, or goes on with the draft there is. */
  newCall(): void;
  /** Answers a ringing call, or goes on with one that is on the line. */
  takeCall(call: Call): void;
  openRoads(): void;
  /** Closes what the work panel shows. */
  closeWork(): void;
  setReach(subject: ReachSubject | null): void;
  /** Brings a place into sight. */
  reveal(at: LonLat): void;
  /** Shows a panel where only one is in sight, and puts the focus on it. */
  goTo(panel: Panel): void;
}

const DeskContext = createContext<Desk | null>(null);

/** `deskId` names the desk whose windows keep in step; the window that shows the board makes it. */
export function DeskProvider({
  account,
  deskId,
  children,
}: {
  readonly account: AccountView;
  readonly deskId: string;
  readonly children: ReactNode;
}): ReactNode {
  const { api } = useServer();
  const boardStore = useBoardStore();
  const [drafts] = useState(() => new DraftsStore(account.id));
  const [store] = useState(
    () =>
      new DeskStore(openDeskLine(`lamplight.desk.${account.id}.${deskId}`), {
        ...EMPTY_DESK,
        showing: drafts.latest() ? 'intake' : 'incident',
        draftKey: drafts.latest()?.key ?? null,
      }),
  );
  useWindowOfDesk(store);
  const draft = useDrafts(drafts, store);
  const [area, setArea] = useState<Panel>(draft.draft ? 'work' : 'queue');
  const answer = useAction((key, call: Call) => api.answerCall(key, call.id));
  const powers = useMemo(() => powersOf(account), [account]);

  const openIncident = useStable((id: string): void => {
    store.change({
      incidentId: id,
      showing: 'incident',
      ...(id === store.getState().incidentId ? {} : { tab: 'work' }),
    });
    setArea('work');
  });
  const reveal = useStable((at: LonLat): void => store.emit({ type: 'reveal', at }));
  const selectUnit = useStable((id: string | null): void => {
    store.change({ unitId: id });
    const place = id === null ? undefined : boardStore.getSnapshot().board.fixes.get(id)?.position;
    if (place) reveal(place);
  });
  const show = (showing: DeskState['showing']): void => {
    store.change({ showing });
    setArea('work');
  };
  const newCall = useStable((): void => {
    if (!powers.takeCalls) return;
    // From another view the key leads back to the call in hand; from there it begins the next.
    const { draft: current } = draft;
    const goesOn = current && (isUntouched(current) || store.getState().showing !== 'intake');
    if (!goesOn) draft.begin(emptyDraft());
    show('intake');
  });
  const takeCall = useStable((call: Call): void => {
    const take = async (): Promise<void> => {
      if (call.answeredAt === null && !(await answer.run(call))) return;
      const known = draft.drafts.find(({ callId }) => callId === call.id);
      if (known) draft.choose(known.key);
      else draft.begin(draftOfCall(call));
      show('intake');
    };
    void take();
  });
  const openRoads = useStable((): void => show('roads'));
  const closeWork = useStable((): void => {
    store.change({
      showing: 'incident',
      unitId: null,
      ...(store.getState().showing === 'incident' ? { incidentId: null } : {}),
    });
    setArea('queue');
  });
  const setReach = useStable((subject: ReachSubject | null): void => {
    store.change({ reach: subject });
    if (subject) setArea('map');
  });
  const goTo = useStable((panel: Panel): void => {
    setArea(panel);
    // The panel may be hidden until it has been drawn.
    requestAnimationFrame(() => store.emit({ type: 'focus', panel }));
  });

  const desk: Desk = {
    store,
    account,
    powers,
    draft,
    area,
    setArea,
    answer,
    openIncident,
    selectUnit,
    newCall,
    takeCall,
    openRoads,
    closeWork,
    setReach,
    reveal,
    goTo,
  };
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskProvider above it');
  return desk;
}

/** How often windows are asked whether they are still there, in milliseconds. */
const PING_MS = 3000;

/** Takes part in the desk for as long as this window is open, through reloads and the way back in its history. */
function useWindowOfDesk(store: DeskStore): void {
  useEffect(() => {
    const timer = setInterval(() => store.ping(), PING_MS);
    const onHide = (): void => store.leave();
    const onShow = (): void => store.return();
    window.addEventListener('pagehide', onHide);
    window.addEventListener('pageshow', onShow);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', onHide);
      window.removeEventListener('pageshow', onShow);
      store.close();
    };
  }, [store]);
}

/** What the desk has in hand; draws anew when it changes, in whichever window. */
export function useDeskState(): DeskState {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, store.getState);
}

/** Takes the events of one type for as long as the component is there. */
export function useDeskEvent<Type extends DeskEvent['type']>(
  type: Type,
  take: (event: Extract<DeskEvent, { type: Type }>) => unknown,
): void {
  const { store } = useDesk();
  const stable = useStable(take);
  useEffect(() => store.on(type, stable), [store, type, stable]);
}

/** Takes presses on the map for places while `active`; `name` says whose they are. */
export function usePicking(name: string, active: boolean, take: (at: LonLat) => void): void {
  const { store } = useDesk();
  const picking = useDeskState().picking;
  useEffect(() => {
    if (!active) return;
    store.change({ picking: name });
    return () => {
      if (store.getState().picking === name) store.change({ picking: null });
    };
  }, [store, name, active]);
  useDeskEvent('picked', ({ at }) => {
    if (!active || picking !== name) return false;
    take(at);
    return true;
  });
}
