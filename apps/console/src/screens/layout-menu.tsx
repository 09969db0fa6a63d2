import { ROLES, type Role } from '@lamplight/contracts';
import { Button, Notice, SelectInput, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Dialog, DialogTrigger, Popover, Switch } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { PANELS, type Panel } from '../desk/desk-store.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { MOST_NAMED, USUAL_LAYOUT, useIsWide, useLayout, useNamedLayouts } from './layout.js';

/** Which panels are on the board, the layouts kept by name, and what a role starts from. */
export function LayoutMenu(): ReactNode {
  const { t } = useIntl();
  const isWide = useIsWide();
  if (!isWide) return null;
  return (
    <DialogTrigger>
      <Button variant="quiet" size="small">
        {t('screens.layout')}
      </Button>
      <Popover className="ll-popover" placement="bottom end">
        <Dialog className="layout-menu" aria-label={t('screens.layout')}>
          <ShownPanels />
          <NamedLayouts />
          <RoleDefault />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** The work panel comes and goes with the work. */
const CHOOSABLE = PANELS.filter((panel) => panel !== 'work');

function ShownPanels(): ReactNode {
  const { t } = useIntl();
  const [layout, setLayout] = useLayout();
  const show = (panel: Panel, on: boolean): void =>
    setLayout({
      ...layout,
      shown: PANELS.filter((each) => (each === panel ? on : layout.shown.includes(each))),
    });
  return (
    <section aria-label={t('screens.shown')}>
      <h3 className="panel-heading">{t('screens.shown')}</h3>
      {CHOOSABLE.map((panel) => (
        <Switch
          key={panel}
          className="switch"
          isSelected={layout.shown.includes(panel)}
          onChange={(on) => show(panel, on)}
        >
          <span className="switch-track" aria-hidden="true" />
          {t(`area.${panel}`)}
        </Switch>
      ))}
      <Button size="small" onPress={() => setLayout(USUAL_LAYOUT)}>
        {t('screens.usual')}
      </Button>
    </section>
  );
}

function NamedLayouts(): ReactNode {
  const { t } = useIntl();
  const [layout, setLayout] = useLayout();
  const [{ layouts }, setNamed] = useNamedLayouts();
  const [name, setName] = useState('');
  const others = layouts.filter((each) => each.name !== name.trim());
  const isFull = others.length >= MOST_NAMED;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '' || isFull) return;
    setNamed({ layouts: [...others, { name: name.trim().slice(0, 40), layout }] });
    setName('');
  };
  return (
    <section aria-label={t('screens.named')}>
      <h3 className="panel-heading">{t('screens.named')}</h3>
      <ul className="layout-list">
        {layouts.map((each) => (
          <li key={each.name}>
            <Button size="small" onPress={() => setLayout(each.layout)}>
              {each.name}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={t('screens.forget', { name: each.name })}
              onPress={() => setNamed({ layouts: layouts.filter((other) => other !== each) })}
            >
              <span aria-hidden="true">✕</span>
            </Button>
          </li>
        ))}
      </ul>
      <form className="layout-save" onSubmit={save}>
        <TextInput label={t('screens.name')} value={name} onChange={setName} />
        <Button type="submit" size="small" isDisabled={name.trim() === '' || isFull}>
          {t('screens.save')}
        </Button>
      </form>
      {isFull ? <p className="muted">{t('screens.full', { count: MOST_NAMED })}</p> : null}
    </section>
  );
}

/** For those who answer for a role: what people in it start from until they arrange the board themselves. */
function RoleDefault(): ReactNode {
  const { t, problem } = useIntl();
  const { account } = useDesk();
  const { api } = useServer();
  const [layout] = useLayout();
  const [role, setRole] = useState<Role>('dispatcher');
  const [done, setDone] = useState(false);
  const set = useAction((_key, chosen: Role, value: object) => api.putRoleSetting(chosen, 'layout', value));
  if (!account.roles.some((each) => each === 'supervisor' || each === 'administrator')) return null;
  return (
    <section aria-label={t('screens.roleDefault')}>
      <h3 className="panel-heading">{t('screens.roleDefault')}</h3>
      <SelectInput
        label={t('screens.role')}
        value={role}
        choices={ROLES.map((id) => ({ id, label: t(`role.${id}`) }))}
        onChange={(chosen) => {
          setRole(chosen);
          setDone(false);
        }}
      />
      <Button
        size="small"
        isDisabled={set.pending}
        onPress={() => void set.run(role, layout).then((ok) => setDone(ok))}
      >
        {t('screens.makeDefault')}
      </Button>
      {set.error === null ? null : <Notice tone="refusal">{problem(set.error)}</Notice>}
      {done ? <Notice tone="good">{t('screens.defaultSet', { role: t(`role.${role}`) })}</Notice> : null}
    </section>
  );
}
