import type { AccountView } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { ROUTES } from '../routes.js';
import { powersOf } from '../state/powers.js';
import { Link } from '../state/router.js';

/** The pages that are offered to an account; `all` also those that only the menu names. */
export function PageLinks({
  account,
  all = false,
}: {
  readonly account: AccountView;
  readonly all?: boolean;
}): ReactNode {
  const { t } = useIntl();
  const powers = powersOf(account);
  return ROUTES.map(({ path, name, power, aside = false }) =>
    name === undefined || (aside && !all) || (power !== undefined && !powers[power]) ? null : (
      <Link key={path} to={path}>
        {t(name)}
      </Link>
    ),
  );
}
