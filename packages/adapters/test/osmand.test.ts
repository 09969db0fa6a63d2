import { type Instant, instant } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodecResult, type OsmAndReport, parseOsmAndJson, parseOsmAndParameters } from '../src/index.js';
import { listFixtures } from './fixtures.js';

interface Fixture {
  readonly form: 'parameters' | 'json';
  readonly receivedAt: Instant;
  readonly message: unknown;
  readonly expected: CodecResult<OsmAndReport>;
}

const fixtures = listFixtures<Fixture>('osmand');

describe('OsmAnd reports, one file a case', () => {
  it('has cases of both forms', () => {
    expect(new Set(fixtures.map(({ fixture }) => fixture.form))).toEqual(new Set(['parameters', 'json']));
  });

  it.each(fixtures)('reads: $name', ({ fixture }) => {
    const parsed =
      fixture.form === 'json'
        ? parseOsmAndJson(fixture.message)
        : parseOsmAndParameters(fixture.message, fixture.receivedAt);
    expect(parsed).toEqual(fixture.expected);
  });
});

describe('OsmAnd codec', () => {
  it('never throws for garbage, and names what is wrong', () => {
    const names = ['id', 'lat', 'lon', 'location', 'timestamp', 'speed', 'batt', 'device_id', 'coords'];
    const garbage = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.anything())),
      fc.record({
        device_id: fc.constant('1'),
        location: fc.record({ timestamp: fc.anything(), coords: fc.anything(), battery: fc.anything() }),
      }),
    );
    fc.assert(
      fc.property(garbage, (message) => {
        for (const parsed of [parseOsmAndParameters(message, instant(0)), parseOsmAndJson(message)]) {
          if (!parsed.ok) expect(parsed.error.reason).not.toBe('');
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('reads a moment alike in seconds, milliseconds and RFC 3339', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_147_484, max: 2_147_483_646 }), (second) => {
        const at = (timestamp: string) =>
          parseOsmAndParameters({ id: '1', lat: '1', lon: '2', timestamp }, instant(0));
        const expected = { ok: true, value: { fix: { eventAt: second * 1000 } } };
        expect(at(String(second))).toMatchObject(expected);
        expect(at(String(second * 1000))).toMatchObject(expected);
        expect(at(new Date(second * 1000).toISOString())).toMatchObject(expected);
      }),
      { seed: 11 },
    );
  });
});
