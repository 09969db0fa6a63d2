import { Button, type IncidentView, isActive, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { RemindMenu } from '../timers/remind-menu.js';
import { ClassifyDialog } from './classify-dialog.js';
import { CloseDialog, RecoverDialog, SettleDialog } from './end-dialogs.js';
import { PlaceForm } from './place-form.js';
import { RaiseDialog } from './raise-dialog.js';
import { ReasonDialog } from './reason-dialog.js';
import { LinkDialog, MergeDialog, SplitDialog } from './relation-dialogs.js';

export interface DialogProps {
  readonly view: IncidentView;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}

const FORMS = [
  'close',
  'cancel',
  'reopen',
  'classify',
  'place',
  'raise',
  'link',
  'merge',
  'split',
  'recover',
  'settle',
] as const;
type Form = (typeof FORMS)[number];
/** Those that are found under "more"; the others have a button of their own. */
type MoreForm = Exclude<Form, 'close' | 'classify' | 'place'>;

/** What can be done to the incident as a whole; each refusal is told here, in words. */
export function IncidentActions({
  view,
  onEditing,
}: {
  readonly view: IncidentView;
  /** Tells whether somebody is at a form. */
  onEditing(editing: boolean): void;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { powers } = useDesk();
  const board = useWork();
  const [open, setOpen] = useState<Form | null>(null);
  const { incident, calls, assignments } = view;
  const { id, number } = incident;
  const resolve = useAction((key) => api.resolve(key, id));
  const cancel = useAction((key, reason: string) => api.cancelIncident(key, id, reason));
  const reopen = useAction((key, reason: string) => api.reopen(key, id, reason));
  const show = (form: Form | null): void => {
    setOpen(form);
    onEditing(form !== null);
  };
  const dialog = (form: Form) => ({
    view,
    isOpen: open === form,
    onOpenChange: (isOpen: boolean) => show(isOpen ? form : null),
  });
  const subject = (of: string): string => board.units.get(of)?.callSign ?? of;
  const finished = !assignments.some(isActive) && assignments.some(({ stage }) => stage === 'cleared');
  const isOpen = incident.status === 'open';
  const more: readonly MoreForm[] = isOpen
    ? [
        ...(powers.dispatch && incident.typeCode !== null ? (['raise'] as const) : []),
        'link',
        ...(powers.dispatch ? (['merge'] as const) : []),
        ...(powers.dispatch && calls.length + assignments.length > 0 ? (['split'] as const) : []),
        ...(powers.dispatch ? (['recover', 'cancel'] as const) : []),
      ]
    : [
        ...(powers.dispatch ? (['recover'] as const) : []),
        ...(powers.dispatch && incident.status !== 'merged' ? (['reopen'] as const) : []),
        ...(powers.supervise && incident.stamps.settled === null ? (['settle'] as const) : []),
      ];

  return (
    <section className="incident-actions" aria-label={t('incident.actions')}>
      {resolve.error === null ? null : <Notice tone="refusal">{problem(resolve.error, subject)}</Notice>}
      {open === 'place' ? (
        <PlaceForm incident={incident} onDone={() => show(null)} />
      ) : (
        <div className="action-row">
          {isOpen ? (
            <>
              {powers.dispatch && incident.stamps.resolved === null && assignments.length > 0 ? (
                <Button size="small" isDisabled={resolve.pending} onPress={() => void resolve.run()}>
                  {t('incident.resolve')}
                </Button>
              ) : null}
              {powers.dispatch ? (
                <Button size="small" variant={finished ? 'primary' : 'plain'} onPress={() => show('close')}>
                  {t('incident.close')}
                </Button>
              ) : null}
              <Button
                size="small"
                variant={incident.typeCode === null ? 'primary' : 'quiet'}
                onPress={() => show('classify')}
              >
                {t(incident.typeCode === null ? 'incident.classify' : 'incident.changeType')}
              </Button>
              <Button
                size="small"
                variant={incident.location?.position ? 'quiet' : 'primary'}
                onPress={() => show('place')}
              >
                {t(incident.location === null ? 'place.set' : 'place.change')}
              </Button>
            </>
          ) : null}
          {more.length > 0 ? (
            <MenuTrigger>
              <AriaButton className="ll-button ll-button-quiet ll-button-small">
                {t('incident.more')}
              </AriaButton>
              <Popover className="ll-popover">
                <Menu
                  className="ll-listbox"
                  aria-label={t('incident.more')}
                  onAction={(key) => show(FORMS.find((form) => form === key) ?? null)}
                >
                  {more.map((form) => (
                    <MenuItem key={form} id={form} className="ll-option">
                      {t(`incidentForm.${form}`)}
                    </MenuItem>
                  ))}
                </Menu>
              </Popover>
            </MenuTrigger>
          ) : null}
          <RemindMenu incidentId={id} />
        </div>
      )}
      <CloseDialog {...dialog('close')} />
      <ClassifyDialog {...dialog('classify')} />
      <RaiseDialog {...dialog('raise')} />
      <LinkDialog {...dialog('link')} />
      <MergeDialog {...dialog('merge')} />
      <SplitDialog {...dialog('split')} />
      <RecoverDialog {...dialog('recover')} />
      <SettleDialog {...dialog('settle')} />
      <ReasonDialog
        title={t('incident.cancelTitle', { number })}
        confirm={t('incident.cancelTitle', { number })}
        action={cancel}
        isOpen={open === 'cancel'}
        onOpenChange={dialog('cancel').onOpenChange}
      />
      <ReasonDialog
        title={t('incident.reopenTitle', { number })}
        confirm={t('incident.reopenTitle', { number })}
        action={reopen}
        isOpen={open === 'reopen'}
        onOpenChange={dialog('reopen').onOpenChange}
      />
    </section>
  );
}
