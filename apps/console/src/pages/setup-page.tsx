import { Button, LampMark, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { PreferenceControls } from '../shell/preference-controls.js';
import { useTitle } from '../shell/title.js';
import { navigate } from '../state/router.js';
import { useServer } from '../state/server.js';

/** Reads the one-time token and takes it out of the address, so that it stays in no history and no screenshot. */
function takeToken(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token !== null) window.history.replaceState(null, '', window.location.pathname);
  return token;
}

// Once for the page: React may call initialisers twice, and the second reading would find nothing.
const token = takeToken();

export function SetupPage(): ReactNode {
  const { t, problem } = useIntl();
  const { api, enter } = useServer();
  const [displayName, setDisplayName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'open' | 'pending'>('open');
  const [error, setError] = useState<unknown>(null);
  useTitle(t('setup.title'));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token === null) return;
    setState('pending');
    setError(null);
    api.setUp({ token, username, password, displayName }).then(
      ({ account }) => {
        enter(account);
        navigate('/', { replace: true });
      },
      (failure: unknown) => {
        setError(failure);
        setState('open');
      },
    );
  };

  return (
    <main className="entrance">
      <div className="entrance-card">
        <header className="entrance-head">
          <LampMark size={40} />
          <h1>{t('setup.title')}</h1>
        </header>
        {token === null ? <Notice tone="warning">{t('setup.noToken')}</Notice> : null}
        {error === null ? null : <Notice tone="refusal">{problem(error)}</Notice>}
        <form onSubmit={submit} className="entrance-form" aria-label={t('setup.title')}>
          <p className="muted">{t('setup.intro')}</p>
          <TextInput
            label={t('setup.displayName')}
            value={displayName}
            onChange={setDisplayName}
            autoComplete="name"
            isRequired
          />
          <TextInput
            label={t('signIn.username')}
            hint={t('setup.usernameHint')}
            value={username}
            onChange={setUsername}
            autoComplete="username"
            isRequired
          />
          <TextInput
            label={t('signIn.password')}
            hint={t('setup.passwordHint')}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            isRequired
          />
          <Button type="submit" variant="primary" isDisabled={state === 'pending' || token === null}>
            {t('setup.submit')}
          </Button>
        </form>
      </div>
      <div className="entrance-preferences">
        <PreferenceControls />
      </div>
    </main>
  );
}
