import { type MessageKey, ModalDialog, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';
import { usePreferences } from '../state/preferences.js';

const GROUPS = [
  [
    'help.group.calls',
    [
      ['N', 'help.new'],
      ['A', 'help.answer'],
      ['Ctrl Enter', 'help.submit'],
      ['Ctrl D', 'intake.help.dispatch'],
      ['Alt S', 'intake.help.join'],
      ['Alt Q', 'intake.help.questions'],
      ['Alt 1 – 9', 'intake.help.switch'],
    ],
  ],
  [
    'help.group.dispatch',
    [
      ['D', 'help.dispatch'],
      ['1 – 9', 'help.dispatchOne'],
      ['R', 'help.note2'],
      ['J', 'help.next'],
      ['T', 'units.help.send'],
      ['P', 'units.help.post'],
      ['X', 'help.silence'],
    ],
  ],
  [
    'help.group.move',
    [
      ['Q', 'help.queue'],
      ['M', 'help.map'],
      ['U', 'help.units'],
      ['I', 'help.panel'],
      ['W', 'help.roads'],
      ['Shift Q M U I', 'help.windows'],
      ['↑ ↓', 'help.arrows'],
      ['Esc', 'help.escape'],
      ['?', 'help.help'],
    ],
  ],
] as const satisfies readonly (readonly [MessageKey, readonly (readonly [string, MessageKey])[]])[];

/** All keys in one place, and the switch to turn the single ones off. */
export function HelpDialog({
  isOpen,
  onOpenChange,
}: {
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}): ReactNode {
  const { t } = useIntl();
  const { singleKeys, set } = usePreferences();
  return (
    <ModalDialog title={t('help.title')} isOpen={isOpen} onOpenChange={onOpenChange} wide>
      <div className="help-groups">
        {GROUPS.map(([title, keys]) => (
          <section key={title}>
            <h3 className="panel-heading">{t(title)}</h3>
            <dl className="help-keys">
              {keys.map(([key, text]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(text)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch className="switch" isSelected={singleKeys} onChange={(on) => set({ singleKeys: on })}>
        <span className="switch-track" aria-hidden="true" />
        {t('help.singleKeys')}
      </Switch>
      <p className="muted">{t('help.note')}</p>
    </ModalDialog>
  );
}
