import { expect, test } from 'vitest';
import { readJson } from '../src/index.js';

test('a JSON text is what it says, and any other text is undefined', () => {
  expect(readJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
  expect(readJson('null')).toBeNull();
  for (const text of ['', '{', 'undefined', '{"a":1}x']) expect(readJson(text)).toBeUndefined();
});
