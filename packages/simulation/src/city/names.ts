import type { Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { Bilingual } from './model.js';

type Word = readonly [zh: string, en: string];

const words = (text: string): Word[] =>
  text
    .trim()
    .split(/\s+/)
    .map((entry): Word => [entry.slice(0, entry.indexOf(':')), entry.slice(entry.indexOf(':') + 1)]);

const QUALITIES = words(`
  明:Bright 长:Long 青:Green 金:Golden 玉:Jade 红:Red 白:White 紫:Violet 新:New 大:Great 清:Clear 云:Cloud
  星:Star 月:Moon 松:Pine 柳:Willow 竹:Bamboo 梅:Plum 兰:Orchid 荷:Lotus 桂:Laurel 枫:Maple 槐:Locust 银:Silver
  石:Stone 龙:Dragon 凤:Phoenix 鹤:Crane 燕:Swallow 鹿:Deer 马:Horse 花:Flower 茶:Tea 盐:Salt 米:Rice 书:Scholar
  钟:Bell 鼓:Drum 灯:Lantern 渔:Fisher 春:Spring 秋:Autumn 晨:Morning 安:Peace 和:Harmony 福:Fortune 雪:Snow 风:Wind
`);

const FEATURES = words(`
  山:Hill 湖:Lake 桥:Bridge 门:Gate 园:Garden 林:Grove 泉:Fountain 港:Harbour 塔:Tower 台:Terrace 亭:Pavilion 井:Well
  岭:Ridge 谷:Valley 坪:Meadow 田:Field 村:Village 坊:Court 楼:House 堂:Hall 岛:Island 洲:Shoal 滩:Beach 湾:Bay
  溪:Brook 池:Pond 塘:Pool 峰:Peak 坡:Slope 崖:Cliff 关:Pass 城:Fort 集:Fair 仓:Granary 渡:Ferry 苑:Orchard
  圃:Nursery 堤:Dyke 浦:Creek 店:Inn 窑:Kiln 寺:Temple 营:Camp 屯:Farm 驿:Post 廊:Arcade
`);

const ORDINALS: readonly Word[] = words(
  '一:1st 二:2nd 三:3rd 四:4th 五:5th 六:6th 七:7th 八:8th 九:9th 十:10th',
);

const DIRECTIONS: readonly Word[] = words('东:East 北:North 西:West 南:South');

const CARDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

const ORDINAL_WORDS = [
  'First',
  'Second',
  'Third',
  'Fourth',
  'Fifth',
  'Sixth',
  'Seventh',
  'Eighth',
  'Ninth',
  'Tenth',
];

/** What a street is called after its proper name: east–west streets are roads (路), north–south ones streets (街). */
export type Suffix = 'road' | 'street' | 'avenue' | 'lane';

const SUFFIXES: Readonly<Record<Suffix, Word>> = {
  road: ['路', 'Road'],
  street: ['街', 'Street'],
  avenue: ['大道', 'Avenue'],
  lane: ['巷', 'Lane'],
};

/** Hands out names so that no two streets of a city share one, in either language. */
export interface NameBook {
  /** A two-word proper name, such as 青山 / Green Hill, that has not been given before. */
  proper(): Bilingual;
  /** A street named by a fresh proper name. */
  street(suffix: Suffix): Bilingual;
  /** The next street of a numbered series: 青山三路 / Green Hill 3rd Road. */
  series(base: Bilingual, suffix: Suffix): Bilingual;
}

/** A name book for one city. About 2,200 proper names, then the same with a number in Chinese order. */
export function createNameBook(random: Random): NameBook {
  const stock = random.shuffle(
    QUALITIES.flatMap((quality) => FEATURES.map((feature) => ({ quality, feature }))),
  );
  const used = new Set<string>();
  /** Forms of name of which every word of the stock has been given. */
  const spent = new Set<Suffix | 'proper'>();
  let drawn = 0;

  const claim = (name: Bilingual): Bilingual | undefined => {
    if (used.has(name.en) || used.has(name.zh)) return undefined;
    used.add(name.en);
    used.add(name.zh);
    return name;
  };

  const nextInSeries = (base: Bilingual, suffix: Suffix): Bilingual | undefined => {
    const [zhSuffix, enSuffix] = SUFFIXES[suffix];
    for (const [zh, en] of ORDINALS) {
      const name = claim({ zh: `${base.zh}${zh}${zhSuffix}`, en: `${base.en} ${en} ${enSuffix}` });
      if (name) return name;
    }
    return undefined;
  };

  const nextBase = (): Bilingual => {
    const { quality, feature } = itemAt(stock, drawn % stock.length);
    drawn++;
    return { zh: quality[0] + feature[0], en: `${quality[1]} ${feature[1]}` };
  };

  const book: NameBook = {
    proper() {
      for (let tries = 0; tries < stock.length && !spent.has('proper'); tries++) {
        const name = claim(nextBase());
        if (name) return name;
      }
      spent.add('proper');
      // Every plain name is taken: the new quarters of a very large city are numbered.
      for (;;) {
        const base = nextBase();
        const round = Math.floor(drawn / stock.length) + 1;
        const name = claim({ zh: `${base.zh}第${round}`, en: `${base.en} No. ${round}` });
        if (name) return name;
      }
    },
    street(suffix) {
      const [zhSuffix, enSuffix] = SUFFIXES[suffix];
      for (let tries = 0; tries < stock.length && !spent.has(suffix); tries++) {
        const base = nextBase();
        const name = claim({ zh: base.zh + zhSuffix, en: `${base.en} ${enSuffix}` });
        if (name) return name;
      }
      spent.add(suffix);
      for (;;) {
        const name = nextInSeries(nextBase(), suffix) ?? nextInSeries(book.proper(), suffix);
        if (name) return name;
      }
    },
    series: (base, suffix) => nextInSeries(base, suffix) ?? book.street(suffix),
  };
  return book;
}

/** 二环东路 / Second Ring Road East: the part of a ring road that lies in one of four directions (0 = east, anticlockwise). */
export function ringRoadName(ring: number, quarter: number): Bilingual {
  const [zh, en] = itemAt(DIRECTIONS, quarter);
  const zhRing = CARDINALS[ring] ?? String(ring + 1);
  const enRing = ORDINAL_WORDS[ring] ?? `No. ${ring + 1}`;
  return { zh: `${zhRing}环${zh}路`, en: `${enRing} Ring Road ${en}` };
}

/** The four axes that meet at the centre. */
export function axisName(quarter: number): Bilingual {
  const [zh, en] = itemAt(DIRECTIONS, quarter);
  return quarter % 2 === 0
    ? { zh: `中央${zh}大道`, en: `Central Avenue ${en}` }
    : { zh: `钟鼓楼${zh}街`, en: `Drum Tower Street ${en}` };
}

/** 滨江东路 / Riverside Road East and so on, by bank and half. */
export function riversideName(bank: 0 | 1, quarter: number): Bilingual {
  const [zh, en] = itemAt(DIRECTIONS, quarter);
  return bank === 0
    ? { zh: `滨江${zh}路`, en: `Riverside Road ${en}` }
    : { zh: `沿江${zh}路`, en: `Embankment Road ${en}` };
}

/** 青山路3弄 / Lane 3, Green Hill Road: a service lane off a street. */
export const laneName = (of: Bilingual, number: number): Bilingual => ({
  zh: `${of.zh}${number}弄`,
  en: `Lane ${number}, ${of.en}`,
});
