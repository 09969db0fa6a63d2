import { metres } from '@lamplight/base';
import {
  HAZARD_KINDS,
  type Hazard,
  type KeyHolder,
  PREMISES_RADIUS_LIMIT,
  type PremisesView,
} from '@lamplight/contracts';
import { Button, newId, SelectInput, TextAreaInput, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { ActionButton, FormDialog } from '../parts/form-dialog.js';
import { PositionFields, readPosition, writePosition } from '../parts/position-fields.js';

/** A row of a list that is edited; the key stays with it while others are taken out. */
type Row<Value> = Value & { readonly key: string };

const withKey = <Value extends object>(value: Value): Row<Value> => ({ ...value, key: newId() });

interface HolderText {
  readonly name: string;
  readonly number: string;
  readonly note: string;
}

/** Premises as they are edited; `null` for new ones. */
export function PremisesDialog({
  premises,
  onClose,
}: {
  readonly premises: PremisesView | null;
  onClose(): void;
}): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  const { powers } = useDesk();
  const [id] = useState(() => premises?.id ?? newId());
  const [name, setName] = useState(premises?.name ?? '');
  const [place, setPlace] = useState(writePosition(premises?.position ?? null));
  const [radius, setRadius] = useState(String(premises?.radius ?? 60));
  const [access, setAccess] = useState(premises?.access ?? '');
  const [hazards, setHazards] = useState(() => (premises?.hazards ?? []).map(withKey<Hazard>));
  const [holders, setHolders] = useState(() => (premises?.keyHolders ?? []).map(holderRow));
  // Who may not see the key-holders there are may not put others over them.
  const seesHolders = premises ? premises.keyHolders !== null : powers.takeCalls;
  const position = readPosition(place);
  const reach = Number(radius);
  const isReady =
    name.trim() !== '' &&
    position != null &&
    radius.trim() !== '' &&
    reach >= 0 &&
    reach <= PREMISES_RADIUS_LIMIT &&
    hazards.every(({ text }) => text.trim() !== '') &&
    holders.every((each) => each.name.trim() !== '' && each.number.trim() !== '');
  const save = async (): Promise<unknown> =>
    position &&
    api.savePremises(id, {
      version: premises?.version ?? 0,
      name: name.trim(),
      position,
      radius: metres(reach),
      access: access.trim() || null,
      hazards: hazards.map(({ kind, text }) => ({ kind, text: text.trim() })),
      keyHolders: seesHolders ? holders.map(readHolder) : null,
    });
  const remove = useAction(async () => {
    if (premises) await api.removePremises(premises.id, premises.version);
    onClose();
  });

  return (
    <FormDialog
      title={premises ? premises.name : t('premises.add')}
      isReady={isReady}
      send={save}
      onClose={onClose}
      wide
    >
      <TextInput
        label={t('premises.name')}
        value={name}
        onChange={setName}
        autoFocus={premises === null}
        isRequired
      />
      <PositionFields value={place} onChange={setPlace} isRequired />
      <TextInput
        label={t('premises.radius')}
        hint={t('premises.radiusHint', { most: PREMISES_RADIUS_LIMIT })}
        value={radius}
        onChange={setRadius}
        isRequired
      />
      <fieldset className="admin-rows">
        <legend>{t('premises.hazards')}</legend>
        {hazards.map((hazard, index) => (
          <div key={hazard.key} className="admin-pair">
            <SelectInput
              label={t('premises.hazardKind')}
              value={hazard.kind}
              choices={HAZARD_KINDS.map((kind) => ({ id: kind, label: t(`premises.hazard.${kind}`) }))}
              onChange={(kind) => setHazards(replaced(hazards, index, { ...hazard, kind }))}
            />
            <TextInput
              label={t('premises.hazardText')}
              value={hazard.text}
              onChange={(text) => setHazards(replaced(hazards, index, { ...hazard, text }))}
              isRequired
            />
            <RemoveRow rank={index + 1} onPress={() => setHazards(without(hazards, index))} />
          </div>
        ))}
        <Button
          size="small"
          onPress={() => setHazards([...hazards, withKey<Hazard>({ kind: 'fire', text: '' })])}
        >
          {t('premises.addHazard')}
        </Button>
      </fieldset>
      <TextAreaInput label={t('premises.access')} value={access} onChange={setAccess} />
      {seesHolders ? (
        <fieldset className="admin-rows">
          <legend>{t('premises.keyHolders')}</legend>
          {holders.map((holder, index) => (
            <div key={holder.key} className="admin-pair">
              <TextInput
                label={t('premises.holderName')}
                value={holder.name}
                onChange={(changed) => setHolders(replaced(holders, index, { ...holder, name: changed }))}
                isRequired
              />
              <TextInput
                label={t('premises.holderNumber')}
                type="tel"
                value={holder.number}
                onChange={(number) => setHolders(replaced(holders, index, { ...holder, number }))}
                isRequired
              />
              <TextInput
                label={t('premises.holderNote')}
                value={holder.note}
                onChange={(note) => setHolders(replaced(holders, index, { ...holder, note }))}
              />
              <RemoveRow rank={index + 1} onPress={() => setHolders(without(holders, index))} />
            </div>
          ))}
          <Button
            size="small"
            onPress={() => setHolders([...holders, withKey({ name: '', number: '', note: '' })])}
          >
            {t('premises.addHolder')}
          </Button>
        </fieldset>
      ) : (
        <p className="muted">{t('premises.holdersHidden')}</p>
      )}
      {premises ? (
        <fieldset className="admin-danger">
          <legend>{t('admin.remove')}</legend>
          <ActionButton action={remove} variant="danger">
            {t('premises.remove')}
          </ActionButton>
        </fieldset>
      ) : null}
    </FormDialog>
  );
}

function RemoveRow({ rank, onPress }: { readonly rank: number; onPress(): void }): ReactNode {
  const { t } = useIntl();
  return (
    <Button size="small" variant="quiet" onPress={onPress}>
      {t('premises.removeRow', { rank })}
    </Button>
  );
}

const holderRow = ({ name, number, note }: KeyHolder): Row<HolderText> =>
  withKey({ name, number, note: note ?? '' });

const readHolder = ({ name, number, note }: HolderText): KeyHolder => ({
  name: name.trim(),
  number: number.trim(),
  note: note.trim() || null,
});

const replaced = <Value,>(rows: readonly Value[], at: number, value: Value): Value[] =>
  rows.map((each, index) => (index === at ? value : each));

const without = <Value,>(rows: readonly Value[], at: number): Value[] =>
  rows.filter((_, index) => index !== at);
