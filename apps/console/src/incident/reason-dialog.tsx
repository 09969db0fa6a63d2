import { Button, ModalDialog, Notice, TextAreaInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Action } from '../state/action.js';

/** Asks for a reason in words, which the log keeps, and does what it is for. */
export function ReasonDialog({
  title,
  confirm,
  action,
  isOpen,
  onOpenChange,
}: {
  readonly title: string;
  readonly confirm: string;
  readonly action: Action<readonly [reason: string]>;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}): ReactNode {
  const { t, problem } = useIntl();
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await action.run(reason)) {
      setReason('');
      onOpenChange(false);
    }
  };
  return (
    <ModalDialog title={title} isOpen={isOpen} onOpenChange={onOpenChange}>
      <form className="ll-form" onSubmit={(event) => void submit(event)}>
        <TextAreaInput
          label={t('common.reason')}
          hint={t('common.reasonHint')}
          value={reason}
          onChange={setReason}
          autoFocus
          isRequired
        />
        {action.error === null ? null : <Notice tone="refusal">{problem(action.error)}</Notice>}
        <div className="ll-actions">
          <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={reason.trim() === ''}>
            {confirm}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
