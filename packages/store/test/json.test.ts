import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code unit and prints numbers as ECMAScript does', () => {
    // The examples of RFC 8785, sections 3.2.2 and 3.2.3.
    expect(
      canonicalJson({
        numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(
      canonicalJson({
        '\u20ac': 1,
        '\r': 2,
        '\ufb33': 3,
        '1': 4,
        '\ud83d\ude00': 5,
        '\u0080': 6,
        '\u00f6': 7,
      }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('takes undefined properties as absent and minus zero as zero', () => {
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  });

  it.each([
    ['NaN', { a: [1, Number.NaN] }, '$.a.1 is NaN'],
    ['an infinity', { a: Number.POSITIVE_INFINITY }, '$.a is Infinity'],
    ['undefined in a list', { a: [undefined] }, '$.a.0 is of type undefined'],
    ['a function', { a: () => 1 }, '$.a is of type function'],
    ['a bigint', { a: 1n }, '$.a is of type bigint'],
    ['a date', { a: new Date(0) }, '$.a is an instance of Date'],
    ['a map', new Map(), 'is an instance of Map'],
    ['U+0000', { a: 'x\u0000' }, '$.a contains the character U+0000'],
    ['a lone surrogate in a key', { '\udc00': 1 }, 'half of a surrogate pair'],
  ])('refuses %s and says where', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
  });
});

describe('jsonb', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase({ migrated: false });
  });
  afterAll(() => test.drop());

  it('gives back every storable value with the same canonical text', async () => {
    const roundTrip = async (value: unknown): Promise<void> => {
      const text = canonicalJson(value);
      const { rows } = await test.database.pool.query<{ value: unknown }>('select $1::jsonb as value', [
        text,
      ]);
      expect(canonicalJson(rows[0]?.value)).toBe(text);
    };
    for (const value of [
      0,
      -0,
      5e-324,
      1.7976931348623157e308,
      2 ** 53 + 2,
      1e21,
      1e-7,
      0.1 + 0.2,
      '',
      '\u007f😀',
    ]) {
      await roundTrip(value);
    }
    const storable = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }).filter((value) => {
      return !JSON.stringify(value).includes('\\u0000');
    });
    await fc.assert(fc.asyncProperty(storable, roundTrip), { numRuns: 300, seed: 8785 });
  });
});
