import type { TypeTable } from './incident-type-table.js';

/** Help of every kind, incidents beyond one crew, and what needs no crew at all. */
export const ASSISTANCE_TYPES: TypeTable = [
  [
    'assist',
    [
      ['911H', 'Emergency call cut off', '报警后挂断', 3, 'patrol-1'],
      ['911OPN', 'Emergency line left open', '报警线路未挂断', 3, 'patrol-1'],
      ['ANIMAL', 'Animal trouble', '涉动物求助', 4, 'community-assist'],
      ['ASSIST', 'Help for another agency', '协助其他单位', 3, 'patrol-1'],
      ['CITASST', 'Help for a member of the public', '群众求助', 4, 'community-assist'],
      ['HLP2', 'Responder wants help, no danger', '一线人员请求协助（非紧急）', 3, 'patrol-1'],
      ['PUBWKS', 'Street or utility fault', '市政公用设施故障', 4, 'community-assist'],
      ['STDBY', 'Standing by', '现场待命', 4, 'patrol-1'],
      ['VEHLOCK', 'Keys locked in a vehicle', '车门误锁', 4, 'community-assist'],
    ],
  ],
  [
    'major',
    [
      ['HLP1', 'Responder in trouble', '一线人员遇险', 1, 'responder-emergency'],
      ['MAJORINC', 'Major emergency declared', '重大突发事件', 1, 'mass-casualty'],
      ['MAYDAY', 'Responder mayday', '一线人员紧急呼救', 1, 'responder-emergency'],
      ['MCI', 'Many casualties', '群死群伤', 1, 'mass-casualty'],
      ['TERROR', 'Terrorism', '恐怖活动', 1, 'armed-incident'],
    ],
  ],
  [
    'admin',
    [
      ['ADMIN', 'Internal matter', '内部行政事务', 5, 'admin-none'],
      ['INFO', 'For information', '信息告知', 5, 'admin-none'],
      ['NCRNDE', 'Local notice, nobody sent', '本地通报（不派警）', 5, 'admin-none'],
      ['NCRNONE', 'No fitting code', '无对应代码', 3, 'patrol-1'],
      ['NCRTESTF', 'Fire test', '火警测试', 5, 'admin-none'],
      ['NONEMERG', 'Not an emergency', '非紧急事项', 5, 'admin-none'],
      ['REPO', 'Vehicle repossessed', '债权人收回车辆', 5, 'admin-none'],
    ],
  ],
];
