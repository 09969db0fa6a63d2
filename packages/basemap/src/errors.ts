import { exhaustive } from '@lamplight/base';
import { describeRoadsError, type OsmError } from '@lamplight/roads';

/** Why a base map was not built or opened. `message` is English and for logs; see `describeBasemapError`. */
export type BasemapError =
  | OsmError
  | { readonly code: 'nothing-to-draw' | 'extract-too-large'; readonly message: string }
  | {
      readonly code:
        | 'not-pmtiles'
        | 'pmtiles-version'
        | 'pmtiles-truncated'
        | 'pmtiles-corrupt'
        | 'pmtiles-compression'
        | 'not-vector-tiles';
      readonly message: string;
    };

export type BasemapLanguage = 'en' | 'zh-CN';

/** One sentence for the person at the screen. The English `message` of the error holds further detail. */
export function describeBasemapError(error: BasemapError, language: BasemapLanguage): string {
  switch (error.code) {
    case 'osm-truncated':
    case 'osm-corrupt':
    case 'osm-unsupported':
    case 'not-osm':
      return describeRoadsError(error, language);
    default: {
      const [english, chinese] = sentences(error.code);
      return language === 'en' ? english : chinese;
    }
  }
}

type OwnCode = Exclude<BasemapError['code'], OsmError['code']>;

function sentences(code: OwnCode): readonly [english: string, chinese: string] {
  switch (code) {
    case 'nothing-to-draw':
      return ['The extract holds nothing that a map could show.', '该数据中没有可绘制的地图内容。'];
    case 'extract-too-large':
      return [
        'The extract is too large for one base map. Use a smaller area.',
        '该数据范围过大,请选用较小的区域。',
      ];
    case 'not-pmtiles':
      return ['This is not a PMTiles archive.', '这不是 PMTiles 文件。'];
    case 'pmtiles-version':
      return [
        'The PMTiles archive has another version than 3. Convert it to version 3.',
        'PMTiles 文件不是第 3 版,请先转换。',
      ];
    case 'pmtiles-truncated':
      return [
        'The PMTiles archive ends too early. Download or copy it again.',
        'PMTiles 文件不完整,请重新下载或复制。',
      ];
    case 'pmtiles-corrupt':
      return [
        'The PMTiles archive is damaged. Download or copy it again.',
        'PMTiles 文件已损坏,请重新下载或复制。',
      ];
    case 'pmtiles-compression':
      return [
        'The PMTiles archive is compressed by other means than gzip.',
        'PMTiles 文件使用了 gzip 以外的压缩方式。',
      ];
    case 'not-vector-tiles':
      return [
        'The PMTiles archive holds pictures, not vector tiles.',
        'PMTiles 文件包含的是图片瓦片,而不是矢量瓦片。',
      ];
    default:
      return exhaustive(code);
  }
}
