import { Button, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useWork } from '../state/live-board.js';

/** Keeps a unit in sight on the map, until the map is moved by hand. */
export function FollowToggle({ unitId }: { readonly unitId: string }): ReactNode {
  const { t } = useIntl();
  const { store } = useDesk();
  const { following } = useDeskState();
  return (
    <ToggleButton
      className="ll-button ll-button-plain ll-button-small follow-toggle"
      isSelected={following === unitId}
      onChange={(on) => store.change({ following: on ? unitId : null })}
    >
      {t('map.follow')}
    </ToggleButton>
  );
}

/** Says on the map that it follows a unit, and lets it go. */
export function FollowNote({ unitId }: { readonly unitId: string }): ReactNode {
  const { t } = useIntl();
  const { store } = useDesk();
  const callSign = useWork().units.get(unitId)?.callSign ?? '';
  return (
    <div className="map-card follow-note">
      <p role="status">
        <span aria-hidden="true">◎</span> {t('map.following', { callSign })}
      </p>
      <Button size="small" variant="quiet" onPress={() => store.change({ following: null })}>
        {t('map.followStop')}
      </Button>
    </div>
  );
}
