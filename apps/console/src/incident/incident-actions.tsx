import {
  Button,
  type IncidentView,
  isActive,
  ModalDialog,
  Notice,
  SelectInput,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { TypePicker } from '../intake/type-picker.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { ReasonDialog } from './reason-dialog.js';

type Open = 'close' | 'cancel' | 'reopen' | 'classify' | null;

/** What can be done to the incident as a whole; each refusal is told here, in words. */
export function IncidentActions({ view }: { readonly view: IncidentView }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const board = useWork();
  const [open, setOpen] = useState<Open>(null);
  const { incident, assignments } = view;
  const { id, number } = incident;
  const raise = useAction((key, level: number) => api.raiseAlarm(key, id, level));
  const resolve = useAction((key) => api.resolve(key, id));
  const cancel = useAction((key, reason: string) => api.cancelIncident(key, id, reason));
  const reopen = useAction((key, reason: string) => api.reopen(key, id, reason));
  const error = raise.error ?? resolve.error;
  const onOpenChange = (isOpen: boolean): void => {
    if (!isOpen) setOpen(null);
  };
  const subject = (of: string): string => board.units.get(of)?.callSign ?? of;
  const finished = !assignments.some(isActive) && assignments.some(({ stage }) => stage === 'cleared');

  return (
    <section className="incident-actions" aria-label={t('incident.actions')}>
      {error === null ? null : <Notice tone="refusal">{problem(error, subject)}</Notice>}
      {incident.status === 'open' ? (
        <div className="action-row">
          {incident.stamps.resolved === null && assignments.length > 0 ? (
            <Button size="small" isDisabled={resolve.pending} onPress={() => void resolve.run()}>
              {t('incident.resolve')}
            </Button>
          ) : null}
          <Button size="small" variant={finished ? 'primary' : 'plain'} onPress={() => setOpen('close')}>
            {t('incident.close')}
          </Button>
          {incident.typeCode === null ? null : (
            <Button
              size="small"
              isDisabled={raise.pending}
              onPress={() => void raise.run(incident.alarmLevel + 1)}
            >
              {t('incident.raiseAlarm', { level: incident.alarmLevel + 1 })}
            </Button>
          )}
          <Button
            size="small"
            variant={incident.typeCode === null ? 'primary' : 'quiet'}
            onPress={() => setOpen('classify')}
          >
            {t(incident.typeCode === null ? 'incident.classify' : 'incident.changeType')}
          </Button>
          <Button size="small" variant="quiet" onPress={() => setOpen('cancel')}>
            {t('incident.cancel')}
          </Button>
        </div>
      ) : incident.status === 'merged' ? null : (
        <div className="action-row">
          <Button size="small" onPress={() => setOpen('reopen')}>
            {t('incident.reopen')}
          </Button>
        </div>
      )}
      <CloseDialog view={view} isOpen={open === 'close'} onOpenChange={onOpenChange} />
      <ClassifyDialog view={view} isOpen={open === 'classify'} onOpenChange={onOpenChange} />
      <ReasonDialog
        title={t('incident.cancelTitle', { number })}
        confirm={t('incident.cancelTitle', { number })}
        action={cancel}
        isOpen={open === 'cancel'}
        onOpenChange={onOpenChange}
      />
      <ReasonDialog
        title={t('incident.reopenTitle', { number })}
        confirm={t('incident.reopenTitle', { number })}
        action={reopen}
        isOpen={open === 'reopen'}
        onOpenChange={onOpenChange}
      />
    </section>
  );
}

interface DialogProps {
  readonly view: IncidentView;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}

function CloseDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const intl = useIntl();
  const { t, problem, name } = intl;
  const { api } = useServer();
  const board = useWork();
  const catalogue = useCatalogue();
  const [disposition, setDisposition] = useState<string | null>(null);
  const close = useAction((key, code: string) => api.close(key, view.incident.id, { disposition: code }));
  const confirm = async (): Promise<void> => {
    if (disposition !== null && (await close.run(disposition))) onOpenChange(false);
  };
  return (
    <ModalDialog
      title={t('incident.closeTitle', { number: view.incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <SelectInput
        label={t('incident.disposition')}
        value={disposition}
        placeholder="–"
        choices={catalogue.dispositions.map((each) => ({
          id: each.code,
          label: `${each.code}  ${name(each.name)}`,
        }))}
        onChange={setDisposition}
      />
      {close.error === null ? null : (
        <Notice tone="refusal">{problem(close.error, (id) => board.units.get(id)?.callSign ?? id)}</Notice>
      )}
      <div className="ll-actions">
        <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={disposition === null || close.pending}
          onPress={() => void confirm()}
        >
          {t('incident.closeTitle', { number: view.incident.number })}
        </Button>
      </div>
    </ModalDialog>
  );
}

function ClassifyDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [typeCode, setTypeCode] = useState<string | null>(view.incident.typeCode);
  const classify = useAction((key, code: string) => api.classify(key, view.incident.id, code, null));
  const confirm = async (): Promise<void> => {
    if (typeCode !== null && (await classify.run(typeCode))) onOpenChange(false);
  };
  return (
    <ModalDialog
      title={t('incident.classifyTitle', { number: view.incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <TypePicker value={typeCode} onChange={setTypeCode} />
      {classify.error === null ? null : <Notice tone="refusal">{problem(classify.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={typeCode === null || classify.pending}
          onPress={() => void confirm()}
        >
          {t('common.save')}
        </Button>
      </div>
    </ModalDialog>
  );
}
