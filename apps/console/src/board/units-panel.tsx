import {
  ageOf,
  listUnitViews,
  Segmented,
  STALE_AFTER,
  TextInput,
  UnitMarkIcon,
  type UnitView,
  unitMarkOf,
  useIntl,
} from '@lamplight/ui';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useCatalogue, useFix, useNow, useWork } from '../state/live-board.js';
import { useRovingList } from '../state/roving-list.js';
import { useStable } from '../state/stable.js';
import { shortNumber } from '../state/wording.js';
import { Elapsed } from './elapsed.js';

const FILTERS = ['all', 'available', 'committed', 'other'] as const;
type Filter = (typeof FILTERS)[number];

export function UnitsPanel(): ReactNode {
  const { t } = useIntl();
  const { selectUnit, setArea } = useDesk();
  const { unitId: selectedUnit } = useDeskState();
  const showUnit = useStable((id: string): void => {
    selectUnit(id);
    setArea('map');
  });
  const board = useWork();
  const catalogue = useCatalogue();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const onKeyDown = useRovingList('.unit-tile');

  const { units, assignments, incidents } = board;
  // biome-ignore lint/correctness/useExhaustiveDependencies: positions change often and do not bear on the list
  const views = useMemo(
    () => listUnitViews(board, catalogue.effectOf),
    [units, assignments, incidents, catalogue],
  );
  const shown = views.filter((view) => fits(view, filter) && matches(view, search));
  const free = views.filter((view) => fits(view, 'available')).length;
  const current = shown.some(({ unit }) => unit.id === selectedUnit) ? selectedUnit : shown[0]?.unit.id;

  return (
    <section id="units" className="area units" aria-labelledby="units-title" tabIndex={-1}>
      <header className="area-head">
        <div>
          <h2 id="units-title">{t('units.title')}</h2>
          <p className="muted">{t('units.summary', { available: free, total: views.length })}</p>
        </div>
        <div className="units-tools">
          <Segmented<Filter>
            label={t('units.filter')}
            hideLabel
            value={filter}
            choices={FILTERS.map((id) => ({ id, label: t(`units.filter.${id}`) }))}
            onChange={setFilter}
          />
          <TextInput
            label={t('units.search')}
            hideLabel
            placeholder={t('units.search')}
            type="search"
            value={search}
            onChange={setSearch}
          />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move among the buttons inside */}
      <div className="area-scroll" onKeyDown={onKeyDown}>
        {shown.length === 0 ? (
          <p className="empty">{t(views.length === 0 ? 'units.none' : 'units.empty')}</p>
        ) : (
          <ul className="unit-grid">
            {shown.map((view) => (
              <li key={view.unit.id}>
                <UnitTile
                  view={view}
                  isSelected={view.unit.id === selectedUnit}
                  isCurrent={view.unit.id === current}
                  onSelectUnit={showUnit}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function fits({ availability }: UnitView, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'available':
      return availability === 'available' || availability === 'delayed';
    case 'committed':
      return availability === 'committed';
    case 'other':
      return availability === 'unavailable' || availability === 'off-duty';
  }
}

const matches = ({ unit }: UnitView, search: string): boolean => {
  const wanted = search.trim().toLowerCase();
  return unit.callSign.toLowerCase().includes(wanted) || unit.unitType.toLowerCase().includes(wanted);
};

const UnitTile = memo(function UnitTile({
  view,
  isSelected,
  isCurrent,
  onSelectUnit,
}: {
  readonly view: UnitView;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  onSelectUnit(unitId: string): void;
}): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const { unit, incident, stacked, since } = view;
  const isOff = view.availability === 'off-duty';
  return (
    <button
      type="button"
      className="unit-tile"
      aria-current={isSelected ? 'true' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => onSelectUnit(unit.id)}
    >
      <UnitMarkIcon mark={unitMarkOf(view)} />
      <span className="unit-name">{unit.callSign}</span>
      {since === null || isOff ? null : <Elapsed since={since} className="unit-clock" />}
      <span className="unit-status">
        {catalogue.statusText(view, intl)}
        {incident ? <> · {shortNumber(incident)}</> : null}
        {stacked > 0 ? <> · {intl.t('units.stacked', { count: stacked })}</> : null}
      </span>
      {isOff ? null : <PositionAge unitId={unit.id} />}
    </button>
  );
});

/** Said only when it matters: no position, or one too old to go by. */
function PositionAge({ unitId }: { readonly unitId: string }): ReactNode {
  const { t, duration } = useIntl();
  const now = useNow();
  const fix = useFix(unitId);
  if (!fix) return <span className="unit-position bad">{t('units.noPosition')}</span>;
  const age = ageOf(fix.eventAt, now);
  if (age <= STALE_AFTER) return null;
  return <span className="unit-position bad">{t('units.stale', { age: duration(age) })}</span>;
}
