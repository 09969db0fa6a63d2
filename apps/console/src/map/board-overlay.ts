import type { LonLat } from '@lamplight/base';
import type { PriorityShape, UnitMark } from '@lamplight/ui';
import { type Crowding, findCrowds } from './crowding.js';
import { LabelRoom } from './label-room.js';
import { type IncidentState, MapSprites, type Sprite } from './map-images.js';
import { type FlatView, TILE, toPixel } from './mercator.js';
import { UnitMotion } from './unit-motion.js';

/** A unit as the map shows it. The same object means that nothing about it has changed. */
export interface MapUnit {
  readonly id: string;
  readonly callSign: string;
  readonly mark: UnitMark;
  /** Its position is old: it may be anywhere by now. */
  readonly stale: boolean;
  /** Where it is heading, in degrees clockwise from north; `null` while it stands. */
  readonly heading: number | null;
  readonly position: LonLat;
  /** One that matters now: never counted into a crowd, and its name is shown first. */
  readonly prominent: boolean;
  readonly selected: boolean;
  /** Said behind the call sign, such as the time left to arrival. */
  readonly note: string | null;
}

export interface MapIncident {
  readonly id: string;
  readonly label: string;
  readonly shape: PriorityShape;
  readonly state: IncidentState;
  readonly position: LonLat;
  readonly selected: boolean;
}

/** What is drawn at a point of the screen. */
export type Hit =
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'crowd'; readonly ids: readonly string[] };

/** Units closer than this, in pixels, are counted instead of drawn when there are many of them. */
const CROWD_CELL = 44;
/** How far from a mark a press still counts, in pixels; a finger is no needle. */
const REACH = 16;
/** Crowds and labels are found anew at most this often while nothing but units moves, in milliseconds. */
const SETTLE = 400;
/** A mark is drawn again when it has moved by this share of a pixel. */
const STEP = 0.3;
/** At the scene a unit stands where its incident does: it is drawn so many pixels below the incident's sign. */
const BELOW_INCIDENT = 21;
/** From this zoom on every unit may have its name beside it, from the other on every incident its type. */
const UNIT_NAMES_FROM = 12.5;
const INCIDENT_NAMES_FROM = 12;

interface Drawn {
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
}

/**
 * The moving part of the map: units and incidents on a canvas of their own above the map. The map itself is not drawn
 * again when a unit moves, and what is drawn is bounded by the screen and not by the number of units: those out of
 * sight are passed over, and those too close to be told apart become one count.
 */
export class BoardOverlay {
  readonly #sprites = new MapSprites();
  readonly #motion = new UnitMotion();
  readonly #units: MapUnit[] = [];
  readonly #indexOf = new Map<string, number>();
  #incidents: readonly MapIncident[] = [];
  #crowding: Crowding = { crowdOf: new Int32Array(0), members: [] };
  #labelled = new Set<string>();
  #settledAt = Number.NEGATIVE_INFINITY;
  #settledZoom = Number.NaN;
  #drawn: Drawn[] = [];

  /** Exactly these units; `glide` false puts every one where it is at once. Cheap for those that have not changed. */
  setUnits(units: Iterable<MapUnit>, now: number, glide: boolean): void {
    const seen = new Set<string>();
    for (const unit of units) {
      seen.add(unit.id);
      const index = this.#indexOf.get(unit.id);
      if (index === undefined) {
        const added = this.#motion.add(unit.position, now);
        this.#units[added] = unit;
        this.#indexOf.set(unit.id, added);
        this.settle();
        continue;
      }
      const before = this.#units[index];
      if (before === unit) continue;
      this.#units[index] = unit;
      if (before?.position !== unit.position) this.#motion.move(index, unit.position, now, glide);
      if (before?.prominent !== unit.prominent || before.note !== unit.note) this.settle();
    }
    if (seen.size === this.#units.length) return;
    for (let index = this.#units.length - 1; index >= 0; index--) {
      const unit = this.#units[index];
      if (unit && !seen.has(unit.id)) this.#remove(index, unit.id);
    }
  }

  setIncidents(incidents: readonly MapIncident[]): void {
    this.#incidents = incidents;
    this.settle();
  }

  /** Crowds and labels are to be found anew with the next picture: the view has come to rest. */
  settle(): void {
    this.#settledZoom = Number.NaN;
  }

  /** The colours have changed. */
  restyle(): void {
    this.#sprites.clear();
  }

  /** Where a unit is shown now; `null` for one that is not on the map. */
  shownAt(unitId: string, view: FlatView, now: number): readonly [x: number, y: number] | null {
    const index = this.#indexOf.get(unitId);
    if (index === undefined) return null;
    return [
      (this.#motion.x(index, now) - view.centre.x) * view.world + view.width / 2,
      (this.#motion.y(index, now) - view.centre.y) * view.world + view.height / 2,
    ];
  }

  /**
   * Draws everything as it is at a moment, and returns in how many milliseconds it will look different by itself;
   * `null` when nothing moves.
   */
  draw(context: CanvasRenderingContext2D, view: FlatView, zoom: number, now: number): number | null {
    const count = this.#units.length;
    const { x, y, soonest } = this.#project(view, now);
    const unsettled = zoom !== this.#settledZoom || now - this.#settledAt > SETTLE;
    if (unsettled) this.#crowd(zoom, now);
    const drawn: Drawn[] = [];
    const labels: { text: string; x: number; y: number; strong: boolean; key: string }[] = [];
    const visible = (index: number): boolean => {
      const [px, py] = [x[index] ?? 0, y[index] ?? 0];
      return px > -30 && py > -30 && px < view.width + 30 && py < view.height + 30;
    };

    for (const members of this.#crowding.members) {
      let [sumX, sumY, free] = [0, 0, 0];
      for (const index of members) {
        sumX += x[index] ?? 0;
        const unit = this.#units[index];
        sumY += (y[index] ?? 0) + (unit?.mark === 'scene' ? BELOW_INCIDENT : 0);
        if (unit?.mark === 'available') free++;
      }
      const [px, py] = [sumX / members.length, sumY / members.length];
      if (px < -40 || py < -40 || px > view.width + 40 || py > view.height + 40) continue;
      this.#stamp(context, this.#sprites.crowd(free, members.length), px, py);
      const ids = members.map((index) => this.#units[index]?.id ?? '');
      drawn.push({ hit: { kind: 'crowd', ids }, x: px, y: py });
    }

    for (const wanted of [false, true]) {
      for (let index = 0; index < count; index++) {
        const unit = this.#units[index];
        if (!unit || unit.prominent !== wanted || !visible(index)) continue;
        if ((this.#crowding.crowdOf[index] ?? -1) >= 0) continue;
        const px = x[index] ?? 0;
        const py = (y[index] ?? 0) + (unit.mark === 'scene' ? BELOW_INCIDENT : 0);
        const sprite = this.#sprites.unit(unit.mark, unit.stale, unit.heading);
        if (unit.selected) this.#stamp(context, this.#sprites.ring(), px, py);
        this.#stamp(context, sprite, px, py, unit.prominent ? 1.15 : zoom < 11 ? 0.8 : 1);
        drawn.push({ hit: { kind: 'unit', id: unit.id }, x: px, y: py });
        if (unit.prominent || zoom >= UNIT_NAMES_FROM) {
          const text = unit.note === null ? unit.callSign : `${unit.callSign} · ${unit.note}`;
          labels.push({ text, x: px, y: py + 19, strong: unit.prominent, key: unit.id });
        }
      }
    }

    for (const incident of this.#incidents) {
      const [px, py] = toPixel(view, incident.position);
      if (px < -40 || py < -40 || px > view.width + 40 || py > view.height + 40) continue;
      if (incident.selected) this.#stamp(context, this.#sprites.ring(), px, py);
      const far = zoom < 11 && !incident.selected;
      this.#stamp(context, this.#sprites.incident(incident.shape, incident.state), px, py, far ? 0.8 : 1);
      drawn.push({ hit: { kind: 'incident', id: incident.id }, x: px, y: py });
      if (incident.selected || zoom >= INCIDENT_NAMES_FROM) {
        labels.push({ text: incident.label, x: px, y: py - 25, strong: incident.selected, key: incident.id });
      }
    }
    this.#drawn = drawn;

    if (unsettled) this.#findRoom(labels, drawn, view);
    for (const { text, x: px, y: py, strong, key } of labels) {
      if (this.#labelled.has(key)) this.#stamp(context, this.#sprites.label(text, strong), px, py);
    }
    return soonest;
  }

  /** What was drawn nearest to a point of the screen; incidents before units, units before counts of them. */
  hit(px: number, py: number): Hit | null {
    let best: Hit | null = null;
    let nearest = REACH * REACH;
    const order: readonly Hit['kind'][] = ['incident', 'unit', 'crowd'];
    for (const { hit, x, y } of this.#drawn) {
      const apart = (x - px) ** 2 + (y - py) ** 2;
      if (apart > REACH * REACH) continue;
      // A mark that is hit in its middle wins over an incident whose edge is grazed.
      const weighed = apart + 60 * order.indexOf(hit.kind);
      if (weighed < nearest || best === null) {
        best = hit;
        nearest = weighed;
      }
    }
    return best;
  }

  #project(view: FlatView, now: number): { x: Float64Array; y: Float64Array; soonest: number | null } {
    const count = this.#units.length;
    const x = new Float64Array(count);
    const y = new Float64Array(count);
    let fastest = 0;
    for (let index = 0; index < count; index++) {
      const px = (this.#motion.x(index, now) - view.centre.x) * view.world + view.width / 2;
      const py = (this.#motion.y(index, now) - view.centre.y) * view.world + view.height / 2;
      x[index] = px;
      y[index] = py;
      if (px < 0 || py < 0 || px > view.width || py > view.height) continue;
      const speed = this.#motion.speed(index, now);
      if (speed > fastest) fastest = speed;
    }
    return { x, y, soonest: fastest === 0 ? null : STEP / (fastest * view.world) };
  }

  #crowd(zoom: number, now: number): void {
    this.#settledAt = now;
    this.#settledZoom = zoom;
    // In steps of half a level, so that counts do not flicker while one zooms.
    const cell = CROWD_CELL / (TILE * 2 ** (Math.round(zoom * 2) / 2));
    this.#crowding = findCrowds(
      this.#units.length,
      (index) => this.#motion.x(index, now),
      (index) => this.#motion.y(index, now),
      cell,
      (index) => this.#units[index]?.prominent ?? false,
    );
  }

  /** Gives labels their room, the most important first; marks keep theirs. */
  #findRoom(
    labels: readonly { text: string; x: number; y: number; strong: boolean; key: string }[],
    drawn: readonly Drawn[],
    view: FlatView,
  ): void {
    const room = new LabelRoom(view.width, view.height);
    for (const { hit, x, y } of drawn) {
      const half = hit.kind === 'incident' ? 12 : 8;
      room.fill(x - half, y - half, 2 * half, 2 * half);
    }
    const chosen = new Set<string>();
    const choose = (only: boolean): void => {
      for (const { text, x, y, strong, key } of [...labels].reverse()) {
        if (strong !== only) continue;
        const { width, height } = this.#sprites.label(text, strong);
        const box = [x - width / 2, y - height / 2 + 2, width, height - 4] as const;
        if (strong) room.fill(...box);
        else if (!room.take(...box)) continue;
        chosen.add(key);
      }
    };
    choose(true);
    choose(false);
    this.#labelled = chosen;
  }

  #stamp(context: CanvasRenderingContext2D, sprite: Sprite, x: number, y: number, scale = 1): void {
    const width = sprite.width * scale;
    const height = sprite.height * scale;
    context.drawImage(sprite.image, x - width / 2, y - height / 2, width, height);
  }

  #remove(index: number, id: string): void {
    this.#motion.remove(index);
    const last = this.#units.pop();
    this.#indexOf.delete(id);
    if (last && last.id !== id) {
      this.#units[index] = last;
      this.#indexOf.set(last.id, index);
    }
    this.settle();
  }
}
