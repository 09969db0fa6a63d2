import type { Instant } from '@lamplight/base';
import { type Language, phaseOf, type RoadCondition } from '@lamplight/ui';
import { actorText } from '../state/wording.js';

/** Where a condition holds, in the shortest words. */
export function conditionPlaceText({ place, matched }: RoadCondition, { t }: Language): string {
  switch (place.kind) {
    case 'street':
      return place.within === null ? place.name : `${place.name} (${t('roads.within')})`;
    case 'edges':
      return t('roads.place.edges', { count: matched ?? place.edges.length });
    case 'polygon':
      return t('roads.place.polygon');
    case 'line':
      return t('roads.place.line');
  }
}

export const effectText = ({ effect }: RoadCondition, { t }: Language): string =>
  effect.kind === 'closed' ? t('roads.closed') : t('roads.slowed', { factor: effect.factor });

/** In which direction it holds, when it is only one. */
export function directionText({ place }: RoadCondition, { t }: Language): string | null {
  const oneWay = 'direction' in place && place.direction !== 'both';
  return oneWay ? t(`roads.direction.${place.direction}`) : null;
}

/** Until when it holds, or how it ended. */
export function endText(condition: RoadCondition, now: Instant, intl: Language): string {
  const { t, dateTime } = intl;
  const { to, ended } = condition;
  if (ended?.how === 'lifted') {
    const { at, by, reason } = ended;
    return t('roads.lifted', { who: actorText(by, intl), time: dateTime(at), reason: reason ?? '' });
  }
  if (to === null) return t('roads.untilLifted');
  return t(phaseOf(condition, now) === 'ended' ? 'roads.expired' : 'roads.until', { time: dateTime(to) });
}
