import type { Instant } from '@lamplight/base';
import type { Fix } from '@lamplight/contracts';
import {
  type Assignment,
  ageOf,
  type BoardState,
  STALE_AFTER,
  type Unit,
  unitMarkOf,
  unitViewOf,
} from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import type { MapUnit } from './board-overlay.js';

/** Slower than a walk is standing, in metres a second: a bearing is then noise. */
const MOVING = 1;

/** Which units matter now, and what is said beside their call signs. */
export interface UnitFocus {
  readonly selected: string | null;
  readonly following: string | null;
  readonly incidentId: string | null;
  readonly notes: ReadonlyMap<string, string>;
}

interface Known {
  readonly unit: Unit;
  readonly fix: Fix;
  readonly stale: boolean;
  readonly prominent: boolean;
  readonly selected: boolean;
  readonly note: string | null;
  /** `null` for a unit that is not shown. */
  readonly shown: MapUnit | null;
}

/**
 * Units of the board as the map shows them. What a unit is doing is worked out again only when the unit or one of its
 * orders has changed, and a unit about which nothing is new stays the same object: of 10,000 units of which ten have
 * something new to say, ten are made.
 */
export class UnitFeed {
  #known = new Map<string, Known>();
  #assignments: ReadonlyMap<string, Assignment> = new Map();
  #catalogue: CatalogueIndex | null = null;

  read(board: BoardState, catalogue: CatalogueIndex, now: Instant, focus: UnitFocus): MapUnit[] {
    const changed = this.#changedOrders(board.assignments);
    const afresh = catalogue !== this.#catalogue;
    this.#catalogue = catalogue;
    const next = new Map<string, Known>();
    const units: MapUnit[] = [];
    const working = activeOn(board, focus.incidentId);
    for (const fix of board.fixes.values()) {
      const unit = board.units.get(fix.unitId);
      if (!unit || unit.retired) continue;
      const stale = ageOf(fix.eventAt, now) > STALE_AFTER;
      const selected = unit.id === focus.selected;
      const note = focus.notes.get(unit.id) ?? null;
      const prominent = selected || unit.id === focus.following || working.has(unit.id);
      const before = this.#known.get(unit.id);
      const same =
        !afresh &&
        before !== undefined &&
        before.unit === unit &&
        before.stale === stale &&
        before.selected === selected &&
        before.prominent === prominent &&
        before.note === note &&
        !changed.has(unit.id);
      let shown: MapUnit | null;
      if (same && before.fix === fix) shown = before.shown;
      else {
        const mark = same && before.shown ? before.shown.mark : markOf(board, unit, catalogue);
        const moving = fix.bearing !== null && (fix.speed ?? 0) >= MOVING && !stale;
        shown =
          mark === null
            ? null
            : {
                id: unit.id,
                callSign: unit.callSign,
                mark,
                stale,
                heading: moving ? fix.bearing : null,
                position: fix.position,
                prominent,
                selected,
                note,
              };
      }
      next.set(unit.id, { unit, fix, stale, prominent, selected, note, shown });
      if (shown) units.push(shown);
    }
    this.#known = next;
    return units;
  }

  /** Units of which an order is new, has changed, or is gone. */
  #changedOrders(assignments: ReadonlyMap<string, Assignment>): ReadonlySet<string> {
    const changed = new Set<string>();
    if (assignments === this.#assignments) return changed;
    for (const [id, assignment] of assignments) {
      if (this.#assignments.get(id) !== assignment) changed.add(assignment.unitId);
    }
    for (const [id, { unitId }] of this.#assignments) if (!assignments.has(id)) changed.add(unitId);
    this.#assignments = assignments;
    return changed;
  }
}

function markOf(board: BoardState, unit: Unit, catalogue: CatalogueIndex): MapUnit['mark'] | null {
  const view = unitViewOf(board, unit, catalogue.effectOf);
  return view.availability === 'off-duty' ? null : unitMarkOf(view);
}

function activeOn(board: BoardState, incidentId: string | null): ReadonlySet<string> {
  const units = new Set<string>();
  if (incidentId === null) return units;
  for (const each of board.assignments.values()) {
    if (each.incidentId === incidentId && each.endedAt === null && each.stage !== 'proposed') {
      units.add(each.unitId);
    }
  }
  return units;
}
