import type { Role } from '@lamplight/contracts';
import { Button, LampMark, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ModeBadge } from '../shell/mode-badge.js';
import { PreferenceControls } from '../shell/preference-controls.js';
import { useTitle } from '../shell/title.js';
import { navigate } from '../state/router.js';
import { useServer } from '../state/server.js';

/** Roles that the console has something to show for. */
const REHEARSAL_ROLES = [
  'dispatcher',
  'call-taker',
  'supervisor',
  'administrator',
  'observer',
] as const satisfies Role[];

export function SignInPage(): ReactNode {
  const { t, name, problem } = useIntl();
  const { api, info, enter } = useServer();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTitle(t('signIn.title'));

  const attempt = async (signIn: () => ReturnType<typeof api.session>): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      const { account } = await signIn();
      enter(account);
      navigate('/', { replace: true });
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(() => api.signIn(username, password));
  };

  return (
    <main className="entrance">
      <div className="entrance-card">
        <header className="entrance-head">
          <LampMark size={40} />
          <div>
            <h1>{name(info.name)}</h1>
            <p className="muted">{t('app.name')}</p>
          </div>
          <ModeBadge />
        </header>
        {info.ready ? null : <Notice tone="warning">{t('signIn.notReady')}</Notice>}
        {error === null ? null : <Notice tone="refusal">{problem(error)}</Notice>}

        {info.mode === 'production' ? null : (
          <section aria-labelledby="one-click">
            <h2 id="one-click">{t('signIn.oneClick')}</h2>
            <p className="muted">{t('signIn.oneClickNote', { mode: info.mode })}</p>
            <div className="role-grid">
              {REHEARSAL_ROLES.map((role) => (
                <Button
                  key={role}
                  variant={role === 'dispatcher' ? 'primary' : 'plain'}
                  className="role-button"
                  isDisabled={pending}
                  onPress={() => void attempt(() => api.signInAs(role))}
                >
                  <strong>{t(`role.${role}`)}</strong>
                  <span>{t(`signIn.role.${role}`)}</span>
                </Button>
              ))}
            </div>
          </section>
        )}

        <form onSubmit={submit} className="entrance-form" aria-label={t('signIn.title')}>
          {info.mode === 'production' ? null : <h2>{t('signIn.orAccount')}</h2>}
          <TextInput
            label={t('signIn.username')}
            value={username}
            onChange={setUsername}
            autoComplete="username"
            isRequired
            autoFocus={info.mode === 'production'}
          />
          <TextInput
            label={t('signIn.password')}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            isRequired
          />
          <Button
            type="submit"
            variant={info.mode === 'production' ? 'primary' : 'plain'}
            isDisabled={pending}
          >
            {t('signIn.submit')}
          </Button>
        </form>
      </div>
      <div className="entrance-preferences">
        <PreferenceControls />
      </div>
    </main>
  );
}
