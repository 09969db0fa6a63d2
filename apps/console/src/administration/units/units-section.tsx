import { type Unit, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useServer } from '../../state/server.js';
import { OnOff } from '../parts/choices.js';
import { useLoaded } from '../parts/loaded.js';
import { ResourceList } from '../parts/resource-list.js';
import { UnitDialog } from './unit-dialog.js';

/** What can be sent: registered, described anew, retired and taken back. Who is on it now is the dispatchers'. */
export function UnitsSection(): ReactNode {
  const { t, list, time } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const units = useLoaded(() => api.managedUnits());
  const [withRetired, setWithRetired] = useState(false);
  const [open, setOpen] = useState<Unit | 'new' | null>(null);
  return (
    <>
      <ResourceList<Unit>
        label={t('admin.units')}
        source={units}
        row={(item) => ({
          id: item.id,
          item,
          name: item.callSign,
          words: `${item.id} ${item.unitType} ${item.capabilities.join(' ')} ${item.stationId ?? ''} ${item.duty?.crew.join(' ') ?? ''}`,
        })}
        shows={({ retired }) => withRetired || !retired}
        filter={<OnOff label={t('admin.units.withRetired')} value={withRetired} onChange={setWithRetired} />}
        onOpen={administer ? setOpen : undefined}
        add={administer ? { label: t('admin.units.add'), onPress: () => setOpen('new') } : undefined}
        empty={t('admin.units.none')}
      >
        {(unit) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{unit.callSign}</strong>
              <span className="muted">
                {unit.unitType}
                {unit.stationId === null ? '' : ` · ${unit.stationId}`}
              </span>
            </span>
            <span className="admin-cell">{list(unit.capabilities)}</span>
            <span className="admin-cell">
              {unit.retired ? (
                <span className="tag bad">{t('admin.units.retired')}</span>
              ) : unit.duty ? (
                <>
                  <span>
                    {t('admin.units.crew', { count: unit.duty.crew.length, since: time(unit.duty.since) })}
                  </span>
                  <span className="muted">{list(unit.duty.crew.filter((person) => person !== ''))}</span>
                </>
              ) : (
                <span className="muted">{t('availability.off-duty')}</span>
              )}
            </span>
          </>
        )}
      </ResourceList>
      {open === null ? null : (
        <UnitDialog
          unit={open === 'new' ? null : open}
          onClose={() => {
            setOpen(null);
            void units.reload();
          }}
        />
      )}
    </>
  );
}
