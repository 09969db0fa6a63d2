import { listUnitViews, UnitMarkIcon, unitMarkOf, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useBoard, useCatalogue } from '../state/live-board.js';
import { shortNumber } from '../state/wording.js';

/** All units and what they are doing, with room for what they do next. */
export function UnitList({ foot }: { readonly foot: ReactNode }): ReactNode {
  const intl = useIntl();
  const { t, list } = intl;
  const board = useBoard();
  const catalogue = useCatalogue();
  const views = [...listUnitViews(board, catalogue.effectOf)].sort((a, b) =>
    a.unit.callSign.localeCompare(b.unit.callSign, intl.locale, { numeric: true }),
  );
  return (
    <article className="paper-sheet paper-flow">
      <h2>{t('paper.part.units')}</h2>
      <table className="paper-table">
        <thead>
          <tr>
            <th scope="col">{t('paper.unit')}</th>
            <th scope="col">{t('paper.capabilities')}</th>
            <th scope="col">{t('paper.crew')}</th>
            <th scope="col">{t('paper.status')}</th>
            <th scope="col">{t('paper.on')}</th>
            <th scope="col" className="paper-room">
              {t('paper.remarks')}
            </th>
          </tr>
        </thead>
        <tbody>
          {views.map((view) => (
            <tr key={view.unit.id}>
              <th scope="row">
                <UnitMarkIcon mark={unitMarkOf(view)} size={14} /> {view.unit.callSign}
              </th>
              <td>{list(view.unit.capabilities.map((id) => catalogue.capabilityName(id, intl)))}</td>
              <td>{view.unit.duty?.crew.length ?? ''}</td>
              <td>{catalogue.statusText(view, intl)}</td>
              <td>{view.incident ? shortNumber(view.incident) : ''}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </article>
  );
}
