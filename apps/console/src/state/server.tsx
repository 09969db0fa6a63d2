import type { AccountView, ServerInfo } from '@lamplight/contracts';
import { type Api, createApi, ProblemError } from '@lamplight/ui';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { forgetKept, keepEntrance, readEntrance } from '../offline/kept-entrance.js';
import { withOutbox } from '../offline/outbox.js';

/** Who is signed in: `unknown` until the server has said. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly account: AccountView };

export interface Server {
  readonly api: Api;
  readonly info: ServerInfo;
  readonly session: Session;
  /** Called after a session has been made. */
  enter(account: AccountView): void;
  /** Ends the session, here and at the server. */
  leave(): void;
  /** Called when the server says that the session is over. */
  expire(): void;
}

const ServerContext = createContext<Server | null>(null);
const api = withOutbox(createApi());

/**
 * Asks what the server is and who we are; tries again until it answers. Until then `waiting` is shown, or, where
 * somebody was signed in here not long ago, the console as it was kept.
 */
export function ServerProvider({
  waiting,
  children,
}: {
  waiting(failed: boolean): ReactNode;
  children(server: Server): ReactNode;
}): ReactNode {
  const [info, setInfo] = useState<ServerInfo | null>(null);
  const [session, setSession] = useState<Session>({ state: 'unknown' });
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let stopped = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const [answer, who] = await Promise.all([api.info(), findSession()]);
        if (stopped) return;
        setInfo(answer);
        setSession(who);
        if (who.state === 'in') keepEntrance(answer, who.account);
        else forgetKept();
      } catch {
        if (stopped) return;
        setFailed(true);
        const kept = readEntrance();
        if (kept) {
          setInfo((before) => before ?? kept.info);
          setSession((before) =>
            before.state === 'unknown' ? { state: 'in', account: kept.account } : before,
          );
        }
        retry = setTimeout(() => void ask(), 3000);
      }
    };
    void ask();
    return () => {
      stopped = true;
      clearTimeout(retry);
    };
  }, []);

  const expire = useCallback(() => {
    forgetKept();
    setSession({ state: 'out' });
  }, []);
  const server = useMemo<Server | null>(
    () =>
      info && {
        api,
        info,
        session,
        enter: (account) => {
          keepEntrance(info, account);
          setSession({ state: 'in', account });
        },
        leave: () => {
          void api.signOut().catch(() => undefined);
          expire();
        },
        expire,
      },
    [info, session, expire],
  );

  if (!server || session.state === 'unknown') return waiting(failed);
  return <ServerContext value={server}>{children(server)}</ServerContext>;
}

async function findSession(): Promise<Session> {
  try {
    const { account } = await api.session();
    return { state: 'in', account };
  } catch (error) {
    if (error instanceof ProblemError && error.is('not-signed-in')) return { state: 'out' };
    throw error;
  }
}

export function useServer(): Server {
  const server = useContext(ServerContext);
  if (!server) throw new Error('useServer needs a ServerProvider above it');
  return server;
}
