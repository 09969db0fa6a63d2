const ROAD = '([A-Z]{1,3} ?\\d{1,5}[A-Z]?)';
const SORT = '(?:高速公路|高速|国道|省道|公路)';

/** Kilometre posts, however written; groups are road, kilometres, decimals of a kilometre, metres. */
const KILOMETRE_POSTS: readonly RegExp[] = [
  new RegExp(`^${ROAD} ?${SORT}? ?(?:K|PK|桩号K?) ?(\\d{1,5})(?:\\.(\\d{1,3})| ?\\+ ?(\\d{1,3}))?$`),
  new RegExp(
    `^${ROAD}(?: | ?${SORT} ?)(\\d{1,5})(?:\\.(\\d{1,3}))? ?(?:KM|公里|千米) ?\\+? ?(?:(\\d{1,3}) ?(?:M|米)?)?$`,
  ),
  new RegExp(`^${ROAD}(?: | ?${SORT} ?)(\\d{1,5})()\\+(\\d{1,3})$`),
];

/**
 * One spelling for the code of a post: upper case without blanks, hyphens and the like; a kilometre post as road,
 * blank, `K123+500` (123 km 500 m), however it was written: `g15k123+500`, `G15 123.5 km`, `G15高速123公里500米`.
 */
export function canonicalCode(code: string): string {
  const upper = code.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim();
  for (const pattern of KILOMETRE_POSTS) {
    const match = pattern.exec(upper);
    if (!match) continue;
    const [, road = '', kilometres = '', decimals, metres] = match;
    const rest = metres ? metres.padStart(3, '0') : (decimals ?? '').padEnd(3, '0');
    return `${road.replace(' ', '')} K${Number(kilometres)}+${rest}`;
  }
  return upper.replace(/[\s\-_/·.,]+/g, '');
}
