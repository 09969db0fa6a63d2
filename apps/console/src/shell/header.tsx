import type { AccountView } from '@lamplight/contracts';
import { Button, LampMark, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { ROUTES } from '../routes.js';
import { useNow } from '../state/live-board.js';
import { powersOf } from '../state/powers.js';
import { Link } from '../state/router.js';
import { useServer } from '../state/server.js';
import { LineStateBadge } from './line-state.js';
import { ModeBadge } from './mode-badge.js';
import { PreferenceControls } from './preference-controls.js';

export function Header({ account }: { readonly account: AccountView }): ReactNode {
  const { t, name } = useIntl();
  const { info } = useServer();
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
      <AccountMenu account={account} />
    </header>
  );
}

function PageLinks({ account }: { readonly account: AccountView }): ReactNode {
  const { t } = useIntl();
  const powers = powersOf(account);
  return ROUTES.map(({ path, name, power }) =>
    name === undefined || (power !== undefined && !powers[power]) ? null : (
      <Link key={path} to={path}>
        {t(name)}
      </Link>
    ),
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

function AccountMenu({ account }: { readonly account: AccountView }): ReactNode {
  const { t, list } = useIntl();
  const { leave } = useServer();
  const roles = list(account.roles.map((role) => t(`role.${role}`)));
  return (
    <DialogTrigger>
      <Button variant="quiet" className="account-button">
        <span className="ll-visually-hidden">{t('nav.menu')}</span>
        <span className="account-text">
          <strong>{account.displayName}</strong>
          <span className="muted">{roles}</span>
        </span>
        <span className="burger" aria-hidden="true" />
      </Button>
      <Popover className="ll-popover" placement="bottom end">
        <Dialog className="account-menu" aria-label={t('nav.menu')}>
          {({ close }) => (
            <>
              <p className="account-menu-who">
                <strong>{account.displayName}</strong>
                <span className="muted">{roles}</span>
              </p>
              <div className="account-menu-nav">
                <PageLinks account={account} />
              </div>
              <PreferenceControls />
              <Button
                onPress={() => {
                  close();
                  leave();
                }}
              >
                {t('account.signOut')}
              </Button>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
