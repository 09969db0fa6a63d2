import type { ManagedDevice } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useBoard } from '../../state/live-board.js';
import { useServer } from '../../state/server.js';
import { useLoaded } from '../parts/loaded.js';
import { ResourceList } from '../parts/resource-list.js';
import { AddDevice, DeviceDialog } from './device-dialogs.js';

/** What sends positions and reports, and for which unit. */
export function DevicesSection(): ReactNode {
  const { t, dateTime } = useIntl();
  const { api } = useServer();
  const board = useBoard();
  const { administer } = useDesk().powers;
  const devices = useLoaded(() => api.devices());
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const device = devices.value?.find(({ id }) => id === open);
  const unitOf = ({ unitId }: ManagedDevice): string =>
    unitId === null ? '' : (board.units.get(unitId)?.callSign ?? unitId);
  const close = (): void => {
    setOpen(null);
    void devices.reload();
  };
  return (
    <>
      <ResourceList<ManagedDevice>
        label={t('admin.devices')}
        source={devices}
        row={(item) => ({ id: item.id, item, name: item.label, words: `${item.id} ${unitOf(item)}` })}
        onOpen={administer ? ({ id }) => setOpen(id) : undefined}
        add={administer ? { label: t('admin.devices.add'), onPress: () => setOpen('new') } : undefined}
        empty={t('admin.devices.none')}
      >
        {(each) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{each.label}</strong>
              <span className="muted">{each.id}</span>
            </span>
            <span className="admin-cell">
              {each.unitId === null ? (
                <span className="muted">{t('admin.devices.noUnit')}</span>
              ) : (
                unitOf(each)
              )}
            </span>
            <span className="admin-cell">
              {each.enabled ? null : <span className="tag bad">{t('admin.devices.disabled')}</span>}
              <span className="muted">
                {each.lastSeenAt === null
                  ? t('admin.devices.neverSeen')
                  : t('admin.seen', { at: dateTime(each.lastSeenAt) })}
              </span>
            </span>
          </>
        )}
      </ResourceList>
      {open === 'new' ? <AddDevice onClose={close} /> : null}
      {device ? <DeviceDialog device={device} onClose={close} /> : null}
    </>
  );
}
