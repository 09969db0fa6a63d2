import type { Instant } from '@lamplight/base';
import { ageOf, type Incident, type Language, type Location } from '@lamplight/ui';

/** Where it is, in the best words there are: the system's name for the place, else the caller's, else degrees. */
export function placeText(location: Location | null, intl: Language): string {
  const text = location?.label ?? location?.words;
  if (text) return text;
  const position = location?.position;
  return position ? `${position[1].toFixed(5)}, ${position[0].toFixed(5)}` : intl.t('incident.noPlace');
}

/** What a caller said, else what the system makes of where the call is from. */
export const callerPlaceText = (location: Location, intl: Language): string =>
  location.words ?? placeText(location, intl);

/** The part of an incident's number that is spoken on the day itself: `0042` of `20170101-0042`. */
export const shortNumber = ({ number }: Pick<Incident, 'number'>): string =>
  number.split('-').at(-1) ?? number;

export const priorityText = (priority: number | null, intl: Language): string =>
  intl.code('priority', priority === null ? 'none' : String(priority));

/** Who acted, from `account:…`, `device:…` or `process:…`. */
export function actorText(actor: string, intl: Language): string {
  const [kind = '', ...rest] = actor.split(':');
  const name = rest.join(':');
  return name === '' ? actor : intl.code('actor', kind, { name });
}

export const ageText = (at: Instant, now: Instant, intl: Language): string => intl.duration(ageOf(at, now));
