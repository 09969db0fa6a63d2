import type { ManagedAccount } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useServer } from '../../state/server.js';
import { useLoaded } from '../parts/loaded.js';
import { ResourceList } from '../parts/resource-list.js';
import { AddPerson } from './add-person.js';
import { PersonDialog } from './person-dialog.js';

/** Who may sign in, with which rights. */
export function PeopleSection(): ReactNode {
  const { t, list, dateTime } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const accounts = useLoaded(() => api.accounts());
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const rolesOf = ({ roles }: ManagedAccount): string => list(roles.map((role) => t(`role.${role}`)));
  const person = accounts.value?.find(({ id }) => id === open);
  const close = (): void => {
    setOpen(null);
    void accounts.reload();
  };

  return (
    <>
      <ResourceList<ManagedAccount>
        label={t('admin.people')}
        source={accounts}
        row={(item) => ({
          id: item.id,
          item,
          name: `${item.displayName} ${item.username}`,
          words: `${rolesOf(item)} ${item.unitId ?? ''}`,
        })}
        onOpen={administer ? ({ id }) => setOpen(id) : undefined}
        add={administer ? { label: t('admin.people.add'), onPress: () => setOpen('new') } : undefined}
        empty={t('admin.people.none')}
      >
        {(account) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{account.displayName}</strong>
              <span className="muted">{account.username}</span>
            </span>
            <span className="admin-cell">
              <span>{rolesOf(account)}</span>
              {account.unitId === null ? null : (
                <span className="muted">{t('admin.people.ofUnit', { unit: account.unitId })}</span>
              )}
            </span>
            <span className="admin-cell">
              <StateOf account={account} />
              <span className="muted">
                {account.lastSeenAt === null ? null : t('admin.seen', { at: dateTime(account.lastSeenAt) })}
              </span>
            </span>
          </>
        )}
      </ResourceList>
      {open === 'new' ? <AddPerson onClose={close} /> : null}
      {person ? <PersonDialog account={person} onChanged={accounts.reload} onClose={close} /> : null}
    </>
  );
}

function StateOf({
  account: { disabled, lockedUntil, sessions },
}: {
  readonly account: ManagedAccount;
}): ReactNode {
  const { t, time } = useIntl();
  if (disabled) return <span className="tag bad">{t('admin.people.disabled')}</span>;
  if (lockedUntil !== null) {
    return <span className="tag bad">{t('admin.people.locked', { until: time(lockedUntil) })}</span>;
  }
  return <span>{t('admin.people.sessions', { count: sessions })}</span>;
}
