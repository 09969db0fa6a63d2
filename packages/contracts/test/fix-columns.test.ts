import { instant } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { type Fix, readFixColumns, serverMessageSchema, writeFixColumns } from '../src/index.js';

const fix = (unitId: string, part: Partial<Fix> = {}): Fix => ({
  unitId,
  position: [113.5, 24.8],
  eventAt: instant(1_000_000),
  receivedAt: instant(1_000_250),
  accuracy: 5,
  speed: null,
  bearing: 270,
  clockSuspect: false,
  ...part,
});

describe('fixes as columns', () => {
  it('LIVE-27: the same index in each column is the same fix', () => {
    const fixes = [fix('a'), fix('b', { position: [-70.25, -33.125], clockSuspect: true, speed: 12.5 })];
    const columns = writeFixColumns(fixes);
    expect(columns).toMatchObject({
      unit: ['a', 'b'],
      lon: [113.5, -70.25],
      speed: [null, 12.5],
      suspect: [1],
    });
    expect(readFixColumns(JSON.parse(JSON.stringify(columns)))).toEqual({ ok: true, value: fixes });
  });

  it('LIVE-27: columns of different lengths, or of other things than numbers, are not understood', () => {
    const columns = writeFixColumns([fix('a'), fix('b')]);
    for (const broken of [
      null,
      { ...columns, lat: [1] },
      { ...columns, lon: [1, '2'] },
      { ...columns, lon: [1, 200] },
      { ...columns, speed: [null, undefined] },
      { ...columns, unit: ['a', 7] },
      { ...columns, from: 'yesterday' },
    ]) {
      expect(readFixColumns(broken).ok).toBe(false);
      expect(serverMessageSchema.safeParse({ type: 'positions', fixes: broken }).success).toBe(false);
    }
  });

  it('takes less than half the room of a list of fixes', () => {
    const fixes = Array.from({ length: 500 }, (_, index) => fix(`unit-${index}`));
    const listed = fixes.map((each) => ({
      ...each,
      eventAt: '2026-01-01T00:00:00.000Z',
      receivedAt: '2026-01-01T00:00:00.000Z',
    }));
    expect(JSON.stringify(writeFixColumns(fixes)).length).toBeLessThan(JSON.stringify(listed).length / 2);
  });
});
