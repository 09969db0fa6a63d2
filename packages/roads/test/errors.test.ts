import { metres } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { describeRoadsError, type RoadsError } from '../src/index.js';

const ERRORS: readonly RoadsError[] = [
  { code: 'osm-truncated', message: '', byte: 7 },
  { code: 'osm-corrupt', message: '' },
  { code: 'osm-unsupported', message: '' },
  { code: 'not-osm', message: '' },
  { code: 'no-roads', message: '' },
  { code: 'off-network', message: '', distance: metres(612.4) },
  { code: 'off-network', message: '', distance: metres(Infinity) },
  { code: 'unreachable', message: '' },
  { code: 'not-a-network', message: '' },
  { code: 'network-version', message: '' },
  { code: 'network-truncated', message: '' },
  { code: 'network-checksum', message: '' },
];

describe('refusals', () => {
  it.each(ERRORS)('$code has its own sentence in English and in Chinese', (error) => {
    expect(describeRoadsError(error, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(describeRoadsError(error, 'zh-CN')).toMatch(/[\u4e00-\u9fff].*。$/);
  });

  it('tell the byte and the distance', () => {
    expect(describeRoadsError({ code: 'osm-truncated', message: '', byte: 7 }, 'zh-CN')).toContain('字节 7');
    const far: RoadsError = { code: 'off-network', message: '', distance: metres(612.4) };
    expect(describeRoadsError(far, 'en')).toContain('612 m');
  });
});
