import common from './zh-CN/common.json' with { type: 'json' };
import incident from './zh-CN/incident.json' with { type: 'json' };
import intake from './zh-CN/intake.json' with { type: 'json' };
import map from './zh-CN/map.json' with { type: 'json' };
import problems from './zh-CN/problems.json' with { type: 'json' };
import queue from './zh-CN/queue.json' with { type: 'json' };
import report from './zh-CN/report.json' with { type: 'json' };
import roads from './zh-CN/roads.json' with { type: 'json' };
import shell from './zh-CN/shell.json' with { type: 'json' };
import signIn from './zh-CN/sign-in.json' with { type: 'json' };
import units from './zh-CN/units.json' with { type: 'json' };

export const chinese = {
  ...common,
  ...incident,
  ...intake,
  ...map,
  ...problems,
  ...queue,
  ...report,
  ...roads,
  ...shell,
  ...signIn,
  ...units,
};
