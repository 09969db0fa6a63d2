import type { LonLat } from '@lamplight/base';
import {
  type BoardState,
  type Language,
  PriorityMark,
  UnitMarkIcon,
  unitMarkOf,
  unitViewOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, type RefObject, useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useDesk, useDeskState } from '../desk/desk.js';
import { placeFacts } from '../intake/place-field.js';
import { usePlaceSearch } from '../intake/place-search.js';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import { useBoardStore, useCatalogue, useWork } from '../state/live-board.js';
import { placeText, shortNumber } from '../state/wording.js';
import type { BoardMap } from './board-map.js';

interface Found {
  readonly key: string;
  readonly text: string;
  readonly facts: string;
  readonly sign: ReactNode;
  choose(): void;
}

/** Of units and of incidents, so many are offered. */
const MOST = 5;
/** Near enough to see the houses. */
const PLACE_ZOOM = 16;

/** One field for whatever one looks for on the map: a unit by its call sign, an incident by its number, a place. */
export function MapSearch({
  map,
  inputRef,
}: {
  readonly map: BoardMap | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  const desk = useDesk();
  const { view } = useDeskState();
  const board = useWork();
  const fixes = useBoardStore();
  const catalogue = useCatalogue();
  const [typed, setTyped] = useState('');
  const answers = usePlaceSearch(typed.trim() === '' ? null : typed, () => view?.centre ?? null);
  const found = useMemo<readonly Found[]>(() => {
    const wanted = folded(typed);
    if (wanted === '') return [];
    const places = answers.state === 'answered' ? answers.places : [];
    return [
      ...findUnits(board, catalogue, wanted, intl, (id) => {
        desk.store.change({ unitId: id });
        const at = fixes.getSnapshot().board.fixes.get(id)?.position;
        if (at) map?.goTo(at, Math.max(map.view()?.zoom ?? 0, 14));
      }),
      ...findIncidents(board, catalogue, wanted, intl, (id, at) => {
        desk.openIncident(id);
        if (at) map?.reveal(at);
      }),
      ...places.map((place, index) => ({
        key: `place ${index} ${place.position.join()}`,
        text: name(place.label),
        facts: placeFacts(place, intl),
        sign: <span className="found-place">⌖</span>,
        choose: () => map?.goTo(place.position, PLACE_ZOOM),
      })),
    ];
  }, [typed, answers, board, catalogue, intl, desk, fixes, map, name]);
  return (
    <ComboBox<Found>
      className="map-search"
      aria-label={t('map.search')}
      items={found}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={(key) => {
        const chosen = found.find((each) => each.key === key);
        if (!chosen) return;
        setTyped('');
        chosen.choose();
        map?.focus();
      }}
      menuTrigger="input"
      allowsEmptyCollection
      allowsCustomValue
    >
      <Input
        className="ll-input"
        ref={inputRef}
        placeholder={t('map.searchHint')}
        autoComplete="off"
        maxLength={200}
      />
      <Popover className="ll-popover place-popover">
        <ListBox<Found>
          className="ll-listbox"
          aria-label={t('map.found')}
          renderEmptyState={() => <p className="muted found-nothing">{t('map.foundNothing')}</p>}
        >
          {({ key, text, facts, sign }) => (
            <ListBoxItem id={key} textValue={text} className="ll-option found-option">
              <span aria-hidden="true">{sign}</span>
              <span>{text}</span>
              <span className="muted">{facts}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** In one spelling, whatever the width of the letters; spaces and hyphens say nothing in a call sign. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]+/g, '');

function findUnits(
  board: BoardState,
  catalogue: CatalogueIndex,
  wanted: string,
  intl: Language,
  choose: (id: string) => void,
): Found[] {
  const units = [...board.units.values()]
    .filter((unit) => !unit.retired && folded(unit.callSign).includes(wanted))
    .sort((a, b) => a.callSign.length - b.callSign.length || (a.callSign < b.callSign ? -1 : 1));
  return units.slice(0, MOST).map((unit) => {
    const view = unitViewOf(board, unit, catalogue.effectOf);
    return {
      key: `unit ${unit.id}`,
      text: unit.callSign,
      facts: catalogue.statusText(view, intl),
      sign: <UnitMarkIcon mark={unitMarkOf(view)} />,
      choose: () => choose(unit.id),
    };
  });
}

function findIncidents(
  board: BoardState,
  catalogue: CatalogueIndex,
  wanted: string,
  intl: Language,
  choose: (id: string, at: LonLat | null) => void,
): Found[] {
  return [...board.incidents.values()]
    .filter((incident) => incident.status === 'open' && folded(incident.number).includes(wanted))
    .sort((a, b) => b.openedAt - a.openedAt)
    .slice(0, MOST)
    .map((incident) => ({
      key: `incident ${incident.id}`,
      text: `${shortNumber(incident)} ${catalogue.typeName(incident.typeCode, intl)}`,
      facts: placeText(incident.location, intl),
      sign: <PriorityMark priority={incident.priority} size={18} />,
      choose: () => choose(incident.id, incident.location?.position ?? null),
    }));
}
