import { exhaustive } from '@lamplight/base';
import type { RoadsLanguage } from '../errors.js';
import type { StreetName } from '../network/index.js';
import type { RouteStep } from './step.js';

/** One sentence for the driver. Streets are named in the reader's language where the map has that name. */
export function describeStep(step: Omit<RouteStep, 'text'>, language: RoadsLanguage): string {
  const name = step.name && nameIn(step.name, language);
  return language === 'en' ? english(step, name) : chinese(step, name);
}

function nameIn(name: StreetName, language: RoadsLanguage): string {
  return (language === 'en' ? name.en : name.zh) ?? name.local;
}

function english({ kind, exit, bearing }: Omit<RouteStep, 'text'>, name: string | undefined): string {
  const onto = name === undefined ? '' : ` onto ${name}`;
  const on = name === undefined ? '' : ` on ${name}`;
  switch (kind) {
    case 'depart':
      return `Head ${compass(bearing, ENGLISH_DIRECTIONS)}${on}`;
    case 'straight':
      return name === undefined ? 'Continue straight on' : `Continue${onto}`;
    case 'slight-left':
      return `Bear left${onto}`;
    case 'left':
      return `Turn left${onto}`;
    case 'sharp-left':
      return `Turn sharp left${onto}`;
    case 'slight-right':
      return `Bear right${onto}`;
    case 'right':
      return `Turn right${onto}`;
    case 'sharp-right':
      return `Turn sharp right${onto}`;
    case 'u-turn':
      return `Make a U-turn${on}`;
    case 'roundabout':
      return exit === undefined ? 'Enter the roundabout' : `At the roundabout take exit ${exit}${onto}`;
    case 'arrive':
      return 'Arrive at the destination';
    default:
      return exhaustive(kind);
  }
}

function chinese({ kind, exit, bearing }: Omit<RouteStep, 'text'>, name: string | undefined): string {
  const into = name === undefined ? '' : `进入${name}`;
  switch (kind) {
    case 'depart':
      return `${name === undefined ? '' : `沿${name}`}向${compass(bearing, CHINESE_DIRECTIONS)}行驶`;
    case 'straight':
      return name === undefined ? '继续直行' : `直行${into}`;
    case 'slight-left':
      return `向左前方行驶${into}`;
    case 'left':
      return `左转${into}`;
    case 'sharp-left':
      return `向左后方转弯${into}`;
    case 'slight-right':
      return `向右前方行驶${into}`;
    case 'right':
      return `右转${into}`;
    case 'sharp-right':
      return `向右后方转弯${into}`;
    case 'u-turn':
      return name === undefined ? '掉头' : `掉头后沿${name}行驶`;
    case 'roundabout':
      return exit === undefined ? '驶入环岛' : `经环岛从第 ${exit} 个出口驶出${into}`;
    case 'arrive':
      return '到达目的地';
    default:
      return exhaustive(kind);
  }
}

const ENGLISH_DIRECTIONS = [
  'north',
  'northeast',
  'east',
  'southeast',
  'south',
  'southwest',
  'west',
  'northwest',
] as const;
const CHINESE_DIRECTIONS = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'] as const;

const compass = (degrees: number, directions: readonly string[]): string =>
  directions[Math.round(degrees / 45) % 8] ?? '';
