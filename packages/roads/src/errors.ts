import { exhaustive, type Metres } from '@lamplight/base';

/** Why an extract was not read. `byte` is the offset in the given bytes at which the reader gave up, where it is known. */
export interface OsmError {
  readonly code: 'osm-truncated' | 'osm-corrupt' | 'osm-unsupported' | 'not-osm';
  readonly message: string;
  readonly byte?: number;
}

/** Why a network was not built, opened or searched. `message` is English and for logs; see `describeRoadsError`. */
export type RoadsError =
  | OsmError
  | { readonly code: 'no-roads'; readonly message: string }
  | { readonly code: 'off-network'; readonly message: string; readonly distance: Metres }
  | { readonly code: 'unreachable'; readonly message: string }
  | {
      readonly code: 'not-a-network' | 'network-version' | 'network-truncated' | 'network-checksum';
      readonly message: string;
    }
  | HierarchyError;

/** Why prepared times were not opened. */
export interface HierarchyError {
  readonly code: 'not-a-hierarchy' | 'hierarchy-version' | 'hierarchy-truncated' | 'hierarchy-checksum';
  readonly message: string;
}

export type RoadsLanguage = 'en' | 'zh-CN';

/** One sentence for the person at the screen. The English `message` of the error holds further detail. */
export function describeRoadsError(error: RoadsError, language: RoadsLanguage): string {
  const [english, chinese] = sentences(error);
  return language === 'en' ? english : chinese;
}

function sentences(error: RoadsError): readonly [english: string, chinese: string] {
  switch (error.code) {
    case 'osm-truncated':
      return [
        `The OpenStreetMap file ends too early${atByte(error)}. Download or copy it again.`,
        `OpenStreetMap 文件不完整${atByteChinese(error)},请重新下载或复制。`,
      ];
    case 'osm-corrupt':
      return [
        `The OpenStreetMap file is damaged${atByte(error)}. Download or copy it again.`,
        `OpenStreetMap 文件已损坏${atByteChinese(error)},请重新下载或复制。`,
      ];
    case 'osm-unsupported':
      return [
        'The OpenStreetMap file uses a feature that is not supported.',
        'OpenStreetMap 文件使用了不支持的特性。',
      ];
    case 'not-osm':
      return [
        'This is not an OpenStreetMap file (.osm.pbf, .osm or .osm.gz).',
        '这不是 OpenStreetMap 文件(.osm.pbf、.osm 或 .osm.gz)。',
      ];
    case 'no-roads':
      return [
        'The extract holds no connected roads for this kind of vehicle.',
        '该数据中没有此类车辆可通行的连通道路。',
      ];
    case 'off-network': {
      if (!Number.isFinite(error.distance))
        return ['The position is not a place on Earth.', '该位置不是有效的地理坐标。'];
      const away = Math.round(error.distance);
      return [
        `The position is ${away} m from the nearest road, too far to use.`,
        `该位置距最近道路 ${away} 米,距离过远。`,
      ];
    }
    case 'unreachable':
      return ['No road leads from one position to the other.', '两个位置之间没有可通行的道路。'];
    case 'not-a-network':
      return ['This is not a Lamplight road network file.', '这不是 Lamplight 路网文件。'];
    case 'network-version':
      return [
        'The road network file was written by another version. Build it again from the extract.',
        '路网文件由其他版本生成,请用原始数据重新构建。',
      ];
    case 'network-truncated':
      return [
        'The road network file is incomplete. Build or copy it again.',
        '路网文件不完整,请重新构建或复制。',
      ];
    case 'network-checksum':
      return [
        'The road network file is damaged. Build or copy it again.',
        '路网文件已损坏,请重新构建或复制。',
      ];
    case 'not-a-hierarchy':
      return ['This is not a file of prepared travel times.', '这不是预处理行车时间文件。'];
    case 'hierarchy-version':
      return [
        'The prepared travel times were written by another version. Prepare them again.',
        '预处理行车时间文件由其他版本生成,请重新预处理。',
      ];
    case 'hierarchy-truncated':
      return [
        'The file of prepared travel times is incomplete. Prepare or copy it again.',
        '预处理行车时间文件不完整,请重新预处理或复制。',
      ];
    case 'hierarchy-checksum':
      return [
        'The file of prepared travel times is damaged. Prepare or copy it again.',
        '预处理行车时间文件已损坏,请重新预处理或复制。',
      ];
    default:
      return exhaustive(error);
  }
}

const atByte = ({ byte }: OsmError): string => (byte === undefined ? '' : ` at byte ${byte}`);
const atByteChinese = ({ byte }: OsmError): string => (byte === undefined ? '' : `(字节 ${byte})`);
