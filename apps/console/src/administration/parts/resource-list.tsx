import { Button, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useMemo, useState } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { Loaded } from './loaded.js';

/** One row: what it is found by, and how it is told by a screen reader. */
export interface ResourceRow<Item> {
  readonly id: string;
  readonly item: Item;
  readonly name: string;
  /** Everything that the search looks into, the name besides. */
  readonly words: string;
}

export interface ResourceListProps<Item> {
  readonly label: string;
  readonly source: Loaded<readonly Item[]>;
  /** Made anew for each item only when the items change. */
  row(item: Item): ResourceRow<Item>;
  children(item: Item): ReactNode;
  /** What opening a row does; left out where nothing may be changed. */
  readonly onOpen?: ((item: Item) => void) | undefined;
  readonly add?: { readonly label: string; onPress(): void } | undefined;
  readonly empty: string;
  /** Narrows the list further, beside the search. */
  readonly filter?: ReactNode;
  /** Items that the filter leaves; all when not given. */
  readonly shows?: (item: Item) => boolean;
  readonly actions?: ReactNode;
}

const ROW = { estimatedRowSize: 58 };

/** A searchable list of any length: only the rows in sight are drawn, and the keyboard walks all of them. */
export function ResourceList<Item extends object>({
  label,
  source: { value, error },
  row,
  children,
  onOpen,
  add,
  empty,
  filter,
  shows,
  actions,
}: ResourceListProps<Item>): ReactNode {
  const { t, problem, locale } = useIntl();
  const [typed, setTyped] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are the items in other words
  const rows = useMemo(() => {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    return (value ?? []).map(row).sort((a, b) => compare(a.name, b.name));
  }, [value, locale]);
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(
    ({ item, name, words: all }) =>
      (!shows || shows(item)) && words.every((word) => `${name} ${all}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <div className="admin-bar">
        <TextInput label={t('admin.search')} type="search" value={typed} onChange={setTyped} />
        {filter}
        <p className="muted admin-count" role="status">
          {value === null ? t('common.loading') : t('admin.count', { shown: found.length, all: rows.length })}
        </p>
        {actions}
        {add ? (
          <Button variant="primary" onPress={add.onPress}>
            {add.label}
          </Button>
        ) : null}
      </div>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {value === null ? null : (
        <Virtualizer layout={ListLayout} layoutOptions={ROW}>
          <GridList
            aria-label={label}
            className="admin-list"
            items={found}
            {...(onOpen && {
              onAction: (key) => {
                const opened = found.find(({ id }) => id === key);
                if (opened) onOpen(opened.item);
              },
            })}
            renderEmptyState={() => (
              <p className="empty">{rows.length === 0 ? empty : t('admin.noneFound')}</p>
            )}
          >
            {({ id, item, name }) => (
              <GridListItem id={id} textValue={name} className="admin-row">
                {children(item)}
              </GridListItem>
            )}
          </GridList>
        </Virtualizer>
      )}
    </>
  );
}
