import { TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useServer } from '../../state/server.js';
import { FormDialog } from '../parts/form-dialog.js';
import { PersonFields, type PersonFieldsValue } from './person-fields.js';

export const SHORTEST_PASSWORD = 12;

/** Makes an account. The password is told to the person, who cannot be asked for it by anyone else. */
export function AddPerson({ onClose }: { onClose(): void }): ReactNode {
  const { t, locale } = useIntl();
  const { api } = useServer();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [person, setPerson] = useState<PersonFieldsValue>({
    displayName: '',
    roles: [],
    unitId: null,
    locale,
  });
  const isReady =
    username !== '' &&
    person.displayName.trim() !== '' &&
    person.roles.length > 0 &&
    password.length >= SHORTEST_PASSWORD;
  return (
    <FormDialog
      title={t('admin.people.add')}
      isReady={isReady}
      send={() => api.addAccount({ username, password, ...person, roles: [...person.roles] })}
      onClose={onClose}
    >
      <TextInput
        label={t('signIn.username')}
        hint={t('setup.usernameHint')}
        value={username}
        onChange={(typed) => setUsername(typed.trim().toLowerCase())}
        autoComplete="off"
        autoFocus
        isRequired
      />
      <PersonFields value={person} onChange={(change) => setPerson({ ...person, ...change })} />
      <TextInput
        label={t('admin.people.firstPassword')}
        hint={t('setup.passwordHint')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        isRequired
      />
    </FormDialog>
  );
}
