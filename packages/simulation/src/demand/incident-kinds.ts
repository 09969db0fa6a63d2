import type { Bilingual, LandUse, PlaceKind } from '../city/index.js';
import type { ProfileName } from './hours.js';

/** A kind of incident that residents call about. */
export interface IncidentKind {
  /** A code of APCO ANS 2.103.2. */
  readonly typeCode: string;
  /** Share of all calls in relation to the other kinds, over a whole week. */
  readonly share: number;
  readonly profile: ProfileName;
  /** How much likelier than elsewhere it is where the land is used so; 1 where nothing is said. */
  readonly landUse: Readonly<Partial<Record<LandUse, number>>>;
  /** Where it happens: at a numbered house, out in the street, or at a crossing. */
  readonly site: 'house' | 'street' | 'crossing';
  /** Places that draw it, if any. */
  readonly near?: readonly PlaceKind[];
  /** Chance that one more caller rings about it, again and again. */
  readonly secondCaller: number;
  /** Time at the scene: median in seconds, and deviation of the logarithm. */
  readonly onScene: { readonly median: number; readonly sigma: number };
  readonly lines: readonly Bilingual[];
}

const HOMES = {
  residential: 1.5,
  suburb: 1.3,
  'old-town': 1.3,
  commercial: 0.4,
  retail: 0.6,
  industrial: 0.1,
};
const SHOPS = { retail: 5, commercial: 3, 'old-town': 1.5, residential: 0.6, suburb: 0.3, industrial: 0.2 };
const BARS = { 'old-town': 5, commercial: 4, retail: 2, residential: 0.4, suburb: 0.2, industrial: 0.1 };

/** What an ordinary city calls about. Shares and times are our own judgement; scenarios may bring others. */
export const INCIDENT_KINDS: readonly IncidentKind[] = [
  {
    typeCode: 'SICK',
    share: 9,
    profile: 'always',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.03,
    onScene: { median: 1500, sigma: 0.5 },
    lines: [
      { en: 'My father has been feeling very unwell since this morning.', zh: '我父亲从早上起就很不舒服。' },
      { en: 'She has a high fever and cannot get up.', zh: '她发高烧，起不来了。' },
    ],
  },
  {
    typeCode: 'FALL',
    share: 6,
    profile: 'always',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.05,
    onScene: { median: 1400, sigma: 0.5 },
    lines: [
      { en: 'An old lady fell on the stairs and cannot stand.', zh: '老太太在楼梯上摔倒了，站不起来。' },
      { en: 'He slipped and hurt his hip.', zh: '他滑了一跤，伤到了胯。' },
    ],
  },
  {
    typeCode: 'CARDIAC',
    share: 3,
    profile: 'always',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.08,
    onScene: { median: 1900, sigma: 0.4 },
    lines: [
      { en: 'He has pain in his chest and is sweating.', zh: '他胸口疼，一直出汗。' },
      { en: 'My husband is holding his chest, please hurry.', zh: '我爱人捂着胸口，请快一点。' },
    ],
  },
  {
    typeCode: 'RESP',
    share: 3,
    profile: 'always',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.04,
    onScene: { median: 1600, sigma: 0.4 },
    lines: [{ en: 'She cannot catch her breath.', zh: '她喘不上气来。' }],
  },
  {
    typeCode: 'PERUNCON',
    share: 3,
    profile: 'always',
    landUse: { 'old-town': 1.5, commercial: 1.5, retail: 1.3 },
    site: 'street',
    near: ['bus-station', 'railway-station', 'market'],
    secondCaller: 0.3,
    onScene: { median: 1500, sigma: 0.5 },
    lines: [
      { en: 'A man is lying on the pavement and does not answer.', zh: '有个男人躺在人行道上，叫不醒。' },
      { en: 'Someone fainted, she is not moving.', zh: '有人晕倒了，一动不动。' },
    ],
  },
  {
    typeCode: 'MVA',
    share: 9,
    profile: 'traffic',
    landUse: { industrial: 1.4, commercial: 1.4 },
    site: 'crossing',
    secondCaller: 0.25,
    onScene: { median: 1800, sigma: 0.5 },
    lines: [
      { en: 'Two cars have hit each other, nobody is hurt.', zh: '两辆车追尾了，没人受伤。' },
      {
        en: 'A car scraped a delivery scooter, they are arguing.',
        zh: '汽车和外卖电动车刮蹭了，双方在争执。',
      },
    ],
  },
  {
    typeCode: 'MVAINJY',
    share: 4,
    profile: 'traffic',
    landUse: { industrial: 1.3 },
    site: 'crossing',
    secondCaller: 0.45,
    onScene: { median: 2700, sigma: 0.4 },
    lines: [
      { en: 'A car hit a cyclist and there is blood.', zh: '汽车撞了骑车的人，流血了。' },
      { en: 'Bad crash, someone is stuck in the car.', zh: '撞得很严重，有人卡在车里。' },
    ],
  },
  {
    typeCode: 'THAZ',
    share: 3,
    profile: 'traffic',
    landUse: {},
    site: 'street',
    secondCaller: 0.2,
    onScene: { median: 1100, sigma: 0.5 },
    lines: [{ en: 'A lorry lost its load, boxes all over the road.', zh: '货车掉了货，满路都是箱子。' }],
  },
  {
    typeCode: 'DISVEH',
    share: 3,
    profile: 'traffic',
    landUse: {},
    site: 'street',
    secondCaller: 0.05,
    onScene: { median: 1300, sigma: 0.5 },
    lines: [{ en: 'My car broke down and blocks the lane.', zh: '我的车坏了，堵住了车道。' }],
  },
  {
    typeCode: 'LARCENY',
    share: 6,
    profile: 'shopping',
    landUse: SHOPS,
    site: 'house',
    near: ['market', 'bus-station'],
    secondCaller: 0.03,
    onScene: { median: 2000, sigma: 0.5 },
    lines: [
      { en: 'My purse was taken while I was buying vegetables.', zh: '我买菜的时候钱包被偷了。' },
      { en: 'Someone took my phone out of my bag.', zh: '有人从我包里把手机偷走了。' },
    ],
  },
  {
    typeCode: 'SHOPLIFT',
    share: 3,
    profile: 'shopping',
    landUse: SHOPS,
    site: 'house',
    near: ['market'],
    secondCaller: 0.02,
    onScene: { median: 1700, sigma: 0.4 },
    lines: [{ en: 'We have stopped a shoplifter in our shop.', zh: '我们店里抓到一个偷东西的。' }],
  },
  {
    typeCode: 'FRAUD',
    share: 5,
    profile: 'office',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.01,
    onScene: { median: 2600, sigma: 0.4 },
    lines: [
      { en: 'I sent money to a man who said he was from the bank.', zh: '有人冒充银行的，我把钱转过去了。' },
      {
        en: 'My mother is about to transfer her savings to a stranger.',
        zh: '我妈正要把积蓄转给一个陌生人。',
      },
    ],
  },
  {
    typeCode: 'FIGHT',
    share: 5,
    profile: 'nightlife',
    landUse: BARS,
    site: 'street',
    near: ['bar'],
    secondCaller: 0.35,
    onScene: { median: 1700, sigma: 0.5 },
    lines: [
      { en: 'People are fighting outside the bar.', zh: '酒吧门口有人打架。' },
      { en: 'Four or five men are hitting each other.', zh: '四五个人打起来了。' },
    ],
  },
  {
    typeCode: 'INTOX',
    share: 4,
    profile: 'nightlife',
    landUse: BARS,
    site: 'street',
    near: ['bar'],
    secondCaller: 0.12,
    onScene: { median: 1200, sigma: 0.5 },
    lines: [{ en: 'A drunk man is sitting in the road.', zh: '有个喝醉的人坐在马路上。' }],
  },
  {
    typeCode: 'NOISE',
    share: 7,
    profile: 'homes',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.15,
    onScene: { median: 700, sigma: 0.5 },
    lines: [
      { en: 'The neighbours upstairs are making a terrible noise.', zh: '楼上邻居吵得厉害。' },
      { en: 'Loud music and I have to work tomorrow.', zh: '音乐声太大了，我明天还要上班。' },
    ],
  },
  {
    typeCode: 'DVNA',
    share: 4,
    profile: 'homes',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.08,
    onScene: { median: 2100, sigma: 0.5 },
    lines: [{ en: 'The couple next door are shouting at each other.', zh: '隔壁夫妻吵得很凶。' }],
  },
  {
    typeCode: 'DVA',
    share: 2,
    profile: 'homes',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.12,
    onScene: { median: 3000, sigma: 0.4 },
    lines: [{ en: 'He is hitting her, I can hear her scream.', zh: '他在打她，我听见她在喊。' }],
  },
  {
    typeCode: 'BURGLARY',
    share: 2,
    profile: 'homes',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.02,
    onScene: { median: 2800, sigma: 0.4 },
    lines: [{ en: 'I came home and the door has been forced.', zh: '我回到家发现门被撬了。' }],
  },
  {
    typeCode: 'ROBBERY',
    share: 0.8,
    profile: 'nightlife',
    landUse: BARS,
    site: 'street',
    secondCaller: 0.2,
    onScene: { median: 3200, sigma: 0.4 },
    lines: [{ en: 'A man with a knife took my bag and ran.', zh: '有人拿刀抢了我的包跑了。' }],
  },
  {
    typeCode: 'PERSUSP',
    share: 4,
    profile: 'always',
    landUse: {},
    site: 'street',
    secondCaller: 0.06,
    onScene: { median: 900, sigma: 0.5 },
    lines: [{ en: 'Someone is trying the doors of parked cars.', zh: '有人在拉停着的车的车门。' }],
  },
  {
    typeCode: 'PERMISS',
    share: 2,
    profile: 'always',
    landUse: HOMES,
    site: 'house',
    near: ['primary-school'],
    secondCaller: 0.03,
    onScene: { median: 2900, sigma: 0.5 },
    lines: [
      { en: 'My son did not come home from school.', zh: '我儿子放学没回家。' },
      { en: 'My grandmother is confused and has walked off.', zh: '我奶奶有点糊涂，走丢了。' },
    ],
  },
  {
    typeCode: 'CITASST',
    share: 6,
    profile: 'office',
    landUse: {},
    site: 'house',
    secondCaller: 0.01,
    onScene: { median: 800, sigma: 0.5 },
    lines: [
      { en: 'I am locked out and the stove is on.', zh: '我被锁在门外，炉子还开着火。' },
      { en: 'Could an officer come? I need advice.', zh: '能派个民警来吗？我想咨询点事。' },
    ],
  },
  {
    typeCode: 'FSTRU',
    share: 0.9,
    profile: 'homes',
    landUse: { industrial: 2, 'old-town': 1.8 },
    site: 'house',
    secondCaller: 0.65,
    onScene: { median: 4200, sigma: 0.6 },
    lines: [
      { en: 'There is smoke and fire coming out of a window.', zh: '窗户里冒烟，着火了。' },
      { en: 'The kitchen is burning, people are still inside!', zh: '厨房着火了，里面还有人！' },
    ],
  },
  {
    typeCode: 'ALRF',
    share: 3,
    profile: 'office',
    landUse: { commercial: 3, industrial: 2, retail: 2 },
    site: 'house',
    secondCaller: 0.06,
    onScene: { median: 1000, sigma: 0.5 },
    lines: [{ en: 'The fire alarm of the building is ringing.', zh: '大楼的火警响了。' }],
  },
  {
    typeCode: 'NCRELEV',
    share: 1,
    profile: 'office',
    landUse: { commercial: 4, retail: 2, suburb: 0.2, 'old-town': 0.1 },
    site: 'house',
    secondCaller: 0.1,
    onScene: { median: 1800, sigma: 0.4 },
    lines: [{ en: 'We are stuck in the lift between two floors.', zh: '我们被困在电梯里，卡在两层之间。' }],
  },
  {
    typeCode: 'GASLEAK',
    share: 0.8,
    profile: 'homes',
    landUse: HOMES,
    site: 'house',
    secondCaller: 0.3,
    onScene: { median: 2400, sigma: 0.5 },
    lines: [{ en: 'There is a strong smell of gas in the stairway.', zh: '楼道里煤气味很重。' }],
  },
];

/** A call that ends before anyone can answer. */
export const HANG_UP: IncidentKind = {
  typeCode: '911H',
  share: 0,
  profile: 'always',
  landUse: {},
  site: 'street',
  secondCaller: 0,
  onScene: { median: 600, sigma: 0.4 },
  lines: [{ en: 'The line went dead.', zh: '电话断了。' }],
};
