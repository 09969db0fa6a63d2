import type { OsmTags } from '@lamplight/roads';
import type { AttributeValue } from './feature.js';

/** A field and its value, or nothing: what is spread into the attributes of a feature. */
export type Fields = Readonly<Record<string, AttributeValue>>;

/**
 * The names of an object: `name`, `name:en`, and Chinese in both scripts. OSM keeps simplified Chinese under three keys;
 * `name:zh` has the script of the place, which in mainland China is the simplified one.
 */
export function namesOf(tags: OsmTags): Fields {
  const simplified = tags.get('name:zh-Hans') ?? tags.get('name:zh-CN') ?? tags.get('name:zh');
  return {
    ...field('name', tags.get('name')),
    ...field('name:en', tags.get('name:en')),
    ...field('name:zh-Hans', simplified),
    ...field('name:zh-Hant', tags.get('name:zh-Hant') ?? tags.get('name:zh-TW') ?? tags.get('name:zh-HK')),
  };
}

/** A field when there is something to put in it. An empty text is nothing. */
export function field(key: string, value: AttributeValue | undefined): Fields {
  return value === undefined || value === '' || value === false ? {} : { [key]: value };
}

/** A finite number at the start of a tag (`12`, `12.5 m`), or `undefined`. */
export function numberTag(tags: OsmTags, key: string): number | undefined {
  const value = Number.parseFloat(tags.get(key) ?? '');
  return Number.isFinite(value) ? value : undefined;
}

/** True for a tag that is set and does not deny. */
export function holds(tags: OsmTags, key: string): boolean {
  const value = tags.get(key);
  return value !== undefined && value !== 'no' && value !== 'false' && value !== '0';
}
