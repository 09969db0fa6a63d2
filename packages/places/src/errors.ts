import { exhaustive } from '@lamplight/base';
import { describeRoadsError, type OsmError } from '@lamplight/roads';
import type { Bilingual } from './model.js';

/** Why places were not built or opened. `message` is English and for logs; see `describePlacesError`. */
export type PlacesError =
  | OsmError
  | { readonly code: 'no-places'; readonly message: string }
  | {
      readonly code: 'not-a-places-file' | 'places-version' | 'places-truncated' | 'places-checksum';
      readonly message: string;
    };

/** One sentence for the person at the screen, in both languages. */
export function describePlacesError(error: PlacesError): Bilingual {
  switch (error.code) {
    case 'osm-truncated':
    case 'osm-corrupt':
    case 'osm-unsupported':
    case 'not-osm':
      return { en: describeRoadsError(error, 'en'), 'zh-CN': describeRoadsError(error, 'zh-CN') };
    case 'no-places':
      return {
        en: 'The extract holds no addresses, streets or named places.',
        'zh-CN': '该数据中没有地址、道路或地名。',
      };
    case 'not-a-places-file':
      return { en: 'This is not a Lamplight places file.', 'zh-CN': '这不是 Lamplight 地名文件。' };
    case 'places-version':
      return {
        en: 'The places file was written by another version. Build it again from the extract.',
        'zh-CN': '地名文件由其他版本生成,请用原始数据重新构建。',
      };
    case 'places-truncated':
      return {
        en: 'The places file is incomplete. Build or copy it again.',
        'zh-CN': '地名文件不完整,请重新构建或复制。',
      };
    case 'places-checksum':
      return {
        en: 'The places file is damaged. Build or copy it again.',
        'zh-CN': '地名文件已损坏,请重新构建或复制。',
      };
    default:
      return exhaustive(error);
  }
}
