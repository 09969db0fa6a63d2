import { Button, Notice, TextInput, type Unit, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { ReasonDialog } from '../../incident/reason-dialog.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { PickOne, PickSome } from '../parts/choices.js';
import { FormDialog } from '../parts/form-dialog.js';
import { useLoaded } from '../parts/loaded.js';
import { PositionFields, readPosition, writePosition } from '../parts/position-fields.js';

/** Registers a unit, or describes a known one anew; a retired one is back with that. */
export function UnitDialog({ unit, onClose }: { readonly unit: Unit | null; onClose(): void }): ReactNode {
  const { t, name } = useIntl();
  const { api } = useServer();
  const { capabilities: known } = useLoaded(() => api.catalogue()).value ?? { capabilities: [] };
  const stations = useLoaded(() => api.stations()).value ?? [];
  const [id, setId] = useState(unit?.id ?? '');
  const [callSign, setCallSign] = useState(unit?.callSign ?? '');
  const [unitType, setUnitType] = useState(unit?.unitType ?? '');
  const [capabilities, setCapabilities] = useState<readonly string[]>(unit?.capabilities ?? []);
  const [stationId, setStationId] = useState(unit?.stationId ?? null);
  const [place, setPlace] = useState(writePosition(unit?.home ?? null));
  const [minimumCrew, setMinimumCrew] = useState(String(unit?.minimumCrew ?? 1));
  const [retiring, setRetiring] = useState(false);
  const home = readPosition(place);
  const crew = Number(minimumCrew);
  const retire = useAction(async (key, reason: string) => {
    await api.retireUnit(key, id, reason);
    onClose();
  });
  const isReady =
    id !== '' &&
    callSign.trim() !== '' &&
    unitType.trim() !== '' &&
    home !== undefined &&
    Number.isInteger(crew) &&
    crew >= 1 &&
    crew <= 30;
  const station = stations.find((each) => each.id === stationId);
  const save = (key: string): Promise<unknown> =>
    api.registerUnit(key, {
      unitId: id,
      callSign,
      unitType,
      capabilities: [...capabilities],
      stationId,
      home: home ?? station?.position ?? null,
      minimumCrew: crew,
    });
  return (
    <>
      <FormDialog
        title={unit ? unit.callSign : t('admin.units.add')}
        {...(unit?.retired && { submit: t('admin.units.takeBack') })}
        isReady={isReady}
        send={save}
        onClose={onClose}
        wide
      >
        {unit?.retired ? <Notice tone="warning">{t('admin.units.isRetired')}</Notice> : null}
        <div className="admin-pair">
          <TextInput
            label={t('admin.id')}
            hint={t('admin.idHint')}
            value={id}
            onChange={setId}
            isDisabled={unit !== null}
            autoFocus={unit === null}
            isRequired
          />
          <TextInput label={t('admin.units.callSign')} value={callSign} onChange={setCallSign} isRequired />
        </div>
        <div className="admin-pair">
          <TextInput label={t('admin.units.type')} value={unitType} onChange={setUnitType} isRequired />
          <TextInput
            label={t('admin.units.minimumCrew')}
            value={minimumCrew}
            onChange={setMinimumCrew}
            isRequired
          />
        </div>
        <PickSome<string>
          label={t('admin.units.capabilities')}
          value={capabilities}
          choices={known.map((each) => ({ id: each.id, label: name(each.name) }))}
          onChange={setCapabilities}
        />
        <PickOne
          label={t('admin.units.station')}
          value={stationId}
          choices={stations.map((each) => ({ id: each.id, label: name(each.name) }))}
          onChange={setStationId}
        />
        <PositionFields value={place} onChange={setPlace} />
        <p className="muted">{t('admin.units.homeHint')}</p>
        {unit && !unit.retired ? (
          <fieldset className="admin-danger">
            <legend>{t('admin.units.retire')}</legend>
            <p className="muted">{t('admin.units.retireHint')}</p>
            <Button variant="danger" onPress={() => setRetiring(true)}>
              {t('admin.units.retire')}
            </Button>
          </fieldset>
        ) : null}
      </FormDialog>
      <ReasonDialog
        title={t('admin.units.retire')}
        confirm={t('admin.units.retire')}
        action={retire}
        isOpen={retiring}
        onOpenChange={setRetiring}
      />
    </>
  );
}
