import type { Post } from '../model.js';
import { canonicalCode } from '../text/codes.js';
import type { Collection } from './collect.js';
import { clean } from './names.js';
import type { DropReason } from './report.js';

/**
 * Kilometre posts: nodes with `highway=milestone` (or `railway`), their distance, and the number of the road they
 * stand on. Codes come in one spelling, `G15 K123+500`.
 */
export function collectPosts(
  { milestones, streets }: Collection,
  dropped: Record<DropReason, number>,
): Post[] {
  const wanted = new Set(milestones.map(({ id }) => id));
  const roadOf = new Map<number, string>();
  for (const { refs, tags } of streets) {
    const ref = clean(tags.get('ref')?.split(';')[0]);
    if (ref !== '') for (const id of refs) if (wanted.has(id)) roadOf.set(id, ref);
  }
  return milestones.flatMap(({ id, feature: { tags, position } }): Post[] => {
    const road = clean(
      tags.get('road:ref') ?? tags.get('highway:ref') ?? tags.get('nat_ref') ?? roadOf.get(id),
    );
    const distance = clean(
      tags.get('distance') ?? tags.get('pk') ?? tags.get('railway:position') ?? tags.get('ref'),
    );
    const code = road !== '' && distance !== '' ? canonicalCode(`${road} ${withMark(distance)}`) : undefined;
    if (code === undefined) {
      dropped['post-without-code']++;
      return [];
    }
    return [{ code, position }];
  });
}

/** `123.5` and `123.5 km` as kilometres; what has a mark of its own stays. */
const withMark = (distance: string): string =>
  /^\d+([.,]\d+)?\s*(km)?$/.test(distance) ? `K${distance.replace(/\s*km$/, '')}` : distance;
