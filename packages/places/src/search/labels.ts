import { at, type Bilingual, kindOf, type Places, stringAt } from '../model.js';
import { hasHan } from '../text/tokens.js';
import { KIND_NAMES } from './kind-names.js';

/** The name of a place in both languages; the name on the signs where the map has no other. */
function nameOf(places: Places, place: number): Bilingual {
  const { nameLocal, nameEnglish, nameChinese } = places.arrays;
  const local = stringAt(places, at(nameLocal, place));
  return {
    en: stringAt(places, at(nameEnglish, place)) || local,
    'zh-CN': stringAt(places, at(nameChinese, place)) || local,
  };
}

/** A street, area or named thing with the areas it lies in. */
export function placeLabel(places: Places, place: number): Bilingual {
  const name = nameOf(places, place);
  const line = stringAt(places, at(places.arrays.addressLine, place));
  const areas = areaNames(places, at(places.arrays.areaSet, place), place);
  const kind = kindOf(places, place);
  const isPlain = kind === 'street' || kind === 'settlement' || kind === 'quarter' || kind === 'region';
  const sort = isPlain ? undefined : KIND_NAMES[kind];
  return withAreas(
    {
      en: [name.en, ...(line === '' || line === name.en ? [] : [line])].join(', '),
      'zh-CN': sort && !hasHan(name['zh-CN']) ? `${name['zh-CN']}(${sort['zh-CN']})` : name['zh-CN'],
    },
    areas,
  );
}

/** A house number at a street or place. */
export function addressLabel(places: Places, place: number, number: string, areaSet: number): Bilingual {
  return withAreas(addressLine(nameOf(places, place), number), areaNames(places, areaSet, place));
}

/** Names that end as English street names do; their house numbers stand in front. */
const ENGLISH_STREET =
  /(?:^|\s)(?:street|road|avenue|boulevard|drive|lane|court|square|terrace|highway|way|alley|st|rd|ave)\.?(?:\s(?:north|south|east|west|[nsew]))?$/i;

/** `12 Main Street`, `Landstrasse 12`, `中山路12号`. */
function addressLine(street: Bilingual, number: string): Bilingual {
  const zh = street['zh-CN'];
  return {
    en: ENGLISH_STREET.test(street.en) ? `${number} ${street.en}` : `${street.en} ${number}`,
    'zh-CN': hasHan(zh) ? `${zh}${number}号` : `${zh} ${number}`,
  };
}

export function intersectionLabel(places: Places, a: number, b: number): Bilingual {
  const one = nameOf(places, a);
  const other = nameOf(places, b);
  return withAreas(
    { en: `${one.en} & ${other.en}`, 'zh-CN': `${one['zh-CN']}与${other['zh-CN']}交叉口` },
    areaNames(places, at(places.arrays.areaSet, a), a),
  );
}

/** English goes from small to large after commas, Chinese from large to small in one go. */
function withAreas(label: Bilingual, areas: readonly Bilingual[]): Bilingual {
  const chinese = areas.map((area) => area['zh-CN']).reverse();
  const isChinese = hasHan(label['zh-CN']) && chinese.every(hasHan);
  return {
    en: [label.en, ...areas.map(({ en }) => en)].join(', '),
    'zh-CN': isChinese
      ? [...chinese, label['zh-CN']].join('')
      : [label['zh-CN'], ...areas.map((area) => area['zh-CN'])].join(', '),
  };
}

/** At most two areas that an address is written with: the smallest settlement or district, and the next larger one. */
function areaNames(places: Places, areaSet: number, except: number): Bilingual[] {
  const { firstArea, areas } = places.arrays;
  const names: Bilingual[] = [];
  const end = firstArea[areaSet + 1] ?? 0;
  for (let i = firstArea[areaSet] ?? 0; i < end && names.length < 2; i++) {
    const area = areas[i] ?? 0;
    const kind = kindOf(places, area);
    if (area === except || (kind !== 'settlement' && kind !== 'quarter')) continue;
    const name = nameOf(places, area);
    if (names.some(({ en }) => en === name.en)) continue;
    names.push(name);
    // A street that lies in several settlements is named after the first.
    if (kind === 'settlement' && !/[区县旗]$/.test(name['zh-CN'])) break;
  }
  return names;
}
