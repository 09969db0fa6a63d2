import { type Instant, instant, seconds } from '@lamplight/base';
import type { Catalogue, Fix, PersonPresent } from '@lamplight/contracts';
import {
  type BoardSnapshot,
  type BoardState,
  BoardStore,
  LiveConnection,
  type OwnPresence,
  ProblemError,
  serverTimeAt,
} from '@lamplight/ui';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type CatalogueIndex, indexCatalogue } from './catalogue-index.js';
import { useServer } from './server.js';

interface LiveBoard {
  readonly store: BoardStore;
  readonly catalogue: CatalogueIndex;
  /** Tells the others where this user is. */
  setPresence(presence: OwnPresence): void;
}

const LiveBoardContext = createContext<LiveBoard | null>(null);
const NowContext = createContext<Instant>(instant(0));

export const emptyCatalogue: Catalogue = {
  revision: -1,
  incidentTypes: [],
  dispositions: [],
  unitStatuses: [],
  capabilities: [],
  questionCards: [],
  runCards: [],
  targets: [],
};

/** Keeps the board live for as long as somebody is signed in, whatever page is open. */
export function LiveBoardProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { api, expire } = useServer();
  const [store] = useState(() => new BoardStore({ schedule: scheduleFrame, now: () => performance.now() }));
  const [catalogue, setCatalogue] = useState<Catalogue>(emptyCatalogue);
  const loadedRevision = useRef(emptyCatalogue.revision);
  /** What the server says that the catalogue's revision is. */
  const [revision, setRevision] = useState(0);

  const connection = useRef<LiveConnection | null>(null);
  const [setPresence] = useState(() => (presence: OwnPresence) => connection.current?.setPresence(presence));

  useEffect(() => {
    const line = new LiveConnection({
      url: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/api/v1/live`,
      since: () => store.since(),
      onMessage: (message) => {
        store.take(message);
        if (message.type === 'tick') setRevision(message.catalogue);
      },
      onState: (state) => {
        store.setLine(state);
        if (state !== 'offline') return;
        // A refused upgrade looks like any lost line; the session says which it was.
        api.session().catch((error: unknown) => {
          if (error instanceof ProblemError && error.is('not-signed-in')) expire();
        });
      },
      onUnreadable: (reason) => console.warn('unreadable live message:', reason),
    });
    connection.current = line;
    const retry = (): void => line.retryNow();
    window.addEventListener('online', retry);
    return () => {
      window.removeEventListener('online', retry);
      line.close();
    };
  }, [store, api, expire]);

  useEffect(() => {
    let stopped = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      api.catalogue().then(
        (loaded) => {
          if (stopped) return;
          loadedRevision.current = loaded.revision;
          setCatalogue(loaded);
        },
        () => {
          if (!stopped) retry = setTimeout(load, 3000);
        },
      );
    };
    if (loadedRevision.current < revision) load();
    return () => {
      stopped = true;
      clearTimeout(retry);
    };
  }, [api, revision]);

  const live = useMemo(
    () => ({ store, catalogue: indexCatalogue(catalogue), setPresence }),
    [store, catalogue, setPresence],
  );
  return (
    <LiveBoardContext value={live}>
      <NowProvider store={store}>{children}</NowProvider>
    </LiveBoardContext>
  );
}

/** Hidden pages get no animation frames, but must not hold back messages for hours. */
function scheduleFrame(flush: () => void): void {
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function NowProvider({
  store,
  children,
}: {
  readonly store: BoardStore;
  readonly children: ReactNode;
}): ReactNode {
  const { info } = useServer();
  const [opened] = useState(() => ({ server: info.now, local: performance.now() }));
  const read = (): Instant =>
    serverTimeAt(store.getSnapshot().board.clock ?? opened, performance.now(), info.clockScale);
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1000);
    return () => clearInterval(timer);
  });
  return <NowContext value={now}>{children}</NowContext>;
}

function useLiveBoard(): LiveBoard {
  const live = useContext(LiveBoardContext);
  if (!live) throw new Error('this needs a LiveBoardProvider above it');
  return live;
}

/** The state of the line; drawn anew only when that changes. */
export function useLine(): BoardSnapshot['line'] {
  const { store } = useLiveBoard();
  return useSyncExternalStore(store.subscribe, () => store.getSnapshot().line);
}

/** The store itself, for what draws outside React. */
export const useBoardStore = (): BoardStore => useLiveBoard().store;

/** The board, drawn anew with every message; what only needs some units' positions takes {@link useFix}. */
export function useBoard(): BoardState {
  const { store } = useLiveBoard();
  return useSyncExternalStore(store.subscribe, () => store.getSnapshot().board);
}

/** The board, drawn anew when calls, incidents, units, orders or road conditions change, but not each time that a unit moves. */
export function useWork(): BoardState {
  const { store } = useLiveBoard();
  const shown = useRef<BoardState | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const { board } = store.getSnapshot();
    if (shown.current === null || !hasSameWork(shown.current, board)) shown.current = board;
    return shown.current;
  });
}

const hasSameWork = (a: BoardState, b: BoardState): boolean =>
  a.calls === b.calls &&
  a.incidents === b.incidents &&
  a.units === b.units &&
  a.assignments === b.assignments &&
  a.conditions === b.conditions &&
  a.epoch === b.epoch;

/** The latest position of one unit. */
export function useFix(unitId: string): Fix | undefined {
  const { store } = useLiveBoard();
  return useSyncExternalStore(store.subscribe, () => store.getSnapshot().board.fixes.get(unitId));
}

/** Who is at which incident; drawn anew only when that changes. */
export function usePeople(): readonly PersonPresent[] {
  const { store } = useLiveBoard();
  return useSyncExternalStore(store.subscribe, () => store.getSnapshot().board.people);
}

export const useSetPresence = (): LiveBoard['setPresence'] => useLiveBoard().setPresence;

export const useCatalogue = (): CatalogueIndex => useLiveBoard().catalogue;

/** The agency's time, once a second. */
export const useNow = (): Instant => useContext(NowContext);

/** Real seconds since the last word from the server; renders with {@link useNow}. */
export function useDataAge(): ReturnType<typeof seconds> | null {
  useNow();
  const { heardAt } = useLiveBoard().store.getSnapshot();
  return heardAt === null ? null : seconds(Math.max(0, (performance.now() - heardAt) / 1000));
}
