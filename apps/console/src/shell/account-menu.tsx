import type { AccountView } from '@lamplight/contracts';
import { Button, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useServer } from '../state/server.js';
import { TourButton } from '../tour/tour.js';
import { PageLinks } from './page-links.js';
import { PreferenceControls } from './preference-controls.js';

/** Who is signed in, the other pages, how the console is to look, and the way out. */
export function AccountMenu({ account }: { readonly account: AccountView }): ReactNode {
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
                <PageLinks account={account} all />
              </div>
              <PreferenceControls />
              <TourButton onBegin={close} />
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
