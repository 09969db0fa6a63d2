import type { PremisesView } from '@lamplight/contracts';
import { type Api, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useServer } from '../../state/server.js';
import { actorText } from '../../state/wording.js';
import { useLoaded } from '../parts/loaded.js';
import { ResourceList } from '../parts/resource-list.js';
import { PremisesDialog } from './premises-dialog.js';

/** What is known of places: hazards, key-holders, the way in. Supervisors keep it as administrators do. */
export function PremisesSection(): ReactNode {
  const intl = useIntl();
  const { t, dateTime, list } = intl;
  const { api } = useServer();
  const premises = useLoaded(() => listAll(api));
  const [open, setOpen] = useState<PremisesView | 'new' | null>(null);
  return (
    <>
      <ResourceList<PremisesView>
        label={t('premises.title')}
        source={premises}
        row={(item) => ({
          id: item.id,
          item,
          name: item.name,
          words: [...item.hazards.map(({ text }) => text), item.access ?? ''].join(' '),
        })}
        onOpen={setOpen}
        add={{ label: t('premises.add'), onPress: () => setOpen('new') }}
        empty={t('premises.none')}
      >
        {({ name, hazards, changedAt, changedBy }) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{name}</strong>
              <span className="muted">
                {t('premises.changed', { at: dateTime(changedAt), who: actorText(changedBy, intl) })}
              </span>
            </span>
            <span className="admin-cell">{t('premises.hazardCount', { count: hazards.length })}</span>
            <span className="admin-cell muted">
              {list([...new Set(hazards.map(({ kind }) => t(`premises.hazard.${kind}`)))])}
            </span>
          </>
        )}
      </ResourceList>
      {open === null ? null : (
        <PremisesDialog
          premises={open === 'new' ? null : open}
          onClose={() => {
            setOpen(null);
            void premises.reload();
          }}
        />
      )}
    </>
  );
}

/** All of them: the list is searched here, as every list of the administration is. */
async function listAll(api: Api): Promise<readonly PremisesView[]> {
  const all: PremisesView[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Api['premises']>> = await api.premises(cursor);
    all.push(...page.premises);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
