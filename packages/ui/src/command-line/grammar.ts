import type { ReportedStage } from '@lamplight/domain';

/**
 * The words of the command line. The parser, the completion, the help and the reference page are made from this table,
 * so that none of them can say something else.
 */

/** What a command speaks of besides its verb. */
export const SLOTS = [
  'units',
  'incident',
  'other',
  'stage',
  'status',
  'level',
  'priority',
  'type',
  'disposition',
  'minutes',
  'panel',
  'verb',
  'text',
  'reason',
] as const;
export type Slot = (typeof SLOTS)[number];

export interface VerbRule {
  /** The first is the one that is printed; the rest are other ways to say it: English, Chinese, pinyin initials. */
  readonly words: readonly string[];
  /** What must be said. `incident` is the one that is open where none is named. */
  readonly needs: readonly Slot[];
  /** What may be said. */
  readonly takes?: readonly Slot[];
  /** Done only when Enter is pressed again. */
  readonly confirm?: true;
  /** An example in each language, which the tests parse. */
  readonly example: { readonly en: string; readonly zh: string };
}

export const VERBS = {
  dispatch: {
    words: ['dispatch', 'd', 'send', '派', '派警', '派出', 'pj'],
    needs: ['incident'],
    takes: ['units'],
    example: { en: 'd P1 P2 42', zh: '派 P1 P2 42' },
  },
  transfer: {
    words: ['transfer', 'tr', 'divert', 'move', '改派', '调派', 'gp'],
    needs: ['units', 'incident'],
    confirm: true,
    example: { en: 'tr P1 42', zh: '改派 P1 42' },
  },
  recall: {
    words: ['recall', 'rc', 'release', '召回', '撤回', 'zh'],
    needs: ['units', 'reason'],
    confirm: true,
    example: { en: 'rc P1 false alarm', zh: '召回 P1 误报' },
  },
  progress: {
    words: ['progress', 'pr', '进展', 'jz'],
    needs: ['units', 'stage'],
    example: { en: 'P1 onscene', zh: 'P1 到场' },
  },
  status: {
    words: ['status', 's', '状态', 'zt'],
    needs: ['units', 'status'],
    example: { en: 's P1 AVAILABLE', zh: '状态 P1 AVAILABLE' },
  },
  note: {
    words: ['note', 'n', '备注', '记录', 'bz'],
    needs: ['incident', 'text'],
    example: { en: 'n two men, one with a knife', zh: '备注 两名男子，一人持刀' },
  },
  find: {
    words: ['find', 'f', '查', '查找', 'cz'],
    needs: ['text'],
    example: { en: 'f harbour street', zh: '查 港湾街' },
  },
  open: {
    words: ['open', 'o', '打开', 'dk'],
    needs: ['incident'],
    example: { en: 'o 42', zh: '打开 42' },
  },
  show: {
    words: ['show', 'where', '显示', '在哪', 'xs'],
    needs: ['units'],
    example: { en: 'where P1', zh: '在哪 P1' },
  },
  timer: {
    words: ['timer', 't', 'remind', '计时', '提醒', 'js'],
    needs: ['minutes'],
    takes: ['text'],
    example: { en: 't 5 ring the school', zh: '提醒 5分钟 回电学校' },
  },
  type: {
    words: ['type', 'ty', '类别', 'lb'],
    needs: ['incident', 'type'],
    example: { en: 'type FIGHT', zh: '类别 FIGHT' },
  },
  priority: {
    words: ['priority', 'pri', '优先级', 'yxj'],
    needs: ['incident', 'priority'],
    example: { en: 'pri 1', zh: '优先级 1' },
  },
  alarm: {
    words: ['alarm', 'raise', '升级', 'sj'],
    needs: ['incident'],
    takes: ['level'],
    example: { en: 'alarm #42', zh: '升级 #42' },
  },
  link: {
    words: ['link', 'l', '关联', 'gl'],
    needs: ['incident', 'other'],
    example: { en: 'link 42 39', zh: '关联 42 39' },
  },
  merge: {
    words: ['merge', '合并', 'hb'],
    needs: ['incident', 'other'],
    confirm: true,
    example: { en: 'merge 42 39', zh: '合并 42 39' },
  },
  close: {
    words: ['close', '结案', '结警', 'ja'],
    needs: ['incident', 'disposition'],
    confirm: true,
    example: { en: 'close 42 01', zh: '结案 42 01' },
  },
  cancel: {
    words: ['cancel', '取消', 'qx'],
    needs: ['incident', 'reason'],
    confirm: true,
    example: { en: 'cancel #42 called by mistake', zh: '取消 #42 误拨' },
  },
  go: {
    words: ['go', 'g', '转到', 'zd'],
    needs: ['panel'],
    example: { en: 'go map', zh: '转到 地图' },
  },
  call: {
    words: ['call', 'new', '新警', '接警', 'xj'],
    needs: [],
    example: { en: 'new', zh: '新警' },
  },
  help: {
    words: ['help', '?', '帮助'],
    needs: [],
    takes: ['verb'],
    example: { en: '? dispatch', zh: '? 派' },
  },
} as const satisfies Record<string, VerbRule>;
export type Verb = keyof typeof VERBS;

export const VERB_NAMES = Object.keys(VERBS).filter((name): name is Verb => Object.hasOwn(VERBS, name));

export const ruleOf = (verb: Verb): VerbRule => VERBS[verb];

/** How crews' stages may be said; the first is the one that is printed. */
export const STAGE_WORDS: Readonly<Record<ReportedStage, readonly string[]>> = {
  acknowledged: ['ack', 'acknowledged', '接令', '已接警', 'jl'],
  enroute: ['enroute', 'er', 'en-route', '出动', 'cd'],
  staged: ['staged', 'staging', '集结', 'jj'],
  onScene: ['onscene', 'os', 'on-scene', 'arrived', '到场', 'dc'],
  actionBegun: ['action', 'working', '处置'],
  transporting: ['transporting', 'transport', '转送', 'zs'],
  atDestination: ['atdestination', 'atdest', '送达', 'sd'],
  cleared: ['clear', 'cleared', '结束', '清场'],
};

export const PANEL_WORDS = {
  queue: ['queue', 'q', '队列', '警情队列'],
  map: ['map', 'm', '地图'],
  units: ['units', 'u', '警力'],
  work: ['incident', 'i', '警情'],
} as const;
export type PanelWord = keyof typeof PANEL_WORDS;

/** Little words that people type and that say nothing here. */
export const FILLERS: ReadonlySet<string> = new Set([
  'to',
  'at',
  'on',
  'the',
  'and',
  'with',
  'as',
  'into',
  'in',
  '到',
  '去',
  '往',
  '给',
  '和',
  '与',
  '为',
  '至',
  '并入',
  '->',
  '→',
]);
