import { newId } from '@lamplight/ui';

const KEY = 'lamplight.desk';

/**
 * The desk this window belongs to: the one its address names, for a panel that was taken off a board, else one of its
 * own that outlasts a reload. Two boards that somebody opens side by side are two desks.
 */
export function ownDeskId(): string {
  own ??= findDeskId();
  return own;
}

let own: string | undefined;

function findDeskId(): string {
  const named = new URLSearchParams(window.location.search).get('desk');
  if (named) return named;
  try {
    const kept = sessionStorage.getItem(KEY) ?? newId();
    sessionStorage.setItem(KEY, kept);
    return kept;
  } catch {
    return newId();
  }
}
