import { Button, ModalDialog, Notice, TextAreaInput, type Unit, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';

/** Begins and ends a unit's duty: without a crew on duty it is never recommended. */
export function DutyControl({ unit }: { readonly unit: Unit }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [asking, setAsking] = useState(false);
  const [names, setNames] = useState('');
  const begin = useAction((key, crew: readonly string[]) => api.beginDuty(key, unit.id, crew));
  const end = useAction((key) => api.endDuty(key, unit.id));
  const crew = names
    .split(/[\n,，、]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!(await begin.run(crew))) return;
    setNames('');
    setAsking(false);
  };
  return (
    <>
      {unit.duty ? (
        <Button size="small" variant="quiet" isDisabled={end.pending} onPress={() => void end.run()}>
          {t('units.endDuty')}
        </Button>
      ) : (
        <Button size="small" variant="primary" onPress={() => setAsking(true)}>
          {t('units.beginDuty')}
        </Button>
      )}
      {end.error === null ? null : <Notice tone="refusal">{problem(end.error)}</Notice>}
      <ModalDialog
        title={t('units.beginDutyOf', { callSign: unit.callSign })}
        isOpen={asking}
        onOpenChange={setAsking}
      >
        <form className="ll-form" onSubmit={(event) => void submit(event)}>
          <TextAreaInput
            label={t('units.crewNames')}
            hint={t('units.crewNamesHint', { count: unit.minimumCrew })}
            value={names}
            onChange={setNames}
            autoFocus
            isRequired
          />
          {begin.error === null ? null : <Notice tone="refusal">{problem(begin.error)}</Notice>}
          <div className="ll-actions">
            <Button onPress={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" isDisabled={begin.pending || crew.length === 0}>
              {t('units.beginDuty')}
            </Button>
          </div>
        </form>
      </ModalDialog>
    </>
  );
}
