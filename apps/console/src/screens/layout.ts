import { useMemo, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { PANELS, type Panel } from '../desk/desk-store.js';
import { useAccountSetting } from '../state/account-settings.js';

/** Sizes of the board's parts in pixels, and which panels are on it. The work panel comes when there is work. */
export interface Layout {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly shown: readonly Panel[];
}

export type LayoutEdge = 'left' | 'right' | 'bottom';

/** Between these a panel can still be read and leaves room for the others. */
export const LIMITS: Readonly<Record<LayoutEdge, readonly [least: number, most: number]>> = {
  left: [260, 640],
  right: [340, 860],
  bottom: [120, 640],
};

export const USUAL_LAYOUT: Layout = { left: 350, right: 456, bottom: 236, shown: PANELS };

export function clampEdge(edge: LayoutEdge, size: number): number {
  const [least, most] = LIMITS[edge];
  return Math.round(Math.min(most, Math.max(least, size)));
}

const edgeSchema = (edge: LayoutEdge) => z.number().transform((size) => clampEdge(edge, size));
export const layoutSchema: z.ZodType<Layout> = z.object({
  left: edgeSchema('left'),
  right: edgeSchema('right'),
  bottom: edgeSchema('bottom'),
  shown: z.array(z.enum(PANELS)),
});

export const useLayout = (): readonly [Layout, (layout: Layout) => void] =>
  useAccountSetting('layout', layoutSchema, USUAL_LAYOUT);

export interface NamedLayout {
  readonly name: string;
  readonly layout: Layout;
}

const namedSchema = z.object({
  layouts: z.array(z.object({ name: z.string().min(1).max(40), layout: layoutSchema })).max(12),
});
export const MOST_NAMED = 12;
const NONE_NAMED: { readonly layouts: NamedLayout[] } = { layouts: [] };

/** The layouts that a person keeps by name. */
export const useNamedLayouts = () => useAccountSetting('layouts', namedSchema, NONE_NAMED);

const WIDE = '(min-width: 1200px)';

/** Below this width one panel is in sight at a time, and a layout has no meaning. */
export function useIsWide(): boolean {
  const query = useMemo(() => window.matchMedia(WIDE), []);
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener('change', tell);
      return () => query.removeEventListener('change', tell);
    },
    () => query.matches,
  );
}

/** The grid of the board for the panels that are on it, as CSS properties that `screens.css` reads. */
export function gridOf(layout: Layout, here: ReadonlySet<Panel>): Readonly<Record<string, string>> {
  const middle: Panel[] = (['map', 'units'] as const).filter((panel) => here.has(panel));
  const rest = 'minmax(0, 1fr)';
  const columns: string[] = [];
  const names: string[] = [];
  if (here.has('queue')) {
    columns.push(middle.length > 0 || here.has('work') ? `${layout.left}px` : rest);
    names.push('queue');
  }
  if (middle.length > 0) {
    columns.push(rest);
    names.push('middle');
  }
  if (here.has('work')) {
    columns.push(middle.length > 0 ? `${layout.right}px` : rest);
    names.push('panel');
  }
  const rows = middle.length === 2 ? `${rest} ${layout.bottom}px` : rest;
  const lines = (middle.length > 0 ? middle : [null]).map(
    (panel) => `"${names.map((name) => (name === 'middle' ? panel : name)).join(' ')}"`,
  );
  return {
    '--board-columns': columns.join(' ') || rest,
    '--board-rows': rows,
    '--board-areas':
      names.length > 0 ? `"${names.map(() => 'away').join(' ')}" ${lines.join(' ')}` : '"away" "none"',
    '--board-left': `${layout.left}px`,
    '--board-right': `${layout.right}px`,
    '--board-bottom': `${layout.bottom}px`,
  };
}
