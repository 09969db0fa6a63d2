import {
  Button,
  createUnitList,
  filterUnits,
  groupUnits,
  Segmented,
  sortUnits,
  TextInput,
  UNIT_GROUPINGS,
  UNIT_ORDERS,
  UNIT_STATES,
  type UnitGrouping,
  type UnitState,
  unitStateOf,
  useIntl,
} from '@lamplight/ui';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { z } from 'zod';
import { useDesk, useDeskEvent, useDeskState } from '../desk/desk.js';
import { WindowButton } from '../screens/window-button.js';
import { useAccountSetting } from '../state/account-settings.js';
import { useBoardStore, useCatalogue, useNow, useWork } from '../state/live-board.js';
import { usePreferences } from '../state/preferences.js';
import { useStable } from '../state/stable.js';
import { shortNumber } from '../state/wording.js';
import { useStations } from './stations.js';
import { UnitGrid } from './unit-grid.js';

const UnitViewOptions = lazy(async () => ({
  default: (await import('./unit-view-options.js')).UnitViewOptions,
}));
const FilterChips = lazy(async () => ({ default: (await import('./unit-view-options.js')).FilterChips }));

const settingsSchema = z.object({ grouping: z.enum(UNIT_GROUPINGS), order: z.enum(UNIT_ORDERS) });
const INITIAL: z.output<typeof settingsSchema> = { grouping: 'none', order: 'call-sign' };

const FILTERS = ['all', ...UNIT_STATES] as const;

/** At most so many are selected at once, as many as one order may name. */
const MOST_SELECTED = 200;
/** How often the nearest are found anew, in milliseconds: a list that moves under the hand helps nobody. */
const NEAREST_EVERY = 10_000;

export function UnitsPanel(): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { selectUnit, setArea, powers, store } = useDesk();
  const { unitId: picked, incidentId } = useDeskState();
  const { singleKeys } = usePreferences();
  const board = useWork();
  const boardStore = useBoardStore();
  const catalogue = useCatalogue();
  const stations = useStations();
  const [settings, setSettings] = useAccountSetting('units', settingsSchema, INITIAL);
  const { grouping, order } = settings;
  const [state, setState] = useState<(typeof FILTERS)[number]>('all');
  const [unitType, setUnitType] = useState<string | null>(null);
  const [capability, setCapability] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [several, setSeveral] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);

  const [listUnits] = useState(createUnitList);
  const views = listUnits(board, catalogue.effectOf);
  const incident = incidentId === null ? undefined : board.incidents.get(incidentId);
  const place = incident?.location?.position ?? null;
  const capabilityName = (id: string): string => catalogue.capabilityName(id, intl);
  const now = useNow();
  const moment = order === 'nearest' ? Math.floor(now / NEAREST_EVERY) : 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the language and the catalogue say how capabilities are called; the moment, where units are
  const groups = useMemo(() => {
    const filter = { state: state === 'all' ? null : state, unitType, capability, text };
    const fitting = filterUnits(views, filter, capabilityName);
    const sorted = sortUnits(fitting, order, place, boardStore.getSnapshot().board.fixes);
    return groupUnits(sorted, grouping).map(({ key, views: members }) => ({
      key,
      heading: headingOf(grouping, key),
      views: members,
    }));
  }, [views, state, unitType, capability, text, order, grouping, place, moment, intl, catalogue, stations]);

  function headingOf(by: UnitGrouping, key: string): string {
    switch (by) {
      case 'none':
        return '';
      case 'state':
        return intl.code('availability', key);
      case 'station': {
        const station = stations.find(({ id }) => id === key);
        return station ? intl.name(station.name) : key === '' ? t('units.noStation') : key;
      }
      case 'type':
        return key;
      case 'capability':
        return key === '' ? t('units.noCapability') : capabilityName(key);
    }
  }

  const total = views.length;
  const free = useMemo(() => views.filter((view) => unitStateOf(view) === 'available').length, [views]);
  const shownCount = groups.reduce((sum, group) => sum + group.views.length, 0);

  const onPick = useStable((unitId: string, how: 'one' | 'toggle' | 'range', shown: readonly string[]) => {
    const next = new Set(selected);
    if (how === 'range' && last !== null) {
      const [from, to] = [shown.indexOf(last), shown.indexOf(unitId)].sort((a, b) => a - b);
      for (const id of shown.slice(from, (to ?? 0) + 1)) next.add(id);
    } else if (how === 'toggle' || several) {
      if (!next.delete(unitId)) next.add(unitId);
      setLast(unitId);
    } else {
      setSelected(new Set());
      setLast(unitId);
      selectUnit(unitId);
      setArea('map');
      return;
    }
    setSelected(new Set([...next].slice(0, MOST_SELECTED)));
  });

  /** Those that an action is for: the selected ones, else the one in hand. */
  const subjects =
    selected.size > 0 ? [...selected].filter((id) => board.units.has(id)) : picked === null ? [] : [picked];
  const send = (unitIds: readonly string[]): void => {
    if (!incident || unitIds.length === 0) return;
    store.emit({ type: 'send-unit', unitId: unitIds.join(','), incidentId: incident.id });
    setSelected(new Set());
  };
  const post = (unitIds: readonly string[]): void => {
    if (unitIds.length === 0) return;
    store.emit({ type: 'post-units', unitIds });
    setSelected(new Set());
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && selected.size > 0) {
      event.preventDefault();
      setSelected(new Set());
      return;
    }
    if (!singleKeys || !powers.dispatch || event.ctrlKey || event.metaKey || event.altKey) return;
    const those = selected.size > 0 ? subjects : focused === null ? [] : [focused];
    const key = event.key.toLowerCase();
    if (key !== 't' && key !== 'p') return;
    event.preventDefault();
    if (key === 't') send(those);
    else post(those);
  };

  useDeskEvent('focus', ({ panel }) => {
    const cell =
      panel === 'units' && document.querySelector<HTMLElement>('#units [role=gridcell][tabindex="0"]');
    if (!cell) return false;
    cell.focus();
    return true;
  });

  return (
    <section id="units" className="area units" aria-labelledby="units-title" tabIndex={-1}>
      <header className="area-head units-head">
        <div>
          <h2 id="units-title">{t('units.title')}</h2>
          <p className="muted">
            {t('units.summary', { available: free, total })}
            {shownCount === total || grouping === 'capability' ? null : (
              <> · {t('units.shown', { count: shownCount })}</>
            )}
          </p>
        </div>
        <div className="units-tools">
          <Segmented<'all' | UnitState>
            label={t('units.filter')}
            hideLabel
            value={state}
            choices={FILTERS.map((id) => ({ id, label: t(`units.filter.${id}`) }))}
            onChange={setState}
          />
          <TextInput
            label={t('units.search')}
            hideLabel
            placeholder={t('units.search')}
            type="search"
            value={text}
            onChange={setText}
          />
          <Suspense>
            <UnitViewOptions
              views={views}
              unitType={unitType}
              capability={capability}
              grouping={grouping}
              order={order}
              onUnitType={setUnitType}
              onCapability={setCapability}
              onGrouping={(next) => setSettings({ ...settings, grouping: next })}
              onOrder={(next) => setSettings({ ...settings, order: next })}
            />
          </Suspense>
          <WindowButton panel="units" />
        </div>
      </header>
      <Suspense>
        <FilterChips
          unitType={unitType}
          capability={capability}
          onUnitType={setUnitType}
          onCapability={setCapability}
        />
      </Suspense>
      {powers.dispatch ? (
        <div className="units-actions">
          <Button
            size="small"
            variant={several ? 'primary' : 'plain'}
            aria-pressed={several}
            onPress={() => setSeveral(!several)}
          >
            {t('units.several')}
          </Button>
          <span role="status">
            {selected.size > 0 ? t('units.selected', { count: selected.size }) : null}
          </span>
          {selected.size > 0 ? (
            <Button size="small" variant="quiet" onPress={() => setSelected(new Set())}>
              {t('units.unselect')}
            </Button>
          ) : null}
          <Button
            size="small"
            isDisabled={!incident || subjects.length === 0}
            onPress={() => send(subjects)}
            {...(singleKeys ? { shortcut: 'T' } : {})}
          >
            {incident ? t('units.sendTo', { number: shortNumber(incident) }) : t('units.sendNowhere')}
          </Button>
          <Button
            size="small"
            isDisabled={subjects.length === 0}
            onPress={() => post(subjects)}
            {...(singleKeys ? { shortcut: 'P' } : {})}
          >
            {t('units.post')}
          </Button>
        </div>
      ) : null}
      {shownCount === 0 ? (
        <p className="empty">{t(total === 0 ? 'units.none' : 'units.empty')}</p>
      ) : (
        <UnitGrid
          label={t('units.title')}
          groups={groups}
          selected={selected}
          picked={picked}
          mayDrag={powers.dispatch}
          onPick={onPick}
          onFocusUnit={setFocused}
          onKey={onKey}
        />
      )}
    </section>
  );
}
