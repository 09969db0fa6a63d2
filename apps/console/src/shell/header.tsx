import type { AccountView } from '@lamplight/contracts';
import { LampMark, useIntl } from '@lamplight/ui';
import { lazy, type ReactNode, Suspense } from 'react';
import { useNow } from '../state/live-board.js';
import { usePath } from '../state/router.js';
import { useServer } from '../state/server.js';
import { LineStateBadge } from './line-state.js';
import { ModeBadge } from './mode-badge.js';
import { PageLinks } from './page-links.js';

/** Menus are large, and closed: the board does not wait for them. */
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.js')).AccountMenu }));
const AlarmControls = lazy(async () => ({
  default: (await import('../sound/alarm-controls.js')).AlarmControls,
}));
const LayoutMenu = lazy(async () => ({
  default: (await import('../screens/layout-menu.js')).LayoutMenu,
}));

export function Header({ account }: { readonly account: AccountView }): ReactNode {
  const { t, name } = useIntl();
  const { info } = useServer();
  const onBoard = usePath() === '/';
  return (
    <header className="header">
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <div className="header-name">
        <LampMark />
        <span className="header-agency">{name(info.name)}</span>
      </div>
      <ModeBadge />
      <nav className="header-nav" aria-label={t('nav.views')}>
        <PageLinks account={account} />
      </nav>
      <LineStateBadge />
      <AgencyClock />
      <Suspense>
        <AlarmControls />
      </Suspense>
      {onBoard ? (
        <Suspense>
          <LayoutMenu />
        </Suspense>
      ) : null}
      <Suspense>
        <AccountMenu account={account} />
      </Suspense>
    </header>
  );
}

function AgencyClock(): ReactNode {
  const { t, time, date, zone } = useIntl();
  const now = useNow();
  return (
    <span className="header-clock" role="timer" aria-live="off" aria-label={t('clock.label', { zone })}>
      <strong>{time(now)}</strong>
      <span className="muted">{date(now)}</span>
    </span>
  );
}
