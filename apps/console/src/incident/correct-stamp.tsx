import { formatInstant } from '@lamplight/base';
import {
  type Assignment,
  Button,
  ModalDialog,
  Notice,
  PROGRESS_STAGES,
  type ProgressStage,
  SelectInput,
  TextAreaInput,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAction } from '../state/action.js';
import { useNow } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { readTimeOfDay } from './time-of-day.js';

/** Puts another time in the place of a stamp, or a stamp where one is missing, with a reason that the log keeps. */
export function CorrectStamp({
  assignment,
  callSign,
  isOpen,
  onOpenChange,
}: {
  readonly assignment: Assignment;
  readonly callSign: string;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <ModalDialog title={t('stamp.correctTitle', { callSign })} isOpen={isOpen} onOpenChange={onOpenChange}>
      <CorrectionForm assignment={assignment} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function CorrectionForm({
  assignment,
  onDone,
}: {
  readonly assignment: Assignment;
  onDone(): void;
}): ReactNode {
  const { t, time, dateTime, problem, zone } = useIntl();
  const { api } = useServer();
  const now = useNow();
  const stages = PROGRESS_STAGES.filter((stage) => stage !== 'proposed');
  const [stage, setStage] = useState<ProgressStage>(
    stages.findLast((each) => assignment.stamps[each] !== undefined) ?? 'dispatched',
  );
  const stamp = assignment.stamps[stage];
  const [text, setText] = useState(stamp === undefined ? '' : time(stamp));
  const [reason, setReason] = useState('');
  const to = readTimeOfDay(text, stamp ?? assignment.endedAt ?? now, zone);
  const correct = useAction((key, body: { stage: ProgressStage; to: string; reason: string }) =>
    api.correctStamp(key, assignment.id, body),
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (to === null || reason.trim() === '') return;
    if (await correct.run({ stage, to: formatInstant(to), reason: reason.trim() })) onDone();
  };
  return (
    <form className="ll-form" onSubmit={(event) => void submit(event)}>
      <SelectInput
        label={t('stamp.which')}
        value={stage}
        choices={stages.map((id) => {
          const at = assignment.stamps[id];
          return { id, label: at === undefined ? t(`stage.${id}`) : `${t(`stage.${id}`)}  ${time(at)}` };
        })}
        onChange={(chosen) => {
          setStage(chosen);
          const at = assignment.stamps[chosen];
          setText(at === undefined ? '' : time(at));
        }}
      />
      <TextInput
        label={t('stamp.right')}
        hint={to === null ? t('stamp.format') : dateTime(to)}
        value={text}
        onChange={setText}
        autoFocus
        isRequired
      />
      <TextAreaInput
        label={t('common.reason')}
        hint={t('common.reasonHint')}
        value={reason}
        onChange={setReason}
        isRequired
      />
      {correct.error === null ? null : <Notice tone="refusal">{problem(correct.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          type="submit"
          isDisabled={to === null || reason.trim() === '' || correct.pending}
        >
          {t('stamp.correct')}
        </Button>
      </div>
    </form>
  );
}
