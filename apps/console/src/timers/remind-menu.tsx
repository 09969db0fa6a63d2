import { seconds } from '@lamplight/base';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTimers } from './use-timers.js';

const MINUTES = [1, 2, 5, 10, 15, 30, 60] as const;

/** "Remind me of this incident in five minutes." */
export function RemindMenu({ incidentId }: { readonly incidentId: string }): ReactNode {
  const { t } = useIntl();
  const { add } = useTimers();
  return (
    <MenuTrigger>
      <AriaButton className="ll-button ll-button-quiet ll-button-small">{t('timer.remind')}</AriaButton>
      <Popover className="ll-popover">
        <Menu
          className="ll-listbox"
          aria-label={t('timer.remind')}
          onAction={(key) => {
            const minutes = MINUTES.find((each) => String(each) === key);
            if (minutes !== undefined) add({ delay: seconds(minutes * 60), incidentId });
          }}
        >
          {MINUTES.map((minutes) => (
            <MenuItem key={minutes} id={String(minutes)} className="ll-option">
              {t('timer.in', { count: minutes })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
