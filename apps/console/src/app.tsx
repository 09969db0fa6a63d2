import { IntlProvider, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { BoardPage } from './pages/board-page.js';
import { ReportPage } from './pages/report-page.js';
import { SetupPage } from './pages/setup-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { Header } from './shell/header.js';
import { LineWarning } from './shell/line-warning.js';
import { LiveBoardProvider } from './state/live-board.js';
import { PreferencesProvider, usePreferences } from './state/preferences.js';
import { Link, navigate, usePath } from './state/router.js';
import { ServerProvider, useServer } from './state/server.js';

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
  const mustSignIn = !signedIn && (path === '/' || path === '/report');
  const mayGoOn = signedIn && path === '/sign-in';

  useEffect(() => {
    if (mustSignIn) navigate('/sign-in', { replace: true });
    if (mayGoOn) navigate('/', { replace: true });
  }, [mustSignIn, mayGoOn]);
  if (mustSignIn || mayGoOn) return null;

  if (path === '/setup') return <SetupPage />;
  if (path === '/sign-in') return <SignInPage />;
  if (!signedIn) return <NotFound />;
  return (
    <LiveBoardProvider>
      <div className="shell">
        <Header account={session.account} />
        <LineWarning />
        {path === '/' ? <BoardPage account={session.account} /> : null}
        {path === '/report' ? <ReportPage /> : null}
        {path === '/' || path === '/report' ? null : <NotFound />}
      </div>
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
