import { listRingingCalls } from '@lamplight/ui';
import { useQueue } from '../board/queue-panel.js';
import { toggleWindow } from '../screens/panel-windows.js';
import { useWork } from '../state/live-board.js';
import { type Shortcuts, useShortcuts } from '../state/shortcuts.js';
import { useDesk, useDeskEvent } from './desk.js';

/** The keys of the desk: the same in each of its windows. */
export function useDeskKeys(onHelp: () => void): void {
  const desk = useDesk();
  const board = useWork();
  const queue = useQueue();
  const { store, powers, goTo } = desk;
  const digits: Record<string, () => void> = {};
  for (let rank = 1; rank <= 9; rank += 1) {
    digits[String(rank)] = () => store.emit({ type: 'dispatch', rank });
  }
  const shortcuts: Shortcuts = {
    ...digits,
    n: desk.newCall,
    a: () => {
      const ringing = listRingingCalls(board)[0];
      if (ringing && powers.takeCalls) desk.takeCall(ringing);
    },
    d: () => store.emit({ type: 'dispatch', rank: null }),
    r: () => {
      desk.setArea('work');
      requestAnimationFrame(() => store.emit({ type: 'write-note' }));
    },
    j: () => {
      const waiting = queue.filter(({ needsHand }) => needsHand);
      const at = waiting.findIndex(({ incident }) => incident.id === store.getState().incidentId);
      const next = waiting[(at + 1) % Math.max(1, waiting.length)];
      if (next) desk.openIncident(next.incident.id);
    },
    q: () => goTo('queue'),
    m: () => goTo('map'),
    u: () => goTo('units'),
    i: () => goTo('work'),
    w: desk.openRoads,
    'Shift+q': () => toggleWindow(desk, 'queue'),
    'Shift+m': () => toggleWindow(desk, 'map'),
    'Shift+u': () => toggleWindow(desk, 'units'),
    'Shift+i': () => toggleWindow(desk, 'work'),
    '?': onHelp,
    Escape: desk.closeWork,
  };
  useShortcuts(shortcuts);
  useDeskEvent('focus', ({ panel }) => focusIn(panel));
}

/** Puts the focus on what is current in a panel, else on the panel itself; false where the panel is not here. */
function focusIn(panel: string): boolean {
  const root = document.getElementById(panel);
  if (!root) return false;
  const first = root.querySelector<HTMLElement>('[tabindex="0"], button, input, textarea');
  window.focus();
  (first ?? root).focus();
  return true;
}
