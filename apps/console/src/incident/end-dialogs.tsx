import { Button, ModalDialog, Notice, Segmented, SelectInput, TextAreaInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useAction } from '../state/action.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import type { DialogProps } from './incident-actions.js';

/** Closes the incident with what has become of it; while units are at work the server refuses. */
export function CloseDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t, problem, name } = useIntl();
  const { api } = useServer();
  const board = useWork();
  const catalogue = useCatalogue();
  const [disposition, setDisposition] = useState<string | null>(null);
  const close = useAction((key, code: string) => api.close(key, view.incident.id, { disposition: code }));
  const title = t('incident.closeTitle', { number: view.incident.number });
  const confirm = async (): Promise<void> => {
    if (disposition !== null && (await close.run(disposition))) onOpenChange(false);
  };
  return (
    <ModalDialog title={title} isOpen={isOpen} onOpenChange={onOpenChange}>
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
          {title}
        </Button>
      </div>
    </ModalDialog>
  );
}

/** Records that what was lost has been got back. */
export function RecoverDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [text, setText] = useState('');
  const recover = useAction((key, description: string) =>
    api.recordRecovery(key, view.incident.id, description),
  );
  const confirm = async (): Promise<void> => {
    if (!(await recover.run(text.trim()))) return;
    setText('');
    onOpenChange(false);
  };
  return (
    <ModalDialog
      title={t('recover.title', { number: view.incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <TextAreaInput label={t('recover.what')} value={text} onChange={setText} autoFocus isRequired />
      {recover.error === null ? null : <Notice tone="refusal">{problem(recover.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={text.trim() === '' || recover.pending}
          onPress={() => void confirm()}
        >
          {t('common.save')}
        </Button>
      </div>
    </ModalDialog>
  );
}

const TOLD = ['told', 'notTold'] as const;

/** A supervisor settles a closed incident, and says whether the citizen has been told. */
export function SettleDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [told, setTold] = useState<(typeof TOLD)[number] | ''>('');
  const settle = useAction((key, citizenTold: boolean) =>
    api.settleIncident(key, view.incident.id, citizenTold),
  );
  const confirm = async (): Promise<void> => {
    if (told !== '' && (await settle.run(told === 'told'))) onOpenChange(false);
  };
  return (
    <ModalDialog
      title={t('settle.title', { number: view.incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <Segmented
        label={t('settle.question')}
        value={told}
        choices={TOLD.map((id) => ({ id, label: t(`settle.${id}`) }))}
        onChange={(chosen) => setTold(chosen)}
      />
      {settle.error === null ? null : <Notice tone="refusal">{problem(settle.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
        <Button variant="primary" isDisabled={told === '' || settle.pending} onPress={() => void confirm()}>
          {t('settle.do')}
        </Button>
      </div>
    </ModalDialog>
  );
}
