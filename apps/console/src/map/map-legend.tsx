import { PriorityMark, UnitMarkIcon, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { INCIDENT_STATES } from './map-images.js';

const UNITS = [
  ['available', 'available', false],
  ['moving', 'moving', false],
  ['onScene', 'scene', false],
  ['unavailable', 'unavailable', false],
  ['stale', 'available', true],
] as const;

/** What each sign means, and what the keys do. */
export function MapLegend(): ReactNode {
  const { t } = useIntl();
  return (
    <DialogTrigger>
      <Button className="ll-button ll-button-plain" aria-label={t('map.legend')}>
        <span aria-hidden="true">?</span>
      </Button>
      <Popover className="ll-popover" placement="left top">
        <Dialog className="legend" aria-label={t('map.legend')}>
          <ul>
            {UNITS.map(([text, mark, stale]) => (
              <li key={text}>
                <UnitMarkIcon mark={mark} stale={stale} /> {t(`map.legend.${text}`)}
              </li>
            ))}
            <li>
              <span className="legend-crowd" aria-hidden="true">
                3/8
              </span>
              {t('map.legend.crowd')}
            </li>
            <li className="legend-priorities">
              {[1, 2, 3, 4, 5].map((priority) => (
                <PriorityMark key={priority} priority={priority} size={20} />
              ))}
              {t('map.legend.incident')}
            </li>
            {INCIDENT_STATES.map((state) => (
              <li key={state}>
                <span className={`legend-state legend-state-${state}`} aria-hidden="true">
                  {SIGNS[state]}
                </span>
                {t(`map.legend.state.${state}`)}
              </li>
            ))}
            {(['closed', 'slowed', 'scheduled'] as const).map((kind) => (
              <li key={kind}>
                <span className={`legend-line legend-line-${kind}`} aria-hidden="true" />
                {t(`map.legend.${kind}`)}
              </li>
            ))}
          </ul>
          <p className="muted">{t('map.keys')}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const SIGNS = { waiting: '!', underWay: '▲', onScene: '✓', over: '−' } as const;
