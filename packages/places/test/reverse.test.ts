import { type LonLat, metres, offset } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { CENTRE } from './fixtures/osm-xml.js';
import { geocoderOf, TOWN } from './fixtures/town.js';

const { reverse } = geocoderOf(TOWN);

const place = (east: number, north: number): LonLat => offset(CENTRE, east, north);

describe('what is at a position', () => {
  it('is the address when one is there', () => {
    const answer = reverse(place(62, 14));
    expect(answer?.label).toEqual({
      en: '12 Zhongshan Road, Zhenjiang District, Shaoguan',
      'zh-CN': '韶关市浈江区中山路12号',
    });
    expect(answer?.address?.distance).toBeCloseTo(Math.hypot(2, 4), 1);
  });

  it('is told from the nearest intersection, with direction', () => {
    const answer = reverse(place(0, -12));
    expect(answer?.label.en).toMatch(
      /^12 m S of (Zhongshan Road & Jiefang Road|Jiefang Road & Zhongshan Road)/,
    );
    expect(answer?.label['zh-CN']).toMatch(/交叉口以南12米$/);
    expect(answer?.intersection?.bearing).toBeCloseTo(180, 3);
    expect(reverse(place(-10, 10))?.label.en).toMatch(/^14 m NW of/);
  });

  it('is the street with the house numbers near by', () => {
    const answer = reverse(place(205, -35));
    expect(answer?.label.en).toBe('Zhongshan Road, Zhenjiang District, Shaoguan (near 20–41甲)');
    expect(answer?.street?.distance).toBeCloseTo(35, 1);
    expect(answer?.street?.houseNumbers).toEqual(['20', '41甲']);
  });

  it('is the street alone where no house is near', () => {
    expect(reverse(place(-250, -480))?.label.en).toMatch(/^Schlösslestraße, /);
  });

  it('is nothing when nothing is near', () => {
    expect(reverse(place(4_000, 4_000))).toBeUndefined();
    expect(reverse(place(-250, 250), { maxDistance: metres(50) })).toBeUndefined();
    expect(reverse([Number.NaN, 0])).toBeUndefined();
    expect(reverse([0, 90])).toBeUndefined();
  });
});
