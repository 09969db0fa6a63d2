import { useIntl } from '@lamplight/ui';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { clampEdge, type LayoutEdge, LIMITS } from './layout.js';

const STEP = 16;

/** Keys that make the panel behind an edge larger (1) or smaller (-1). */
const KEYS: Readonly<Record<LayoutEdge, Readonly<Record<string, number>>>> = {
  left: { ArrowRight: 1, ArrowLeft: -1 },
  right: { ArrowLeft: 1, ArrowRight: -1 },
  bottom: { ArrowUp: 1, ArrowDown: -1 },
};

/** The line between two panels, which can be drawn by hand and moved by arrow keys. */
export function Divider({
  edge,
  size,
  onChange,
}: {
  readonly edge: LayoutEdge;
  readonly size: number;
  onChange(size: number): void;
}): ReactNode {
  const { t } = useIntl();
  const from = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const [least, most] = LIMITS[edge];
  const along = (event: PointerEvent): number => (edge === 'bottom' ? event.clientY : event.clientX);

  const onKeyDown = (event: KeyboardEvent): void => {
    const way = KEYS[edge][event.key];
    const next =
      event.key === 'Home'
        ? least
        : event.key === 'End'
          ? most
          : way === undefined
            ? null
            : size + way * STEP;
    if (next === null) return;
    event.preventDefault();
    onChange(clampEdge(edge, next));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, which no element is
    <div
      role="separator"
      tabIndex={0}
      className={`divider divider-${edge}`}
      aria-orientation={edge === 'bottom' ? 'horizontal' : 'vertical'}
      aria-label={t(`screens.divider.${edge}`)}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        from.current = { at: along(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!from.current) return;
        const moved = along(event) - from.current.at;
        onChange(clampEdge(edge, from.current.size + (edge === 'left' ? moved : -moved)));
      }}
      onLostPointerCapture={() => {
        from.current = null;
      }}
    />
  );
}
