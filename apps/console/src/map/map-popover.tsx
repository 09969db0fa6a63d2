import { type ReactNode, useRef } from 'react';
import { Popover } from 'react-aria-components';
import type { ScreenPoint } from './board-map.js';

/** A popover that hangs on a point of the map. */
export function MapPopover({
  point,
  onClose,
  children,
}: {
  readonly point: ScreenPoint;
  onClose(): void;
  readonly children: ReactNode;
}): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className="map-anchor" style={{ left: point.x, top: point.y }} />
      <Popover
        className="ll-popover"
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
        placement="bottom start"
      >
        {children}
      </Popover>
    </>
  );
}
