import type { StationView } from '@lamplight/contracts';
import { TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { ActionButton, FormDialog } from '../parts/form-dialog.js';
import { useLoaded } from '../parts/loaded.js';
import { PositionFields, readPosition, writePosition } from '../parts/position-fields.js';
import { ResourceList } from '../parts/resource-list.js';

/** Where units are at home. */
export function StationsSection(): ReactNode {
  const { t, name } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const stations = useLoaded(() => api.stations());
  const [open, setOpen] = useState<StationView | 'new' | null>(null);
  return (
    <>
      <ResourceList<StationView>
        label={t('admin.stations')}
        source={stations}
        row={(item) => ({
          id: item.id,
          item,
          name: name(item.name),
          words: `${item.id} ${item.kind} ${item.name.en} ${item.name.zh}`,
        })}
        onOpen={administer ? setOpen : undefined}
        add={administer ? { label: t('admin.stations.add'), onPress: () => setOpen('new') } : undefined}
        empty={t('admin.stations.none')}
      >
        {(station) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{name(station.name)}</strong>
              <span className="muted">{station.id}</span>
            </span>
            <span className="admin-cell">{station.kind}</span>
            <span className="admin-cell muted">
              {station.position.map((each) => each.toFixed(5)).join(', ')}
            </span>
          </>
        )}
      </ResourceList>
      {open === null ? null : (
        <StationDialog
          station={open === 'new' ? null : open}
          onClose={() => {
            setOpen(null);
            void stations.reload();
          }}
        />
      )}
    </>
  );
}

function StationDialog({
  station,
  onClose,
}: {
  readonly station: StationView | null;
  onClose(): void;
}): ReactNode {
  const { t, name } = useIntl();
  const { api } = useServer();
  const [id, setId] = useState(station?.id ?? '');
  const [en, setEn] = useState(station?.name.en ?? '');
  const [zh, setZh] = useState(station?.name.zh ?? '');
  const [kind, setKind] = useState(station?.kind ?? 'station');
  const [place, setPlace] = useState(writePosition(station?.position ?? null));
  const position = readPosition(place);
  const remove = useAction(async () => {
    await api.removeStation(id);
    onClose();
  });
  const save = async (): Promise<unknown> =>
    position && api.saveStation({ id, name: { en: en.trim(), zh: zh.trim() || en.trim() }, kind, position });
  return (
    <FormDialog
      title={station ? name(station.name) : t('admin.stations.add')}
      isReady={id !== '' && en.trim() !== '' && kind !== '' && !!position}
      send={save}
      onClose={onClose}
    >
      <TextInput
        label={t('admin.id')}
        hint={t('admin.idHint')}
        value={id}
        onChange={setId}
        isDisabled={station !== null}
        autoFocus={station === null}
        isRequired
      />
      <TextInput label={t('admin.nameEn')} value={en} onChange={setEn} isRequired />
      <TextInput label={t('admin.nameZh')} value={zh} onChange={setZh} />
      <TextInput
        label={t('admin.kind')}
        hint={t('admin.stations.kindHint')}
        value={kind}
        onChange={setKind}
        isRequired
      />
      <PositionFields value={place} onChange={setPlace} isRequired />
      {station ? (
        <fieldset className="admin-danger">
          <legend>{t('admin.remove')}</legend>
          <ActionButton action={remove} variant="danger">
            {t('admin.stations.remove')}
          </ActionButton>
        </fieldset>
      ) : null}
    </FormDialog>
  );
}
