// biome-ignore-all lint/a11y/useSemanticElements: a table could not leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: of the parts of a grid the cells have the focus
import type { UnitView } from '@lamplight/ui';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { writeDraggedUnits } from './unit-drag.js';
import { UnitTile } from './unit-tile.js';

/** A group of the grid with its heading; an empty heading draws none. */
export interface ShownGroup {
  readonly key: string;
  readonly heading: string;
  readonly views: readonly UnitView[];
}

export interface UnitGridProps {
  readonly label: string;
  readonly groups: readonly ShownGroup[];
  readonly selected: ReadonlySet<string>;
  /** The unit that the desk has in hand. */
  readonly picked: string | null;
  readonly mayDrag: boolean;
  /** A press, or Enter: `how` says whether it picks one, adds one to those selected, or all from the last one on. */
  onPick(unitId: string, how: 'one' | 'toggle' | 'range', shown: readonly string[]): void;
  /** The unit that has the focus, for keys that act on it. */
  onFocusUnit(unitId: string): void;
  /** Keys that the grid itself has no use for. */
  onKey(event: KeyboardEvent): void;
}

const HEAD_HEIGHT = 28;
const TILE_HEIGHT = 52;
const TILE_WIDTH = 210;
/** Drawn above and below what is in sight, in pixels, so that scrolling does not show blank. */
const OVERSCAN = 300;

type Line =
  | { readonly kind: 'head'; readonly group: ShownGroup; readonly top: number }
  | { readonly kind: 'tiles'; readonly group: ShownGroup; readonly from: number; readonly top: number };

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * A grid of units of which only what is in sight is in the page: 10,000 cost no more than fifty. To a screen reader it
 * is whole: rows say their number of all, and arrow keys reach those that are not drawn yet.
 */
export function UnitGrid(props: UnitGridProps): ReactNode {
  const { label, groups, selected, picked, mayDrag, onPick, onFocusUnit, onKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [window_, setWindow] = useState({ top: 0, height: 600, width: TILE_WIDTH });
  const [focused, setFocused] = useState<{ readonly group: string; readonly unitId: string } | null>(null);
  const moveFocus = useRef(false);
  const columns = Math.max(1, Math.floor(window_.width / TILE_WIDTH));
  const { lines, height } = useMemo(() => linesOf(groups, columns), [groups, columns]);
  const shown = useMemo(() => groups.flatMap(({ views }) => views.map(({ unit }) => unit.id)), [groups]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void =>
      setWindow({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const at = useMemo(() => placeOf(lines, columns, focused), [lines, columns, focused]);
  const first = firstPlace(lines);
  const current = at ?? first;
  const drawn = linesInSight(lines, window_.top - OVERSCAN, window_.top + window_.height + OVERSCAN);
  // What has the focus stays in the page, however far it is scrolled away: keys would go nowhere without it.
  if (at && !drawn.includes(at.line)) drawn.push(at.line);

  useLayoutEffect(() => {
    if (!moveFocus.current || !at) return;
    moveFocus.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-place="${at.line} ${at.column}"]`);
    cell?.focus({ preventScroll: true });
  });

  const goTo = (place: Place): void => {
    const line = lines[place.line];
    const view = viewAt(lines, columns, place);
    const element = scroller.current;
    if (line?.kind !== 'tiles' || !view || !element) return;
    if (line.top < element.scrollTop) element.scrollTop = line.top - HEAD_HEIGHT;
    const over = line.top + TILE_HEIGHT - (element.scrollTop + element.clientHeight);
    if (over > 0) element.scrollTop += over;
    moveFocus.current = true;
    setFocused({ group: line.group.key, unitId: view.unit.id });
    onFocusUnit(view.unit.id);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const view = current && viewAt(lines, columns, current);
    if (!current || !view) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPick(view.unit.id, event.key === ' ' || event.ctrlKey || event.metaKey ? 'toggle' : 'one', shown);
      return;
    }
    const page = Math.max(1, Math.floor(window_.height / TILE_HEIGHT) - 1);
    const next = event.altKey
      ? null
      : step(lines, columns, current, event.key, page, event.ctrlKey || event.metaKey);
    if (!next) {
      onKey(event);
      return;
    }
    event.preventDefault();
    const to = viewAt(lines, columns, next);
    if (event.shiftKey && to) {
      if (selected.size === 0) onPick(view.unit.id, 'toggle', shown);
      onPick(to.unit.id, 'range', shown);
    }
    goTo(next);
  };

  const onClick = (event: MouseEvent, view: UnitView, group: string): void => {
    setFocused({ group, unitId: view.unit.id });
    onFocusUnit(view.unit.id);
    const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one';
    onPick(view.unit.id, how, shown);
  };

  const row = (index: number): ReactNode => {
    const line = lines[index];
    if (!line) return null;
    const style: CSSProperties = { transform: `translateY(${line.top}px)` };
    if (line.kind === 'head') {
      return (
        <div key={index} role="row" aria-rowindex={index + 1} className="unit-line unit-head" style={style}>
          <span role="rowheader" aria-colspan={columns}>
            {line.group.heading} <span className="muted">{line.group.views.length}</span>
          </span>
        </div>
      );
    }
    const views = line.group.views.slice(line.from, line.from + columns);
    return (
      <div
        key={index}
        role="row"
        aria-rowindex={index + 1}
        className="unit-line"
        style={{ ...style, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {views.map((view, column) => {
          const { id, callSign } = view.unit;
          const isCurrent = current?.line === index && current.column === column;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all its cells
            <div
              key={id}
              role="gridcell"
              aria-colindex={column + 1}
              aria-selected={selected.has(id)}
              aria-current={id === picked ? 'true' : undefined}
              tabIndex={isCurrent ? 0 : -1}
              className="unit-tile"
              data-place={`${index} ${column}`}
              data-unit-id={id}
              draggable={mayDrag}
              onDragStart={({ dataTransfer }) =>
                writeDraggedUnits(dataTransfer, selected.has(id) ? [...selected] : [id], callSign)
              }
              onClick={(event) => onClick(event, view, line.group.key)}
              onFocus={() => onFocusUnit(id)}
            >
              <UnitTile view={view} />
            </div>
          );
        })}
      </div>
    );
  };

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={lines.length}
      aria-colcount={columns}
      className="area-scroll unit-grid"
      tabIndex={first ? undefined : 0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="unit-lines" style={{ height }}>
        {drawn.map(row)}
      </div>
    </div>
  );
}

/** The lines of all groups, one below the other, and how high they are together. */
function linesOf(
  groups: readonly ShownGroup[],
  columns: number,
): { readonly lines: readonly Line[]; readonly height: number } {
  const lines: Line[] = [];
  let top = 0;
  for (const group of groups) {
    if (group.heading !== '') {
      lines.push({ kind: 'head', group, top });
      top += HEAD_HEIGHT;
    }
    for (let from = 0; from < group.views.length; from += columns) {
      lines.push({ kind: 'tiles', group, from, top });
      top += TILE_HEIGHT;
    }
  }
  return { lines, height: top };
}

/** Indices of the lines between two heights. */
function linesInSight(lines: readonly Line[], from: number, to: number): number[] {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.top ?? 0) + TILE_HEIGHT < from) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let index = low; index < lines.length && (lines[index]?.top ?? 0) < to; index += 1) found.push(index);
  return found;
}

function placeOf(
  lines: readonly Line[],
  columns: number,
  focused: { readonly group: string; readonly unitId: string } | null,
): Place | null {
  if (focused === null) return null;
  const start = lines.findIndex(({ kind, group }) => kind === 'tiles' && group.key === focused.group);
  const group = lines[start]?.group;
  const index = group?.views.findIndex(({ unit }) => unit.id === focused.unitId) ?? -1;
  if (index < 0) return null;
  return { line: start + Math.floor(index / columns), column: index % columns };
}

const firstPlace = (lines: readonly Line[]): Place | null => {
  const line = lines.findIndex(({ kind }) => kind === 'tiles');
  return line < 0 ? null : { line, column: 0 };
};

function viewAt(lines: readonly Line[], columns: number, { line, column }: Place): UnitView | undefined {
  const found = lines[line];
  return found?.kind === 'tiles' && column < columns ? found.group.views[found.from + column] : undefined;
}

/** Where a key leads to; `null` for a key that leads nowhere. */
function step(
  lines: readonly Line[],
  columns: number,
  from: Place,
  key: string,
  page: number,
  whole: boolean,
): Place | null {
  const lastColumn = (line: number): number => {
    const found = lines[line];
    return found?.kind === 'tiles' ? Math.min(columns, found.group.views.length - found.from) - 1 : 0;
  };
  /** The `count`th line of tiles from here, up or down; the last one there is when there are fewer. */
  const vertical = (direction: 1 | -1, count: number): Place => {
    let line = from.line;
    let left = count;
    for (let next = line + direction; next >= 0 && next < lines.length && left > 0; next += direction) {
      if (lines[next]?.kind !== 'tiles') continue;
      line = next;
      left -= 1;
    }
    return { line, column: Math.min(from.column, lastColumn(line)) };
  };
  switch (key) {
    case 'ArrowDown':
      return vertical(1, 1);
    case 'ArrowUp':
      return vertical(-1, 1);
    case 'PageDown':
      return vertical(1, page);
    case 'PageUp':
      return vertical(-1, page);
    case 'ArrowRight':
      if (from.column < lastColumn(from.line)) return { line: from.line, column: from.column + 1 };
      return { line: vertical(1, 1).line, column: vertical(1, 1).line === from.line ? from.column : 0 };
    case 'ArrowLeft': {
      if (from.column > 0) return { line: from.line, column: from.column - 1 };
      const { line } = vertical(-1, 1);
      return { line, column: line === from.line ? from.column : lastColumn(line) };
    }
    case 'Home':
      return whole ? { line: vertical(-1, lines.length).line, column: 0 } : { line: from.line, column: 0 };
    case 'End': {
      const { line } = whole ? vertical(1, lines.length) : from;
      return { line, column: lastColumn(line) };
    }
    default:
      return null;
  }
}
