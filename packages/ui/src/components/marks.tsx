import type { ReactNode } from 'react';
import { isHollow, PRIORITY_SHAPES, priorityShapeOf, UNIT_SHAPES, type UnitMark } from '../symbols.js';

/** The shape and number of a priority. Says nothing to a screen reader: the text beside it does. */
export function PriorityMark({
  priority,
  size = 24,
}: {
  readonly priority: number | null;
  readonly size?: number;
}): ReactNode {
  const shape = priorityShapeOf(priority);
  return (
    <svg
      className={`ll-priority ll-priority-${shape}`}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <path d={PRIORITY_SHAPES[shape]} className={isHollow(shape) ? 'll-hollow' : ''} />
      <text x="12" y="16.6" textAnchor="middle">
        {priority ?? '?'}
      </text>
    </svg>
  );
}

/** The shape of what a unit is doing; hollow when its position is stale. */
export function UnitMarkIcon({
  mark,
  stale = false,
  size = 18,
}: {
  readonly mark: UnitMark;
  readonly stale?: boolean;
  readonly size?: number;
}): ReactNode {
  const { fill, line } = UNIT_SHAPES[mark];
  return (
    <svg
      className={`ll-unit-mark ll-unit-${mark} ${stale ? 'll-stale' : ''}`}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {fill ? <path d={fill} className={stale ? 'll-line' : 'll-fill'} /> : null}
      {line ? <path d={line} className="ll-line" /> : null}
    </svg>
  );
}

/** The sign of Lamplight: a lamp and its light. */
export function LampMark({ size = 22 }: { readonly size?: number }): ReactNode {
  return (
    <svg className="ll-lamp" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path
        className="ll-lamp-shade"
        d="M11.2 2.5h1.6v3.1a6.5 6.5 0 0 1 5.7 6.4h-13a6.5 6.5 0 0 1 5.7-6.4z"
      />
      <path className="ll-lamp-light" d="M8.8 12.8h6.4a3.2 3.2 0 0 1-6.4 0z" />
      <path className="ll-lamp-rays" d="M12 18v3M7.6 16.6l-1.7 2.6M16.4 16.6l1.7 2.6" />
    </svg>
  );
}
