import type { CatalogueEffect } from '@lamplight/contracts';
import { Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { OnOff } from '../parts/choices.js';

type TypeEffect = CatalogueEffect['types'][number];
type Demand = CatalogueEffect['before'];

/** What the incidents of a period would have got: the sums first, then type by type. */
export function EffectView({ effect }: { readonly effect: CatalogueEffect }): ReactNode {
  const { t, dateTime } = useIntl();
  const [all, setAll] = useState(false);
  const { incidents, changed, unclassified, types } = effect;
  const shown = all ? types : types.filter(({ differs }) => differs);
  const unmet = types.reduce((sum, row) => sum + row.after.unmet, 0);
  const unmetBefore = types.reduce((sum, row) => sum + row.before.unmet, 0);
  return (
    <>
      <p>
        {t('catalogue.effectOf', { from: dateTime(effect.from), to: dateTime(effect.to) })}{' '}
        <strong>{t('catalogue.effectSum', { incidents, changed })}</strong>
      </p>
      {unclassified > 0 ? (
        <p className="muted">{t('catalogue.effectUnclassified', { count: unclassified })}</p>
      ) : null}
      {unmet === unmetBefore ? null : (
        <Notice tone={unmet > unmetBefore ? 'warning' : 'good'}>
          {t('catalogue.effectUnmet', { before: unmetBefore, after: unmet })}
        </Notice>
      )}
      <DemandTable before={effect.before} after={effect.after} />
      {types.length === 0 ? null : (
        <>
          <OnOff label={t('catalogue.effectAll')} value={all} onChange={setAll} />
          {shown.length === 0 ? null : <TypeTable rows={shown} />}
        </>
      )}
      <p className="muted catalogue-note">{t('catalogue.effectNote')}</p>
    </>
  );
}

/** Units asked for in all, by capability; only where the sums differ. */
function DemandTable({ before, after }: { readonly before: Demand; readonly after: Demand }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const was = new Map(before.map(({ capability, count }) => [capability, count]));
  const is = new Map(after.map(({ capability, count }) => [capability, count]));
  const rows = [...new Set([...was.keys(), ...is.keys()])]
    .map((capability) => ({ capability, was: was.get(capability) ?? 0, is: is.get(capability) ?? 0 }))
    .filter((row) => row.was !== row.is);
  if (rows.length === 0) return <p>{t('catalogue.effectNoDemand')}</p>;
  return (
    <table className="catalogue-table">
      <caption>{t('catalogue.effectDemand')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('catalogue.capability')}</th>
          <th scope="col" className="number">
            {t('catalogue.before')}
          </th>
          <th scope="col" className="number">
            {t('catalogue.after')}
          </th>
          <th scope="col" className="number">
            {t('catalogue.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.capability}>
            <th scope="row">{catalogue.capabilityName(row.capability, intl)}</th>
            <td className="number">{row.was}</td>
            <td className="number">{row.is}</td>
            <td className="number">{signed(row.is - row.was)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TypeTable({ rows }: { readonly rows: readonly TypeEffect[] }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const demand = (list: Demand): string =>
    list.length === 0
      ? t('catalogue.nothingSent')
      : intl.list(
          list.map(({ capability, count }) => `${count} × ${catalogue.capabilityName(capability, intl)}`),
        );
  return (
    <div className="catalogue-scroll">
      <table className="catalogue-table">
        <caption>{t('catalogue.effectTypes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('catalogue.incidentType')}</th>
            <th scope="col" className="number">
              {t('catalogue.incidents')}
            </th>
            <th scope="col">{t('catalogue.priority')}</th>
            <th scope="col">{t('catalogue.askedBefore')}</th>
            <th scope="col">{t('catalogue.askedAfter')}</th>
            <th scope="col" className="number">
              {t('catalogue.unmet')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ typeCode, count, before, after }) => (
            <tr key={typeCode}>
              <th scope="row">{catalogue.typeName(typeCode, intl)}</th>
              <td className="number">{count}</td>
              <td>{arrow(before.priority, after.priority)}</td>
              <td>{demand(before.demand)}</td>
              <td>{demand(after.demand)}</td>
              <td className="number">{arrow(before.unmet, after.unmet)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const arrow = (before: number, after: number): string =>
  before === after ? String(after) : `${before} → ${after}`;

const signed = (value: number): string => (value > 0 ? `+${value}` : `−${Math.abs(value)}`);
