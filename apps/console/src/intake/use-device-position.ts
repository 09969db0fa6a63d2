import type { Call } from '@lamplight/ui';
import { useEffect } from 'react';
import { useNow } from '../state/live-board.js';
import { useStable } from '../state/stable.js';
import { type Draft, deviceOf } from './draft.js';

/**
 * Keeps the position of the caller's device in the draft as the call's grows better. The place of the draft follows it
 * for as long as nobody has chosen another; the words stay as they are.
 */
export function useDevicePosition(
  draft: Draft,
  call: Call | null,
  onChange: (part: Partial<Draft>) => void,
): void {
  const now = useNow();
  const location = call?.location ?? null;
  const take = useStable((): void => {
    const device = deviceOf(location, now);
    const before = draft.device;
    if (!device || (before && isSamePlace(before, device))) return;
    const follows =
      draft.position === null ||
      (before !== null && isSamePlace(before, { ...before, position: draft.position }));
    onChange({
      device,
      ...(follows
        ? { position: device.position, accuracy: device.accuracy, method: device.method, place: null }
        : {}),
    });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place of the call is what there is to take
  useEffect(() => take(), [location, take]);
}

type DevicePosition = NonNullable<Draft['device']>;

const isSamePlace = (a: DevicePosition, b: DevicePosition): boolean =>
  a.position[0] === b.position[0] && a.position[1] === b.position[1] && a.accuracy === b.accuracy;
