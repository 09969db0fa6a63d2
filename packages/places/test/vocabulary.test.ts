import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVocabulary } from '../src/search/vocabulary.js';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });
const list = fc
  .uniqueArray(
    letters.filter((word) => word !== ''),
    { maxLength: 60 },
  )
  .map((words) => words.sort());

describe('the vocabulary', () => {
  it('finds the words that a comparison with each one finds, with their edits', () => {
    fc.assert(
      fc.property(list, letters, fc.integer({ min: 0, max: 2 }), fc.boolean(), (words, word, most, open) => {
        const found = createVocabulary(words).near(word, most, open);
        const expected = words.flatMap((other, index) => {
          const edits = open ? editsToPrefix(word, other) : editsBetween(word, other);
          return edits <= most ? [[index, edits]] : [];
        });
        expect(found).toEqual(expected);
      }),
      { seed: 22, numRuns: 2_000 },
    );
  });

  it('finds words and ranges of words by their beginning', () => {
    fc.assert(
      fc.property(list, letters, (words, prefix) => {
        const vocabulary = createVocabulary(words);
        expect(vocabulary.find(prefix)).toBe(words.indexOf(prefix));
        const [first, end] = vocabulary.range(prefix);
        expect(words.slice(first, end)).toEqual(words.filter((word) => word.startsWith(prefix)));
      }),
      { seed: 23, numRuns: 500 },
    );
  });
});

/** Optimal string alignment by its definition. */
function editsBetween(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const value = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(
        value(i - 1, j) + 1,
        value(i, j - 1) + 1,
        value(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, value(i - 2, j - 2) + 1);
      const row = rows[i];
      if (row) row[j] = best;
    }
  }
  return value(a.length, b.length);
}

const editsToPrefix = (word: string, other: string): number =>
  Math.min(
    ...Array.from({ length: other.length + 1 }, (_, length) => editsBetween(word, other.slice(0, length))),
  );
