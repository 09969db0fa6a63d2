import type { UnitView } from './board-selectors.js';

/**
 * Shapes of incidents and units on a grid of 24 by 24, as SVG paths. The same shapes are drawn in lists and on the
 * map, and each differs in outline from its neighbours, so that nothing rests on colour alone.
 */
export const PRIORITY_SHAPES = {
  1: 'M8 1.5h8l6.5 6.5v8L16 22.5H8L1.5 16V8z',
  2: 'M12 0.8 23.2 12 12 23.2 0.8 12z',
  3: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z',
  4: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z',
  5: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  none: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z',
} as const;
export type PriorityShape = keyof typeof PRIORITY_SHAPES;

/** Priorities that are drawn hollow: the least urgent, and those not yet known. */
export const isHollow = (shape: PriorityShape): boolean => shape === 5 || shape === 'none';

export const priorityShapeOf = (priority: number | null): PriorityShape => {
  switch (priority) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return priority;
    default:
      return 'none';
  }
};

export const UNIT_MARKS = ['available', 'delayed', 'moving', 'scene', 'unavailable', 'off-duty'] as const;
export type UnitMark = (typeof UNIT_MARKS)[number];

/** `fill` is filled, `line` is stroked. */
export const UNIT_SHAPES: Readonly<Record<UnitMark, { readonly fill: string; readonly line: string }>> = {
  available: { fill: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z', line: '' },
  delayed: {
    fill: 'M12 4.5a7.5 7.5 0 1 0 0 15z',
    line: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z',
  },
  moving: { fill: 'M12 2.5 20 20.5 12 16.5 4 20.5z', line: '' },
  scene: { fill: 'M5.5 5.5h13v13h-13z', line: '' },
  unavailable: { fill: '', line: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7 17 17 7' },
  'off-duty': { fill: '', line: 'M7 12h10' },
};

/** The shape that tells what a unit is doing. */
export function unitMarkOf({ availability, assignment }: UnitView): UnitMark {
  if (availability !== 'committed') return availability;
  switch (assignment?.stage) {
    case 'staged':
    case 'onScene':
    case 'actionBegun':
    case 'atDestination':
      return 'scene';
    default:
      return 'moving';
  }
}
