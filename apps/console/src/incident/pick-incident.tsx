import { useIntl } from '@lamplight/ui';
import { type ReactNode, useMemo } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useCatalogue, useWork } from '../state/live-board.js';
import { placeText, shortNumber } from '../state/wording.js';

/** Finds another incident by its number, type or place, the newest first. */
export function PickIncident({
  label,
  except,
  onlyOpen = false,
  value,
  onChange,
}: {
  readonly label: string;
  readonly except: string;
  readonly onlyOpen?: boolean;
  readonly value: string | null;
  onChange(id: string | null): void;
}): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const { incidents } = useWork();
  const items = useMemo(
    () =>
      [...incidents.values()]
        .filter(
          ({ id, status }) => id !== except && (status === 'open' || (!onlyOpen && status === 'closed')),
        )
        .sort((a, b) => b.openedAt - a.openedAt)
        .map((incident) => {
          const type = catalogue.typeName(incident.typeCode, intl);
          const text = `${shortNumber(incident)} ${type}, ${placeText(incident.location, intl)}`;
          return { id: incident.id, text };
        }),
    [incidents, except, onlyOpen, intl, catalogue],
  );
  return (
    <ComboBox
      className="ll-field"
      defaultItems={items}
      value={value}
      onChange={(key) => onChange(key === null ? null : String(key))}
      menuTrigger="focus"
    >
      <Label>{label}</Label>
      <Input className="ll-input" />
      <Popover className="ll-popover place-popover">
        <ListBox<(typeof items)[number]>
          className="ll-listbox"
          renderEmptyState={() => <p className="empty">{intl.t('link.nobody')}</p>}
        >
          {({ id, text }) => (
            <ListBoxItem id={id} textValue={text} className="ll-option">
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
