import type { Language, RoadCondition } from '@lamplight/ui';

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
