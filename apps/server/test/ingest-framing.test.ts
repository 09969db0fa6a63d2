import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketSizes } from '../src/ingest/framed-connection.js';
import { createTopics, isTopicLevel } from '../src/ingest/topics.js';

/** A packet of type PUBLISH with `size` bytes after its fixed header. */
function publish(size: number): Buffer {
  const length: number[] = [];
  for (let rest = size; length.length === 0 || rest > 0; rest >>>= 7) length.push(rest & 0x7f);
  const header = length.map((digit, i) => (i < length.length - 1 ? digit | 0x80 : digit));
  return Buffer.concat([Uint8Array.of(0x30, ...header), Buffer.alloc(size, 0xff)]);
}

describe('packet sizes', () => {
  it('are followed across packets and chunks cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5000 }),
        (sizes, chunkSize) => {
          const stream = Buffer.concat(sizes.map(publish));
          const packets = new PacketSizes(10_000);
          let accepted = true;
          for (let at = 0; at < stream.length && accepted; at += chunkSize) {
            accepted = packets.accept(stream.subarray(at, at + chunkSize));
          }
          expect(accepted).toBe(sizes.every((size) => size <= 10_000));
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it('are refused from the announcement on, before the bytes have come', () => {
    expect(new PacketSizes(1000).accept(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f))).toBe(false);
    expect(new PacketSizes(0x0fff_ffff).accept(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff))).toBe(false);
  });
});

describe('topics', () => {
  const topics = createTopics('sf');
  const device = { deviceId: 'd1', unitId: 'u1' };

  it('may be published by their own device and by no other', () => {
    const may = (topic: string) => topics.mayPublish(device, topic);
    const own = ['owntracks/d1/phone', 'owntracks/d1/phone/event', 'lamplight/sf/units/u1/reports'];
    const foreign = [
      'owntracks/d2/phone',
      'owntracks/d1',
      'owntracks/d1/',
      'owntracks/d1/phone/cmd',
      'lamplight/sf/units/u1/orders',
      'lamplight/sf/units/u2/reports',
      'lamplight/sf/units/u1/reports/d2',
      'lamplight/la/units/u1/reports',
      '$SYS/x',
      'anything',
    ];
    expect(own.filter(may)).toEqual(own);
    expect(foreign.filter(may)).toEqual([]);
  });

  it('may be subscribed only for orders and commands of their own', () => {
    const may = (filter: string) => topics.maySubscribe(device, filter);
    const own = ['lamplight/sf/units/u1/orders', 'owntracks/d1/+/cmd', 'owntracks/d1/phone/cmd'];
    const foreign = [
      '#',
      '+/+/+',
      'owntracks/+/+',
      'owntracks/+/+/cmd',
      'owntracks/d1/#',
      'lamplight/sf/units/+/orders',
      'lamplight/sf/units/u2/orders',
      'lamplight/sf/units/u1/#',
      '$share/g/lamplight/sf/units/u1/orders',
    ];
    expect(own.filter(may)).toEqual(own);
    expect(foreign.filter(may)).toEqual([]);
  });

  it('say who a message is from and about', () => {
    expect(topics.parseInbound('owntracks/d1/phone')).toEqual({ kind: 'position', deviceId: 'd1' });
    expect(topics.parseInbound('owntracks/d1/phone/event')).toBeUndefined();
    expect(topics.parseInbound('lamplight/sf/units/u1/reports')).toEqual({ kind: 'report', unitId: 'u1' });
    const attributed = topics.attributed(device, 'lamplight/sf/units/u1/reports');
    expect(topics.parseInbound(attributed)).toEqual({ kind: 'report', unitId: 'u1', deviceId: 'd1' });
    for (const other of ['lamplight/sf/units/u1/orders', 'lamplight/la/units/u1/reports', 'x', '']) {
      expect(topics.parseInbound(other)).toBeUndefined();
    }
  });

  it('are made of names that cannot reach into others', () => {
    for (const bad of ['', 'a/b', '+', 'a#', 'a\u0000', '$SYS', 'x'.repeat(129)])
      expect(isTopicLevel(bad)).toBe(false);
    expect(isTopicLevel('巡七-07')).toBe(true);
    expect(() => createTopics('a/b')).toThrow(RangeError);
  });
});
