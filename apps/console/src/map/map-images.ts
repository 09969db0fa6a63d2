import { isHollow, PRIORITY_SHAPES, type PriorityShape, UNIT_SHAPES, type UnitMark } from '@lamplight/ui';
import { readToken } from './map-style.js';

/** Pixels drawn for each pixel shown, so that symbols are sharp on any screen. */
export const IMAGE_RATIO = 2;

/** What happens about an incident, as its sign on the map tells it. */
export const INCIDENT_STATES = ['waiting', 'underWay', 'onScene', 'over'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** The image that the style asks for by `id`, in the colours of the theme that is on; `null` for an unknown one. */
export function drawMapImage(id: string): ImageData | null {
  const canvas = id === 'station' ? drawStation() : id === 'draft' ? drawDraft() : null;
  return canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** Something drawn once and shown often: the picture, and its size on the screen. */
export interface Sprite {
  readonly image: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/** Headings are drawn in steps of so many degrees; nobody can tell a finer one at this size. */
const HEADING_STEP = 7.5;
/** Labels come and go with the units in sight; more than these are not worth keeping. */
const LABELS_KEPT = 3000;

/** The pictures of the board on the map, in the colours of the theme that is on, each drawn when it is first needed. */
export class MapSprites {
  readonly #made = new Map<string, Sprite>();
  readonly #labels = new Map<string, Sprite>();

  /** Forgets everything: the theme has changed. */
  clear(): void {
    this.#made.clear();
    this.#labels.clear();
  }

  /** `heading` in degrees clockwise from north; `null` for a unit that stands. */
  unit(mark: UnitMark, stale: boolean, heading: number | null): Sprite {
    const step = heading === null ? -1 : Math.round(heading / HEADING_STEP) % (360 / HEADING_STEP);
    return this.#once(`unit ${mark} ${stale} ${step}`, () =>
      drawUnit(mark, stale, step < 0 ? null : step * HEADING_STEP),
    );
  }

  incident(shape: PriorityShape, state: IncidentState): Sprite {
    return this.#once(`incident ${shape} ${state}`, () => drawIncident(shape, state));
  }

  /** The ring around what is selected. */
  ring(): Sprite {
    return this.#once('ring', drawRing);
  }

  crowd(free: number, all: number): Sprite {
    return this.#once(`crowd ${free} ${all}`, () => drawCrowd(free, all));
  }

  label(text: string, strong: boolean): Sprite {
    const key = `${strong} ${text}`;
    const known = this.#labels.get(key);
    if (known) return known;
    if (this.#labels.size >= LABELS_KEPT) this.#labels.clear();
    const made = drawLabel(text, strong);
    this.#labels.set(key, made);
    return made;
  }

  #once(key: string, make: () => Sprite): Sprite {
    const known = this.#made.get(key);
    if (known) return known;
    const made = make();
    this.#made.set(key, made);
    return made;
  }
}

function blank(width: number, height: number): readonly [HTMLCanvasElement, CanvasRenderingContext2D | null] {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * IMAGE_RATIO);
  canvas.height = Math.ceil(height * IMAGE_RATIO);
  const context = canvas.getContext('2d');
  context?.scale(IMAGE_RATIO, IMAGE_RATIO);
  return [canvas, context];
}

/** A square canvas with its middle in the middle of the 24-grid, which is scaled to `shown` pixels. */
function draw(
  size: number,
  shown: number,
  paint: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const [canvas, context] = blank(size, size);
  if (!context) return canvas;
  context.translate(size / 2, size / 2);
  context.scale(shown / 24, shown / 24);
  context.translate(-12, -12);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  paint(context);
  return canvas;
}

const square = (image: HTMLCanvasElement, size: number): Sprite => ({ image, width: size, height: size });

/** Turns what follows about the middle of the grid. */
function turn(context: CanvasRenderingContext2D, degrees: number): void {
  context.translate(12, 12);
  context.rotate((degrees * Math.PI) / 180);
  context.translate(-12, -12);
}

/** A unit on its way is an arrow; any other that moves has a point outside its sign. A stale one is hollow and grey. */
function drawUnit(mark: UnitMark, stale: boolean, heading: number | null): Sprite {
  const { fill, line } = UNIT_SHAPES[mark];
  const colour = readToken(stale ? '--unit-off-duty' : `--unit-${mark}`);
  const halo = readToken('--map-halo');
  const size = 40;
  const image = draw(size, 21, (context) => {
    if (heading !== null) turn(context, heading);
    if (heading !== null && mark !== 'moving') {
      const point = new Path2D('M12 -3.4 16.4 3.4 7.6 3.4z');
      context.strokeStyle = halo;
      context.lineWidth = 2.5;
      context.stroke(point);
      context.fillStyle = colour;
      context.fill(point);
      turn(context, -heading);
    }
    for (const path of [fill, line]) {
      if (path === '') continue;
      context.strokeStyle = halo;
      context.lineWidth = 5;
      context.stroke(new Path2D(path));
    }
    context.strokeStyle = colour;
    context.fillStyle = stale ? halo : colour;
    context.lineWidth = 2.4;
    if (fill !== '') {
      context.fill(new Path2D(fill));
      if (stale) context.stroke(new Path2D(fill));
    }
    if (line !== '') context.stroke(new Path2D(line));
  });
  return square(image, size);
}

/** The mark in the corner of an incident: `!` waits for a hand, an arrow for crews on their way, a tick for there. */
const STATE_SIGNS: Readonly<Record<IncidentState, string>> = {
  waiting: 'M20 -3.5v6.5M20 6v.4',
  underWay: 'M16.6 5 20 -3 23.4 5 20 3z',
  onScene: 'M16.4 1.4 19 4.4 23.6 -2',
  over: 'M16.6 1.2h6.8',
};

function drawIncident(shape: PriorityShape, state: IncidentState): Sprite {
  const colour = readToken(`--priority-${shape}`);
  const halo = readToken('--map-halo');
  const path = new Path2D(PRIORITY_SHAPES[shape]);
  const hollow = isHollow(shape) || state === 'over';
  const size = 44;
  const image = draw(size, 26, (context) => {
    context.strokeStyle = halo;
    context.lineWidth = 5;
    context.stroke(path);
    context.fillStyle = hollow ? halo : colour;
    context.fill(path);
    if (hollow) {
      context.strokeStyle = colour;
      context.lineWidth = 2.2;
      context.stroke(path);
    }
    context.fillStyle = hollow ? colour : readToken('--on-priority');
    context.font = `750 13.5px ${readToken('--font')}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(shape === 'none' ? '?' : String(shape), 12, 12.8);
    context.beginPath();
    context.arc(20, 1.2, 7, 0, 2 * Math.PI);
    context.fillStyle = readToken(state === 'waiting' ? '--text' : '--map-halo');
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = readToken(state === 'waiting' ? '--map-halo' : '--text');
    context.stroke();
    const sign = new Path2D(STATE_SIGNS[state]);
    context.lineWidth = 2.2;
    context.stroke(sign);
    if (state === 'underWay') {
      context.fillStyle = readToken('--text');
      context.fill(sign);
    }
  });
  return square(image, size);
}

function drawRing(): Sprite {
  const size = 56;
  const image = draw(size, 26, (context) => {
    for (const [colour, width] of [
      [readToken('--map-halo'), 5],
      [readToken('--focus'), 2.6],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.arc(12, 12, 18.5, 0, 2 * Math.PI);
      context.stroke();
    }
  });
  return square(image, size);
}

/** Units too close to be told apart: how many are free, of how many. */
function drawCrowd(free: number, all: number): Sprite {
  const text = `${free}/${all}`;
  const width = 20 + 7.5 * text.length;
  const height = 26;
  const [image, context] = blank(width, height);
  if (!context) return { image, width, height };
  context.beginPath();
  context.roundRect(2, 2, width - 4, height - 4, 11);
  context.fillStyle = readToken('--surface');
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = readToken(free > 0 ? '--unit-available' : '--unit-unavailable');
  context.stroke();
  context.fillStyle = readToken('--text');
  context.font = `650 13px ${readToken('--font')}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, width / 2, height / 2 + 0.5);
  return { image, width, height };
}

function drawLabel(text: string, strong: boolean): Sprite {
  const font = `${strong ? 650 : 500} ${strong ? 12.5 : 11.5}px ${readToken('--font')}`;
  const [, measuring] = blank(1, 1);
  if (measuring) measuring.font = font;
  const width = Math.ceil(measuring?.measureText(text).width ?? 8 * text.length) + 6;
  const height = 18;
  const [image, context] = blank(width, height);
  if (!context) return { image, width, height };
  context.font = font;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = readToken('--map-halo');
  context.lineWidth = 3.4;
  context.strokeText(text, 3, height / 2);
  context.fillStyle = readToken('--text');
  context.fillText(text, 3, height / 2);
  return { image, width, height };
}

function drawStation(): HTMLCanvasElement {
  const house = new Path2D('M12 3 21 10.5V21H3V10.5z');
  return draw(22, 13, (context) => {
    context.strokeStyle = readToken('--map-halo');
    context.lineWidth = 5;
    context.stroke(house);
    context.fillStyle = readToken('--map-label');
    context.fill(house);
  });
}

function drawDraft(): HTMLCanvasElement {
  return draw(48, 34, (context) => {
    for (const [colour, width] of [
      [readToken('--map-halo'), 6],
      [readToken('--focus'), 2.4],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(new Path2D('M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 0v8M12 16v8M0 12h8M16 12h8'));
    }
  });
}
