import { IntlProvider, Notice, useIntl } from '@lamplight/ui';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { DeskProvider } from './desk/desk.js';
import { ownDeskId } from './desk/desk-id.js';
import { KeepBoard } from './offline/keep-board.js';
import { OutboxBar } from './offline/outbox-bar.js';
import { findRoute } from './routes.js';
import { Header } from './shell/header.js';
import { LineWarning } from './shell/line-warning.js';
import { LiveBoardProvider } from './state/live-board.js';
import { powersOf } from './state/powers.js';
import { PreferencesOfAccount, PreferencesProvider, usePreferences } from './state/preferences.js';
import { Link, navigate, usePath } from './state/router.js';
import { ServerProvider, useServer } from './state/server.js';

const WallboardPage = lazy(async () => ({
  default: (await import('./wallboard/wallboard-page.js')).WallboardPage,
}));
const Tour = lazy(async () => ({ default: (await import('./tour/tour.js')).Tour }));
const CommandBar = lazy(async () => ({
  default: (await import('./command-line/command-bar.js')).CommandBar,
}));

const SetupPage = lazy(async () => ({ default: (await import('./pages/setup-page.js')).SetupPage }));
const SignInPage = lazy(async () => ({ default: (await import('./pages/sign-in-page.js')).SignInPage }));
const SendUnit = lazy(async () => ({ default: (await import('./board/send-unit.js')).SendUnit }));

export function App(): ReactNode {
  return (
    <PreferencesProvider>
      <Localized />
    </PreferencesProvider>
  );
}

function Localized(): ReactNode {
  const { locale } = usePreferences();
  return (
    <ServerProvider
      waiting={(failed) => (
        <IntlProvider locale={locale} zone="UTC">
          <Waiting failed={failed} />
        </IntlProvider>
      )}
    >
      {({ info }) => (
        <IntlProvider locale={locale} zone={info.timeZone}>
          <Routes />
        </IntlProvider>
      )}
    </ServerProvider>
  );
}

function Waiting({ failed }: { readonly failed: boolean }): ReactNode {
  const { t } = useIntl();
  return (
    <main className="page-centre">
      {failed ? (
        <Notice tone="warning">{t('problem.unreachable-reading')}</Notice>
      ) : (
        <p className="muted">{t('common.loading')}</p>
      )}
    </main>
  );
}

function Routes(): ReactNode {
  const path = usePath();
  const { session } = useServer();
  const signedIn = session.state === 'in';
  const route = findRoute(path);
  const mustSignIn = !signedIn && route !== undefined;
  const mayGoOn = signedIn && path === '/sign-in';

  useEffect(() => {
    if (mustSignIn) navigate('/sign-in', { replace: true });
    if (mayGoOn) navigate('/', { replace: true });
  }, [mustSignIn, mayGoOn]);
  if (mustSignIn || mayGoOn) return null;

  if (path === '/setup' || path === '/sign-in') {
    return (
      <Suspense fallback={<Waiting failed={false} />}>
        {path === '/setup' ? <SetupPage /> : <SignInPage />}
      </Suspense>
    );
  }
  if (!signedIn) return <NotFound />;
  const Page = route?.page;
  const isObserver = session.account.roles.every((role) => role === 'observer');
  if (path === '/wallboard' || isObserver) {
    return (
      <Suspense fallback={<Waiting failed={false} />}>
        <WallboardPage />
      </Suspense>
    );
  }
  return (
    <LiveBoardProvider>
      <PreferencesOfAccount />
      <KeepBoard accountId={session.account.id} />
      <DeskProvider account={session.account} deskId={ownDeskId()}>
        <div className="shell">
          {route?.bare ? null : <Header account={session.account} />}
          <LineWarning />
          <OutboxBar />
          {route?.bare || !powersOf(session.account).takeCalls ? null : (
            <Suspense>
              <CommandBar />
            </Suspense>
          )}
          {route?.bare ? null : (
            <Suspense>
              <Tour />
            </Suspense>
          )}
          <Suspense>
            <SendUnit />
          </Suspense>
          {Page ? (
            <Suspense fallback={<Waiting failed={false} />}>
              <Page />
            </Suspense>
          ) : (
            <NotFound />
          )}
        </div>
      </DeskProvider>
    </LiveBoardProvider>
  );
}

function NotFound(): ReactNode {
  const { t } = useIntl();
  return (
    <main className="page-centre">
      <h1>{t('page.notFound')}</h1>
      <Link to="/">{t('page.backToBoard')}</Link>
    </main>
  );
}
