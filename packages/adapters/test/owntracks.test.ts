import { distance, instant, metres, metresPerSecond } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodecResult,
  encodeOwnTracks,
  encodeOwnTracksReply,
  formatOwnTracksTopic,
  type OwnTracksReport,
  type PositionFix,
  parseOwnTracks,
  parseOwnTracksText,
  parseOwnTracksTopic,
} from '../src/index.js';
import { listFixtures } from './fixtures.js';

const fixtures = listFixtures<{ message: unknown; expected: CodecResult<OwnTracksReport> }>('owntracks');

describe('OwnTracks messages, one file a case', () => {
  it('has cases', () => expect(fixtures.length).toBeGreaterThan(10));

  it.each(fixtures)('reads: $name', ({ fixture }) => {
    expect(parseOwnTracks(fixture.message)).toEqual(fixture.expected);
    expect(parseOwnTracksText(JSON.stringify(fixture.message))).toEqual(fixture.expected);
  });

  it.each(fixtures)('writes what it has read so that it reads the same: $name', ({ fixture }) => {
    if (!fixture.expected.ok) return;
    const { fix, trackerId, trigger } = fixture.expected.value;
    const whole: PositionFix = {
      ...fix,
      ...(fix.speed === undefined ? {} : { speed: metresPerSecond(Math.round(fix.speed * 3.6) / 3.6) }),
    };
    const extras = {
      ...(trackerId === undefined ? {} : { trackerId }),
      ...(trigger === undefined ? {} : { trigger }),
    };
    expect(parseOwnTracks(encodeOwnTracks(fix, extras))).toEqual({
      ok: true,
      value: { fix: whole, ...extras },
    });
  });
});

const anyFix: fc.Arbitrary<PositionFix> = fc
  .record(
    {
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      at: fc.integer({ min: 1000, max: 4_000_000_000_000 }),
      accuracy: fc.double({ min: 0, max: 5000, noNaN: true }),
      speed: fc.double({ min: 0, max: 90, noNaN: true }),
      bearing: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
      battery: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    { requiredKeys: ['lon', 'lat', 'at'] },
  )
  .map(({ lon, lat, at, accuracy, speed, bearing, battery }) => ({
    position: [lon, lat] as const,
    eventAt: instant(at),
    ...(accuracy === undefined ? {} : { accuracy: metres(accuracy) }),
    ...(speed === undefined ? {} : { speed: metresPerSecond(speed) }),
    ...(bearing === undefined ? {} : { bearing }),
    ...(battery === undefined ? {} : { battery }),
  }));

describe('OwnTracks codec', () => {
  it('loses nothing but the rounding of the format', () => {
    fc.assert(
      fc.property(anyFix, (fix) => {
        const parsed = parseOwnTracks(encodeOwnTracks(fix));
        if (!parsed.ok) throw new Error(`${parsed.error.field} ${parsed.error.reason}`);
        const read = parsed.value.fix;
        expect(distance(read.position, fix.position)).toBeLessThan(0.02);
        expect(fix.eventAt - read.eventAt).toBeGreaterThanOrEqual(0);
        expect(fix.eventAt - read.eventAt).toBeLessThan(1000);
        expect(Math.abs((read.speed ?? 0) - (fix.speed ?? 0))).toBeLessThanOrEqual(0.5 / 3.6 + 1e-9);
        expect(Math.abs((read.battery ?? 0) - (fix.battery ?? 0))).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(parseOwnTracks(encodeOwnTracks(read))).toEqual(parsed);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('never throws for garbage, and names what is wrong', () => {
    const garbage = fc.oneof(
      fc.anything(),
      fc.record(
        { _type: fc.constant('location'), lat: fc.anything(), lon: fc.anything(), tst: fc.anything() },
        { requiredKeys: ['_type'] },
      ),
      fc.record({
        _type: fc.constant('location'),
        lat: fc.constant(1),
        lon: fc.constant(2),
        tst: fc.constant(1769846400),
        vel: fc.anything(),
        batt: fc.anything(),
        tid: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(garbage, (message) => {
        const parsed = parseOwnTracks(message);
        if (!parsed.ok) expect(parsed.error.reason).not.toBe('');
      }),
      { seed: 7, numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => void parseOwnTracksText(text)),
      { seed: 7, numRuns: 500 },
    );
  });

  it('takes the empty body of HTTP mode for no position, and truncated JSON for malformed', () => {
    expect(parseOwnTracksText('')).toMatchObject({ ok: false, error: { code: 'not-a-position' } });
    expect(parseOwnTracksText('{"_type":"loc')).toMatchObject({ ok: false, error: { code: 'malformed' } });
  });

  it('answers an HTTP post with a JSON array', () => {
    expect(encodeOwnTracksReply()).toBe('[]');
    expect(JSON.parse(encodeOwnTracksReply([{ _type: 'cmd', action: 'reportLocation' }]))).toEqual([
      { _type: 'cmd', action: 'reportLocation' },
    ]);
  });

  it('takes topics apart and puts them together', () => {
    const location = { user: 'patrol-7', device: 'phone' };
    expect(parseOwnTracksTopic('owntracks/patrol-7/phone')).toEqual(location);
    expect(parseOwnTracksTopic(formatOwnTracksTopic({ ...location, channel: 'cmd' }))).toEqual({
      ...location,
      channel: 'cmd',
    });
    for (const other of [
      'owntracks',
      'owntracks/x',
      'owntracks//x',
      'owntracks/a/b/',
      'owntracks/a/b/c/d',
      'x/a/b',
    ]) {
      expect(parseOwnTracksTopic(other)).toBeUndefined();
    }
  });
});
