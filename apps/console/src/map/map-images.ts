import {
  isHollow,
  PRIORITY_SHAPES,
  type PriorityShape,
  priorityShapeOf,
  UNIT_MARKS,
  UNIT_SHAPES,
  type UnitMark,
} from '@lamplight/ui';
import { readToken } from './map-style.js';

/** Pixels drawn for each pixel shown, so that symbols are sharp on any screen. */
export const IMAGE_RATIO = 2;

const isMark = (text: string): text is UnitMark => UNIT_MARKS.some((mark) => mark === text);

/** The image that the style asks for by `id`, in the colours of the theme that is on; `null` for an unknown one. */
export function drawMapImage(id: string): ImageData | null {
  const [kind, what = '', variant] = id.split(':');
  switch (kind) {
    case 'unit':
      return isMark(what) ? drawUnit(what, variant === 'stale') : null;
    case 'heading':
      return isMark(what) ? drawHeading(what) : null;
    case 'incident':
      return drawIncident(priorityShapeOf(what === 'none' ? null : Number(what)), variant === 'selected');
    case 'station':
      return drawStation();
    case 'draft':
      return drawDraft();
    default:
      return null;
  }
}

/** A canvas with its middle at the origin and the 24-grid scaled to `shown` pixels. */
function draw(
  size: number,
  shown: number,
  paint: (context: CanvasRenderingContext2D) => void,
): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = size * IMAGE_RATIO;
  canvas.height = size * IMAGE_RATIO;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const scale = (shown / 24) * IMAGE_RATIO;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.scale(scale, scale);
  context.translate(-12, -12);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  paint(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function drawUnit(mark: UnitMark, stale: boolean): ImageData | null {
  const { fill, line } = UNIT_SHAPES[mark];
  const colour = readToken(stale ? '--unit-off-duty' : `--unit-${mark}`);
  const halo = readToken('--map-halo');
  return draw(30, 21, (context) => {
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
}

/** A point outside the symbol, towards where the unit is heading; one that moves to a call is itself an arrow. */
function drawHeading(mark: UnitMark): ImageData | null {
  return draw(44, 21, (context) => {
    if (mark === 'moving') return;
    const point = new Path2D('M12 -3 16 3.2 8 3.2z');
    context.strokeStyle = readToken('--map-halo');
    context.lineWidth = 2.5;
    context.stroke(point);
    context.fillStyle = readToken(`--unit-${mark}`);
    context.fill(point);
  });
}

function drawIncident(shape: PriorityShape, selected: boolean): ImageData | null {
  const colour = readToken(`--priority-${shape}`);
  const path = new Path2D(PRIORITY_SHAPES[shape]);
  const hollow = isHollow(shape);
  return draw(56, 27, (context) => {
    if (selected) {
      context.strokeStyle = readToken('--focus');
      context.lineWidth = 2.6;
      context.beginPath();
      context.arc(12, 12, 18.5, 0, 2 * Math.PI);
      context.stroke();
    }
    context.strokeStyle = readToken('--map-halo');
    context.lineWidth = 5;
    context.stroke(path);
    context.fillStyle = hollow ? readToken('--map-halo') : colour;
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
  });
}

function drawStation(): ImageData | null {
  const house = new Path2D('M12 3 21 10.5V21H3V10.5z');
  return draw(22, 13, (context) => {
    context.strokeStyle = readToken('--map-halo');
    context.lineWidth = 5;
    context.stroke(house);
    context.fillStyle = readToken('--map-label');
    context.fill(house);
  });
}

function drawDraft(): ImageData | null {
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
