import { Button, ModalDialog, Notice, useIntl } from '@lamplight/ui';
import type { FormEvent, ReactNode } from 'react';
import { type Action, useAction } from '../../state/action.js';

/** A dialog with fields that are sent together; it stays open, with what was typed, until the server has taken them. */
export function FormDialog({
  title,
  submit,
  isReady,
  send,
  onSent,
  onClose,
  wide = false,
  children,
}: {
  readonly title: string;
  /** What the button says; `Save` when not given. */
  readonly submit?: string;
  /** Whether everything that must be filled in is. */
  readonly isReady: boolean;
  send(key: string): Promise<unknown>;
  /** Called when the server has taken them; closes when not given. */
  onSent?(): void;
  onClose(): void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { t, problem } = useIntl();
  const action = useAction((key) => send(key));
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isReady && (await action.run())) (onSent ?? onClose)();
  };
  return (
    <ModalDialog title={title} isOpen onOpenChange={(open) => open || onClose()} wide={wide}>
      <form className="ll-form admin-form" onSubmit={(event) => void onSubmit(event)}>
        {children}
        {action.error === null ? null : <Notice tone="refusal">{problem(action.error)}</Notice>}
        <div className="ll-actions">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!isReady}>
            {submit ?? t('common.save')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}

/** A button for something that is done with one press, and what became of it. */
export function ActionButton({
  action,
  variant = 'plain',
  children,
}: {
  readonly action: Action<readonly []>;
  readonly variant?: 'plain' | 'danger' | 'primary';
  readonly children: ReactNode;
}): ReactNode {
  const { problem } = useIntl();
  return (
    <>
      <Button variant={variant} isDisabled={action.pending} onPress={() => void action.run()}>
        {children}
      </Button>
      {action.error === null ? null : <Notice tone="refusal">{problem(action.error)}</Notice>}
    </>
  );
}
