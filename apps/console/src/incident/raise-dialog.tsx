import { Button, ModalDialog, Notice, SelectInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useAction } from '../state/action.js';
import { useCatalogue } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import type { DialogProps } from './incident-actions.js';

/** Raises the alarm level, after showing what the run card then asks for beyond what it asks for now. */
export function RaiseDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t } = useIntl();
  return (
    <ModalDialog
      title={t('raise.title', { number: view.incident.number })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <RaiseForm view={view} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function RaiseForm({
  view: { incident },
  onDone,
}: Pick<DialogProps, 'view'> & { onDone(): void }): ReactNode {
  const intl = useIntl();
  const { t, problem } = intl;
  const { api } = useServer();
  const catalogue = useCatalogue();
  const levels = catalogue.levelsOf(incident.typeCode);
  const higher = levels
    .map(({ level }) => String(level))
    .filter((level) => Number(level) > incident.alarmLevel);
  const [chosen, setChosen] = useState(higher[0] ?? null);
  const raise = useAction((key, level: number) => api.raiseAlarm(key, incident.id, level));
  const countsAt = (level: number): ReadonlyMap<string, number> =>
    new Map(
      (levels.find((each) => each.level === level)?.requires ?? []).map(({ capability, count }) => [
        capability,
        count,
      ]),
    );
  if (chosen === null) {
    return (
      <>
        <p>{t('raise.highest')}</p>
        <div className="ll-actions">
          <Button onPress={onDone}>{t('common.close')}</Button>
        </div>
      </>
    );
  }
  const now = countsAt(incident.alarmLevel);
  const then = [...countsAt(Number(chosen))];
  return (
    <>
      {higher.length > 1 ? (
        <SelectInput
          label={t('raise.to')}
          value={chosen}
          choices={higher.map((id) => ({ id, label: t('incident.alarmLevel', { level: Number(id) }) }))}
          onChange={setChosen}
        />
      ) : null}
      <table className="raise-table">
        <caption>{t('raise.preview', { from: incident.alarmLevel, to: Number(chosen) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('raise.capability')}</th>
            <th scope="col">{t('incident.alarmLevel', { level: incident.alarmLevel })}</th>
            <th scope="col">{t('incident.alarmLevel', { level: Number(chosen) })}</th>
            <th scope="col">{t('raise.adds')}</th>
          </tr>
        </thead>
        <tbody>
          {then.map(([capability, count]) => {
            const before = now.get(capability) ?? 0;
            return (
              <tr key={capability}>
                <th scope="row">{catalogue.capabilityName(capability, intl)}</th>
                <td>{before}</td>
                <td>{count}</td>
                <td>{count > before ? <strong>+{count - before}</strong> : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="muted">{t('raise.note')}</p>
      {raise.error === null ? null : <Notice tone="refusal">{problem(raise.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={raise.pending}
          onPress={() => void raise.run(Number(chosen)).then((done) => done && onDone())}
        >
          {t('incident.raiseAlarm', { level: Number(chosen) })}
        </Button>
      </div>
    </>
  );
}
