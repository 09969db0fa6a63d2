import { useSyncExternalStore } from 'react';
import type { Desk } from '../desk/desk.js';
import { ownDeskId } from '../desk/desk-id.js';
import { PANELS, type Panel } from '../desk/desk-store.js';

/** How large a panel's window is at first; the browser keeps where people put it. */
const SIZES: Readonly<Record<Panel, readonly [width: number, height: number]>> = {
  queue: [520, 900],
  map: [1200, 900],
  units: [1000, 600],
  work: [620, 900],
};

const PATH = '/panel/';

export const panelPath = (panel: Panel, deskId: string): string =>
  `${PATH}${panel}?${new URLSearchParams({ desk: deskId })}`;

/** The panel that this window is there for; `null` in a window that shows a page. */
export const lonePanel = (path = window.location.pathname): Panel | null =>
  PANELS.find((panel) => path === PATH + panel) ?? null;

let blocked: Panel | null = null;
const watchers = new Set<() => void>();

function setBlocked(panel: Panel | null): void {
  blocked = panel;
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The panel whose window the browser would not open; `null` when all went well. */
export const useBlockedPanel = (): Panel | null => useSyncExternalStore(subscribe, () => blocked);
export const forgetBlocked = (): void => setBlocked(null);

/** Opens a panel in a window of its own, or brings it back to the board. */
export function toggleWindow({ store }: Pick<Desk, 'store'>, panel: Panel): void {
  if (lonePanel() === panel) closeLone();
  else if (store.getState().detached.includes(panel)) store.emit({ type: 'bring-back', panel });
  else openWindow(panel);
}

/** A browser closes only windows that a script has opened; another one goes to the board itself. */
export function closeLone(): void {
  window.close();
  if (!window.closed) window.location.assign('/');
}

function openWindow(panel: Panel): void {
  const deskId = ownDeskId();
  const [width, height] = SIZES[panel];
  const opened = window.open(
    panelPath(panel, deskId),
    `lamplight-${deskId}-${panel}`,
    `popup,width=${width},height=${height}`,
  );
  setBlocked(opened ? null : panel);
}
