import type { ManagedDevice } from '@lamplight/contracts';
import { Button, ModalDialog, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../state/action.js';
import { useBoard } from '../../state/live-board.js';
import { useServer } from '../../state/server.js';
import { OnOff, PickOne } from '../parts/choices.js';
import { ActionButton, FormDialog } from '../parts/form-dialog.js';

interface Credentials {
  readonly deviceId: string;
  readonly secret: string;
  readonly osmandKey: string | null;
}

/** Makes a device and tells its secret, once. */
export function AddDevice({ onClose }: { onClose(): void }): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  const units = useUnitChoices();
  const [label, setLabel] = useState('');
  const [unitId, setUnitId] = useState<string | null>(null);
  const [osmand, setOsmand] = useState(false);
  const [made, setMade] = useState<Credentials | null>(null);
  if (made) return <SecretDialog credentials={made} onClose={onClose} />;
  return (
    <FormDialog
      title={t('admin.devices.add')}
      isReady={label.trim() !== '' && unitId !== null}
      send={async () => unitId !== null && setMade(await api.addDevice({ label, unitId, osmand }))}
      // The secret takes its place.
      onSent={() => undefined}
      onClose={onClose}
    >
      <TextInput
        label={t('admin.devices.label')}
        hint={t('admin.devices.labelHint')}
        value={label}
        onChange={setLabel}
        autoFocus
        isRequired
      />
      <PickOne label={t('admin.devices.unit')} value={unitId} choices={units} onChange={setUnitId} />
      <OnOff label={t('admin.devices.osmand')} value={osmand} onChange={setOsmand} />
    </FormDialog>
  );
}

/** Gives a device to another unit, locks it out, or gives it a new secret. */
export function DeviceDialog({
  device,
  onClose,
}: {
  readonly device: ManagedDevice;
  onClose(): void;
}): ReactNode {
  const { t } = useIntl();
  const { api } = useServer();
  const units = useUnitChoices();
  const [label, setLabel] = useState(device.label);
  const [unitId, setUnitId] = useState(device.unitId);
  const [enabled, setEnabled] = useState(device.enabled);
  const [osmand, setOsmand] = useState(device.hasOsmandKey);
  const [renewed, setRenewed] = useState<Credentials | null>(null);
  const renew = useAction(async () => setRenewed(await api.renewDeviceSecret(device.id, osmand)));
  if (renewed) return <SecretDialog credentials={renewed} onClose={onClose} />;
  return (
    <FormDialog
      title={device.label}
      isReady={label.trim() !== ''}
      send={() => api.changeDevice(device.id, { label, unitId, enabled })}
      onClose={onClose}
    >
      <TextInput label={t('admin.devices.label')} value={label} onChange={setLabel} isRequired />
      <PickOne label={t('admin.devices.unit')} value={unitId} choices={units} onChange={setUnitId} />
      <OnOff label={t('admin.devices.enabled')} value={enabled} onChange={setEnabled} />
      <fieldset className="admin-danger">
        <legend>{t('admin.devices.secret')}</legend>
        <p className="muted">{t('admin.devices.renewHint')}</p>
        <OnOff label={t('admin.devices.osmand')} value={osmand} onChange={setOsmand} />
        <ActionButton action={renew} variant="danger">
          {t('admin.devices.renew')}
        </ActionButton>
      </fieldset>
    </FormDialog>
  );
}

/** What is told once: closing it is the end of it. */
function SecretDialog({
  credentials: { deviceId, secret, osmandKey },
  onClose,
}: {
  readonly credentials: Credentials;
  onClose(): void;
}): ReactNode {
  const { t } = useIntl();
  const [copied, setCopied] = useState(false);
  const rows: readonly (readonly [label: string, value: string])[] = [
    [t('admin.devices.id'), deviceId],
    [t('admin.devices.secret'), secret],
    ...(osmandKey === null ? [] : [[t('admin.devices.osmandKey'), osmandKey] as const]),
  ];
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(rows.map(([label, value]) => `${label}: ${value}`).join('\n'));
    setCopied(true);
  };
  return (
    <ModalDialog title={t('admin.devices.secretTitle')} isOpen onOpenChange={(open) => open || onClose()}>
      <Notice tone="warning">{t('admin.devices.once')}</Notice>
      <dl className="admin-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <div className="ll-actions">
        {'clipboard' in navigator ? (
          <Button onPress={() => void copy()}>{t(copied ? 'admin.copied' : 'admin.copy')}</Button>
        ) : null}
        <Button variant="primary" onPress={onClose}>
          {t('admin.devices.noted')}
        </Button>
      </div>
    </ModalDialog>
  );
}

function useUnitChoices(): readonly { readonly id: string; readonly label: string }[] {
  const board = useBoard();
  return [...board.units.values()]
    .filter(({ retired }) => !retired)
    .map(({ id, callSign }) => ({ id, label: callSign }));
}
