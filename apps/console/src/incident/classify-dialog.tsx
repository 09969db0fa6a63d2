import { Button, type Incident, ModalDialog, Notice, Segmented, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { TypePicker } from '../intake/type-picker.js';
import { useAction } from '../state/action.js';
import { useCatalogue } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { priorityText } from '../state/wording.js';
import { ChangedMeanwhile, useSeen } from './changed-meanwhile.js';
import type { DialogProps } from './incident-actions.js';
import { changeFacts } from './seen-facts.js';

const PRIORITIES = ['1', '2', '3', '4', '5'] as const;

/** Sets the type and the priority; the usual priority of the type is taken unless somebody says another. */
export function ClassifyDialog({ view: { incident }, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t } = useIntl();
  return (
    <ModalDialog
      title={t('incident.classifyTitle', { number: incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <ClassifyForm incident={incident} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function ClassifyForm({ incident, onDone }: { readonly incident: Incident; onDone(): void }): ReactNode {
  const intl = useIntl();
  const { t, problem } = intl;
  const { api } = useServer();
  const catalogue = useCatalogue();
  const seen = useSeen(incident);
  const [typeCode, setTypeCode] = useState(incident.typeCode);
  const [chosen, setChosen] = useState<number | null>(incident.priority);
  const usual = catalogue.findType(typeCode)?.priority ?? null;
  const priority = chosen ?? usual;
  const classify = useAction((key, code: string, level: number | null, _version: number) =>
    changeFacts(api, seen.seen, key, (attempt, version) =>
      api.classify(attempt, incident.id, code, level, version),
    ),
  );
  const confirm = async (): Promise<void> => {
    if (typeCode !== null && (await classify.run(typeCode, priority, seen.seen.version))) onDone();
  };
  return (
    <>
      <TypePicker
        value={typeCode}
        onChange={(code) => {
          setTypeCode(code);
          // Another type has another usual priority.
          if (code !== typeCode) setChosen(null);
        }}
      />
      <Segmented
        label={t('priority.label')}
        value={priority === null ? '' : String(priority)}
        choices={PRIORITIES.map((id) => ({ id, label: t('priority.short', { priority: Number(id) }) }))}
        hint={priority === null ? undefined : priorityText(priority, intl)}
        onChange={(id) => setChosen(Number(id))}
      />
      <ChangedMeanwhile seen={seen} />
      {classify.error === null ? null : <Notice tone="refusal">{problem(classify.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={typeCode === null || seen.changed || classify.pending}
          onPress={() => void confirm()}
        >
          {t('common.save')}
        </Button>
      </div>
    </>
  );
}
