import { formatInstant } from '@lamplight/base';
import { Button, ModalDialog, Notice, type RoadCondition, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ReasonDialog } from '../incident/reason-dialog.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { readWallClock, writeWallClock } from '../state/wall-clock.js';
import { conditionPlaceText } from './condition-wording.js';

/** What is to be done with a condition. */
export interface Asking {
  readonly what: 'lift' | 'end';
  readonly id: string;
}

/** Lifts a condition, with a reason, or sets another end. */
export function ConditionDialog({
  condition,
  asking,
  onClose,
}: {
  readonly condition: RoadCondition;
  readonly asking: Asking['what'] | null;
  onClose(): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { api } = useServer();
  const lift = useAction((key, reason: string) => api.liftCondition(key, condition.id, reason));
  const place = conditionPlaceText(condition, intl);
  return (
    <>
      <ReasonDialog
        title={t('roads.liftTitle', { place })}
        confirm={t('roads.liftTitle', { place })}
        action={lift}
        isOpen={asking === 'lift'}
        onOpenChange={onClose}
      />
      <EndDialog
        key={condition.to}
        condition={condition}
        title={t('roads.extendTitle', { place })}
        isOpen={asking === 'end'}
        onOpenChange={onClose}
      />
    </>
  );
}

/** Sets another end, or none. */
function EndDialog({
  condition,
  title,
  isOpen,
  onOpenChange,
}: {
  readonly condition: RoadCondition;
  readonly title: string;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}): ReactNode {
  const { t, zone, problem } = useIntl();
  const { api } = useServer();
  const [end, setEnd] = useState(condition.to === null ? '' : writeWallClock(condition.to, zone));
  const amend = useAction((key, to: string | null) => api.amendCondition(key, condition.id, { to }));
  const to = readWallClock(end, zone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await amend.run(to === null ? null : formatInstant(to))) onOpenChange(false);
  };
  return (
    <ModalDialog title={title} isOpen={isOpen} onOpenChange={onOpenChange}>
      <form className="ll-form" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('roads.end')}
          hint={t('roads.endHint')}
          type="datetime-local"
          value={end}
          onChange={setEnd}
          autoFocus
        />
        {amend.error === null ? null : <Notice tone="refusal">{problem(amend.error)}</Notice>}
        <div className="ll-actions">
          <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={amend.pending || (end !== '' && to === null)}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
