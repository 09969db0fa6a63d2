import type { ManagedAccount } from '@lamplight/contracts';
import { Notice, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { ActionButton, FormDialog } from '../parts/form-dialog.js';
import { SHORTEST_PASSWORD } from './add-person.js';
import { PersonFields, type PersonFieldsValue } from './person-fields.js';

/** Changes a person's rights, and takes them away. */
export function PersonDialog({
  account,
  onChanged,
  onClose,
}: {
  readonly account: ManagedAccount;
  onChanged(): Promise<void>;
  onClose(): void;
}): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  const own = useDesk().account.id === account.id;
  const [person, setPerson] = useState<PersonFieldsValue>({
    displayName: account.displayName,
    roles: account.roles,
    unitId: account.unitId,
    locale: account.locale ?? 'en',
  });
  const [password, setPassword] = useState('');
  const [done, setDone] = useState<string | null>(null);
  const after = (text: string) => async () => {
    setDone(text);
    await onChanged();
  };
  const setDisabled = useAction(() =>
    api
      .changeAccount(account.id, { disabled: !account.disabled })
      .then(after(t(account.disabled ? 'admin.people.enabledDone' : 'admin.people.disabledDone'))),
  );
  const endSessions = useAction(() =>
    api.endSessions(account.id).then(({ ended }) => after(t('admin.people.endedDone', { count: ended }))()),
  );
  const reset = useAction(() =>
    api.resetPassword(account.id, password).then(() => {
      setPassword('');
      return after(t('admin.people.passwordDone'))();
    }),
  );
  return (
    <FormDialog
      title={`${account.displayName} · ${account.username}`}
      isReady={person.displayName.trim() !== '' && person.roles.length > 0}
      send={() => api.changeAccount(account.id, { ...person, roles: [...person.roles] })}
      onClose={onClose}
    >
      <PersonFields value={person} onChange={(change) => setPerson({ ...person, ...change })} />
      <p className="muted">{t('admin.people.rightsHint')}</p>
      <fieldset className="admin-danger">
        <legend>{t('admin.people.access')}</legend>
        <div className="admin-inline">
          <TextInput
            label={t('admin.people.newPassword')}
            hint={t('setup.passwordHint')}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
          />
          {password.length >= SHORTEST_PASSWORD ? (
            <ActionButton action={reset}>{t('admin.people.resetPassword')}</ActionButton>
          ) : null}
        </div>
        <div className="admin-inline">
          <ActionButton action={endSessions}>{t('admin.people.endSessions')}</ActionButton>
          {own ? null : (
            <ActionButton action={setDisabled} variant={account.disabled ? 'plain' : 'danger'}>
              {t(account.disabled ? 'admin.people.enable' : 'admin.people.disable')}
            </ActionButton>
          )}
        </div>
        {done === null ? null : <Notice tone="good">{done}</Notice>}
      </fieldset>
    </FormDialog>
  );
}
