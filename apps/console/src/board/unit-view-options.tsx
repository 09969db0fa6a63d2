import {
  Button,
  SelectInput,
  UNIT_GROUPINGS,
  UNIT_ORDERS,
  type UnitGrouping,
  type UnitOrder,
  type UnitView,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useMemo } from 'react';
import {
  Dialog,
  DialogTrigger,
  Popover,
  Tag,
  Button as TagButton,
  TagGroup,
  TagList,
} from 'react-aria-components';
import { useCatalogue } from '../state/live-board.js';

interface Filters {
  readonly unitType: string | null;
  readonly capability: string | null;
  onUnitType(unitType: string | null): void;
  onCapability(capability: string | null): void;
}

/** Stands for "any" in a list of choices; no type or capability is called so. */
const ANY = '*';

/** By what the units are filtered, grouped and sorted, behind one button. */
export function UnitViewOptions({
  views,
  grouping,
  order,
  onGrouping,
  onOrder,
  ...filters
}: Filters & {
  readonly views: readonly UnitView[];
  readonly grouping: UnitGrouping;
  readonly order: UnitOrder;
  onGrouping(grouping: UnitGrouping): void;
  onOrder(order: UnitOrder): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <DialogTrigger>
      <Button size="small">{t('units.view')}</Button>
      <Popover className="ll-popover" placement="top end">
        <Dialog className="units-view" aria-label={t('units.view')}>
          <FilterFields views={views} {...filters} />
          <SelectInput<UnitGrouping>
            label={t('units.group')}
            value={grouping}
            choices={UNIT_GROUPINGS.map((id) => ({ id, label: t(`units.group.${id}`) }))}
            onChange={onGrouping}
          />
          <SelectInput<UnitOrder>
            label={t('units.order')}
            value={order}
            choices={UNIT_ORDERS.map((id) => ({ id, label: t(`units.order.${id}`) }))}
            onChange={onOrder}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function FilterFields({
  views,
  unitType,
  capability,
  onUnitType,
  onCapability,
}: Filters & { readonly views: readonly UnitView[] }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const { types, capabilities } = useMemo(() => {
    const found = { types: new Set<string>(), capabilities: new Set<string>() };
    for (const { unit } of views) {
      found.types.add(unit.unitType);
      for (const id of unit.capabilities) found.capabilities.add(id);
    }
    return { types: [...found.types].sort(), capabilities: [...found.capabilities].sort() };
  }, [views]);
  const any = { id: ANY, label: t('units.any') };
  return (
    <>
      <SelectInput
        label={t('units.type')}
        value={unitType ?? ANY}
        choices={[any, ...types.map((id) => ({ id, label: id }))]}
        onChange={(id) => onUnitType(id === ANY ? null : id)}
      />
      <SelectInput
        label={t('units.capability')}
        value={capability ?? ANY}
        choices={[any, ...capabilities.map((id) => ({ id, label: catalogue.capabilityName(id, intl) }))]}
        onChange={(id) => onCapability(id === ANY ? null : id)}
      />
    </>
  );
}

/** What hides units, each to be taken away again by a press. */
export function FilterChips({ unitType, capability, onUnitType, onCapability }: Filters): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const chips = [
    ...(unitType === null ? [] : [{ id: 'type', text: unitType }]),
    ...(capability === null ? [] : [{ id: 'capability', text: catalogue.capabilityName(capability, intl) }]),
  ];
  if (chips.length === 0) return null;
  return (
    <TagGroup
      className="units-chips"
      aria-label={t('units.filters')}
      onRemove={(keys) => {
        if (keys.has('type')) onUnitType(null);
        if (keys.has('capability')) onCapability(null);
      }}
    >
      <TagList items={chips}>
        {({ id, text }) => (
          <Tag id={id} textValue={text} className="units-chip">
            {text}
            <TagButton slot="remove" className="units-chip-remove">
              <span aria-hidden="true">✕</span>
            </TagButton>
          </Tag>
        )}
      </TagList>
    </TagGroup>
  );
}
