import { instant } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { countActiveConditions, listConditions } from '../src/condition-selectors.js';
import { aCondition } from './fixtures/entities.js';

const conditions = new Map(
  [
    aCondition({ id: 'open end', from: instant(100) }),
    aCondition({ id: 'short', from: instant(200), to: instant(300) }),
    aCondition({ id: 'later', from: instant(500) }),
    aCondition({ id: 'much later', from: instant(900) }),
    aCondition({
      id: 'lifted',
      from: instant(100),
      ended: { at: instant(150), by: 'account:a', how: 'lifted', reason: 'free' },
    }),
  ].map((condition) => [condition.id, condition]),
);
const at = (now: number) => {
  const { active, scheduled, recent } = listConditions({ conditions }, instant(now));
  return [active, scheduled, recent].map((list) => list.map(({ id }) => id));
};

describe('road conditions', () => {
  it('move from later to now to over with the clock alone', () => {
    expect(at(199)).toEqual([['open end'], ['short', 'later', 'much later'], ['lifted']]);
    expect(at(200)).toEqual([['short', 'open end'], ['later', 'much later'], ['lifted']]);
    expect(at(300)).toEqual([['open end'], ['later', 'much later'], ['short', 'lifted']]);
    expect(at(900)[0]).toEqual(['much later', 'later', 'open end']);
  });

  it('are counted as those that hold now', () => {
    expect([199, 200, 300, 900].map((now) => countActiveConditions({ conditions }, instant(now)))).toEqual([
      1, 2, 1, 3,
    ]);
  });
});
